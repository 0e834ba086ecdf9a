function [theta, price] = feature_norm(data, query)
% Features x samples: normalise, descend, predict.
X = data(1:end-1, :);
y = data(end, :);
m = size(X, 2);
mu = mean(X, 2);
sigma = std(X, 0, 2);
X = (X - repmat(mu, 1, m)) ./ repmat(sigma, 1, m);
X = [ones(1, m); X];
theta = zeros(1, size(X, 1));
for k = 1:40
  h = theta * X;
  theta = theta - 0.3 / m * (h - y) * X';
end
q = (query - mu) ./ sigma;
price = theta * [1; q];
