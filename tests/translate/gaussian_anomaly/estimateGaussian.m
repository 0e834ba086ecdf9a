function [mu, sigma2, p] = estimateGaussian(X)
[m, n] = size(X);
mu = mean(X)';
sigma2 = var(X, 1)';
p = multivariateGaussian(X, mu, sigma2);
end
