function [cost, gW, gb] = deep_cells(W, b, X, Y, decay)
% Cost and gradients of a net of any depth, tanh inside, sigmoid at the end. Samples in columns.
L = numel(W);
N = size(X, 2);
a = cell(1, L + 1);
a{1} = X;
for l = 1:L
  z = W{l} * a{l} + b{l} * ones(1, N);
  if l < L
    a{l+1} = tanh(z);
  else
    a{l+1} = 1 ./ (1 + exp(-z));
  end
end
out = a{L+1};
cost = -sum(sum(Y .* log(out) + (1 - Y) .* log(1 - out))) / N;
for l = 1:L
  cost = cost + decay / 2 * sum(W{l}(:) .^ 2);
end
gW = cell(1, L);
gb = cell(1, L);
delta = (out - Y) / N;
for l = L:-1:1
  gW{l} = delta * a{l}' + decay * W{l};
  gb{l} = sum(delta, 2);
  if l > 1
    delta = (W{l}' * delta) .* (1 - a{l} .^ 2);
  end
end
