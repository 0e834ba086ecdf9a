function [numgrad, grad, relative] = checkGradient(theta, A)
cost = @(t) quadratic(t, A);
[value, grad] = cost(theta);
numgrad = computeNumericalGradient(cost, theta);
relative = norm(numgrad - grad) / norm(numgrad + grad) < 1e-8;
end

function [v, g] = quadratic(t, A)
v = 0.5 * t' * A * t;
g = A * t;
end
