function [W2, W3, b2, b3] = online_backprop(W2, W3, b2, b3, X, Y, eta)
% One pass of online backpropagation, one sample at a time.
for k = 1:size(X, 2)
  x = X(:, k);
  y = Y(:, k);
  a2 = 1 ./ (1 + exp(-(W2 * x + b2)));
  a3 = 1 ./ (1 + exp(-(W3 * a2 + b3)));
  delta3 = a3 .* (1 - a3) .* (a3 - y);
  delta2 = a2 .* (1 - a2) .* (W3' * delta3);
  W2 = W2 - eta * delta2 * x';
  W3 = W3 - eta * delta3 * a2';
  b2 = b2 - eta * delta2;
  b3 = b3 - eta * delta3;
end
