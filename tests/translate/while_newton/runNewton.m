function [x, iter, ok] = runNewton(a, tol)
f = @(x) x ^ 2 - a;
df = @(x) 2 * x;
[x, iter, ok] = newtonRoot(f, df, a, tol);
end
