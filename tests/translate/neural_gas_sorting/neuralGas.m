function [W, ranks] = neuralGas(X, W, lambda, epsi)
ranks = zeros(size(X, 1), size(W, 1));
for i = 1:size(X, 1)
    d = sum(bsxfun(@minus, W, X(i, :)) .^ 2, 2);
    [~, order] = sort(d);
    k = zeros(size(order));
    k(order) = 0:numel(order) - 1;
    ranks(i, :) = k';
    W = W + bsxfun(@times, epsi * exp(-k / lambda), bsxfun(@minus, X(i, :), W));
end
end
