function [theta, pred, r2] = poly_normal(x, y, p)
X = zeros(numel(x), p + 1);
for k = 0:p
  X(:, k+1) = x(:) .^ k;
end
mu = mean(X(:, 2:end));
sd = std(X(:, 2:end));
X(:, 2:end) = (X(:, 2:end) - mu) ./ sd;
theta = pinv(X' * X) * X' * y;
pred = X * theta;
ss_res = sum((y - pred) .^ 2);
ss_tot = sum((y - mean(y)) .^ 2);
r2 = 1 - ss_res / ss_tot;
