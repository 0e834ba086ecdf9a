function [cost, grad] = softmax_rows(theta, data, labels, lambda)
% Softmax regression; a sample is a column.
m = size(data, 2);
k = size(theta, 1);
M = theta * data;
M = bsxfun(@minus, M, max(M, [], 1));
E = exp(M);
P = bsxfun(@rdivide, E, sum(E, 1));
truth = zeros(k, m);
for i = 1:m
  truth(labels(i), i) = 1;
end
cost = -sum(sum(truth .* log(P))) / m + lambda / 2 * sum(theta(:) .^ 2);
grad = -(truth - P) * data' / m + lambda * theta;
