function [x, k, residuals] = cgSolve(A, b, tol, maxit)
x = zeros(size(b));
r = b - A * x;
p = r;
rs = r' * r;
residuals = sqrt(rs);
for k = 1:maxit
    Ap = A * p;
    alpha = rs / (p' * Ap);
    x = x + alpha * p;
    r = r - alpha * Ap;
    rsnew = r' * r;
    residuals = [residuals sqrt(rsnew)];
    if sqrt(rsnew) < tol, break, end
    p = r + (rsnew / rs) * p;
    rs = rsnew;
end
residuals = residuals(1:2);
end
