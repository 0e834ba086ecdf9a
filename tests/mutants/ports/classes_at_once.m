function [all_theta, p, acc] = classes_at_once(X, y, labels, rate, steps, lambda)
[m, n] = size(X);
all_theta = zeros(labels, n + 1);
X = [ones(m, 1) X];
for c = 1:labels
  theta = zeros(n + 1, 1);
  target = double(y == c);
  for k = 1:steps
    [J, g] = costOf(theta, X, target, lambda);
    theta = theta - rate * g;
  end
  all_theta(c, :) = theta';
end
[best, p] = max(X * all_theta', [], 2);
acc = mean(double(p == y)) * 100;
end

function [J, g] = costOf(theta, X, y, lambda)
m = length(y);
h = 1 ./ (1 + exp(-X * theta));
J = -mean(y .* log(h) + (1 - y) .* log(1 - h)) + lambda / (2 * m) * sum(theta(2:end) .^ 2);
g = X' * (h - y) / m;
g(2:end) = g(2:end) + lambda / m * theta(2:end);
end
