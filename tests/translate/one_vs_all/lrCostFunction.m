function [J, grad] = lrCostFunction(theta, X, y, lambda)
m = length(y);
h = 1 ./ (1 + exp(-(X * theta)));
J = (1 / m) * sum((-y .* log(h)) - ((1 - y) .* log(1 - h))) + (lambda / (2 * m)) * sum(theta(2:end) .^ 2);
temp = theta;
temp(1) = 0;
grad = ((1 / m) * X' * (h - y)) + (lambda / m) * temp;
grad = grad(:);
end
