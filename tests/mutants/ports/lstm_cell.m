function [h, c, H] = lstm_cell(W, b, X, h, c)
n = size(h, 1);
T = size(X, 2);
H = zeros(n, T);
for t = 1:T
  z = W * [h; X(:, t)] + b;
  f = 1 ./ (1 + exp(-z(1:n)));
  i = 1 ./ (1 + exp(-z(n+1:2*n)));
  g = tanh(z(2*n+1:3*n));
  o = 1 ./ (1 + exp(-z(3*n+1:end)));
  c = f .* c + i .* g;
  h = o .* tanh(c);
  H(:, t) = h;
end
