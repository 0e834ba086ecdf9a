function J = linearRegCost(X, y, theta, lambda)
m = length(y);
J = 1/(2*m) * sum((X*theta - y).^2) + lambda/(2*m) * sum(theta(2:end).^2);
end
