function [xZCA, xRot, k] = zca(x, epsilon)
x = bsxfun(@minus, x, mean(x, 1));
sigma = x * x' / size(x, 2);
[u, s, v] = svd(sigma);
u = u * diag(sign(sum(u)));
xRot = u' * x;
lambda = diag(s);
k = find(cumsum(lambda) ./ sum(lambda) >= 0.9, 1);
xZCA = u * diag(1 ./ sqrt(diag(s) + epsilon)) * u' * x;
end
