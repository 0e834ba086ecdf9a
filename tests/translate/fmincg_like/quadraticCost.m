function [J, grad] = quadraticCost(x, A, b)
J = 0.5 * x' * A * x - b' * x;
grad = A * x - b;
end
