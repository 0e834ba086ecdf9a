function [numgrad, difference] = numerical_gradient(theta, A, b)
e = 1e-4;
numgrad = zeros(size(theta));
perturb = zeros(size(theta));
for p = 1:numel(theta)
  perturb(p) = e;
  loss1 = quadratic(theta - perturb, A, b);
  loss2 = quadratic(theta + perturb, A, b);
  numgrad(p) = (loss2 - loss1) / (2 * e);
  perturb(p) = 0;
end
grad = A * theta - b;
difference = norm(numgrad - grad) / norm(numgrad + grad + 1);
end

function J = quadratic(theta, A, b)
J = 0.5 * theta' * A * theta - b' * theta;
end
