function [x, R, r] = leastSquares(A, b)
[Q, R] = qr(A, 0);
s = sign(diag(R));
R = diag(s) * R;
Q = Q * diag(s);
x = R \ (Q' * b);
r = norm(A * x - b);
end
