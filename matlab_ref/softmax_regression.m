function [J, grad] = softmax_regression(theta, X, y, K)
%SOFTMAX_REGRESSION  Cost and gradient of softmax regression, as in coursework.
%   [J, grad] = SOFTMAX_REGRESSION(theta, X, y, K)
%
%   theta  K * (D + 1) x 1, the K x (D + 1) matrix of parameters, (:); its first
%          column is the bias
%   X      m x D, one row a sample
%   y      m x 1, labels 1 to K
%
%   J is the mean over the samples of -log of the right class's probability.

m = size(X, 1);
X = [ones(m, 1) X];
Theta = reshape(theta, K, []);

P = exp(X * Theta');
P = P ./ sum(P, 2);
Y = (y == 1:K);

J = -sum(log(P(Y))) / m;
grad = (P - Y)' * X / m;
grad = grad(:);
end
