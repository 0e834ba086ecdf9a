function [theta, J_history] = linear_descent(X, y, theta, alpha, num_iters)
m = length(y);
J_history = zeros(num_iters, 1);
for iter = 1:num_iters
  h = X * theta;
  err = h - y;
  theta = theta - alpha / m * (X' * err);
  J_history(iter) = sum((X * theta - y) .^ 2) / (2 * m);
end
