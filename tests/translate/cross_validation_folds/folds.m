function [acc, idx] = folds(X, y, k)
n = length(y);
idx = mod(0:n - 1, k) + 1;
acc = zeros(1, k);
for f = 1:k
    test = idx == f;
    train = ~test;
    mu1 = mean(X(train & y' == 1, :), 1);
    mu0 = mean(X(train & y' == 0, :), 1);
    d1 = sum((X(test, :) - repmat(mu1, sum(test), 1)) .^ 2, 2);
    d0 = sum((X(test, :) - repmat(mu0, nnz(test), 1)) .^ 2, 2);
    acc(f) = mean((d1 < d0) == y(test));
end
end
