function nn = momentum_struct(nn, X, Y, rate, momentum, batch)
% Mini-batch descent with momentum on a struct of layers.
layers = numel(nn.W);
for l = 1:layers
  nn.v{l} = zeros(size(nn.W{l}));
end
nn.loss = [];
batches = size(X, 1) / batch;
for k = 1:batches
  rows = (k-1)*batch+1:k*batch;
  nn.a{1} = [ones(batch, 1) X(rows, :)];
  for l = 1:layers-1
    nn.a{l+1} = [ones(batch, 1) tanh(nn.a{l} * nn.W{l}')];
  end
  out = nn.a{layers} * nn.W{layers}';
  e = out - Y(rows, :);
  nn.loss(end+1) = sum(e(:) .^ 2) / 2 / batch;
  d = e;
  for l = layers:-1:1
    dW = d' * nn.a{l} / batch;
    if l > 1
      d = (d * nn.W{l}) .* (1 - nn.a{l} .^ 2);
      d = d(:, 2:end);
    end
    nn.v{l} = momentum * nn.v{l} + rate * dW;
    nn.W{l} = nn.W{l} - nn.v{l};
  end
end
