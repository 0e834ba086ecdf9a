function [alpha, yhat, err] = kernel_ridge(X, y, Xq, yq, gamma, lambda)
% Gaussian kernel ridge regression, one pair of samples at a time.
n = size(X, 1);
K = zeros(n, n);
for i = 1:n
  for j = 1:n
    d = X(i, :) - X(j, :);
    K(i, j) = exp(-gamma * (d * d'));
  end
end
alpha = (K + lambda * eye(n)) \ y;
m = size(Xq, 1);
yhat = zeros(m, 1);
for q = 1:m
  s = 0;
  for i = 1:n
    d = Xq(q, :) - X(i, :);
    s = s + alpha(i) * exp(-gamma * sum(d .^ 2));
  end
  yhat(q) = s;
end
err = sqrt(mean((yhat - yq) .^ 2));
