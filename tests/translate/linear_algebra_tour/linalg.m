function [d, t, r, n, e, R, L, P, c, N] = linalg(A)
d = det(A);
t = trace(A);
r = [rank(A), rank([1 2; 2 4])];
n = [norm(A), norm(A, 1), norm(A, 'fro'), norm(A(:, 1)), norm(A, inf)];
e = sort(eig(A));
R = chol(A' * A + eye(size(A)));
[L, U, P] = lu(A);
c = inv(A) * A;
c = round(c * 1e8) / 1e8 + 0;
N = abs(null([1 1; 1 1]));
t(2) = sum(abs(diag(U)));
end
