function [J, grad] = logistic_reg(theta, X, y, lambda)
m = length(y);
h = 1 ./ (1 + exp(-X * theta));
t = theta;
t(1) = 0;
J = 1 / m * sum(-y .* log(h) - (1 - y) .* log(1 - h)) + lambda / (2 * m) * sum(t .^ 2);
grad = 1 / m * (X' * (h - y)) + lambda / m * t;
