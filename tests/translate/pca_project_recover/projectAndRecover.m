function [Z, X_rec] = projectAndRecover(X, U, K)
Z = zeros(size(X, 1), K);
U_reduce = U(:, 1:K);
for i = 1:size(X, 1)
    x = X(i, :)';
    for k = 1:K
        Z(i, k) = x' * U_reduce(:, k);
    end
end
X_rec = Z * U_reduce';
end
