function [loss, dWxh, dWhh, dWhy] = rnn_bptt(Wxh, Whh, Why, X, Y)
T = size(X, 2);
H = size(Whh, 1);
h = zeros(H, T + 1);
y = zeros(size(Y));
loss = 0;
for t = 1:T
  h(:, t+1) = tanh(Wxh * X(:, t) + Whh * h(:, t));
  y(:, t) = Why * h(:, t+1);
  loss = loss + 0.5 * sum((y(:, t) - Y(:, t)) .^ 2);
end
dWxh = zeros(size(Wxh));
dWhh = zeros(size(Whh));
dWhy = zeros(size(Why));
dhnext = zeros(H, 1);
for t = T:-1:1
  dy = y(:, t) - Y(:, t);
  dWhy = dWhy + dy * h(:, t+1)';
  dh = Why' * dy + dhnext;
  draw = (1 - h(:, t+1) .^ 2) .* dh;
  dWxh = dWxh + draw * X(:, t)';
  dWhh = dWhh + draw * h(:, t)';
  dhnext = Whh' * draw;
end
