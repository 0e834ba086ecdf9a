function [U, S] = pca(X)
[m, n] = size(X);
Sigma = (1 / m) * X' * X;
[U, S, V] = svd(Sigma);
U = U * diag(sign(U(1, :)));
end
