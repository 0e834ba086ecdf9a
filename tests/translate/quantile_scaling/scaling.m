function [a, b, lo, hi] = scaling(X)
lo = min(X, [], 1);
hi = max(X, [], 1);
a = bsxfun(@rdivide, bsxfun(@minus, X, lo), hi - lo);
b = 2 * a - 1;
b(b > 0.99) = 0.99;
b(isnan(b)) = 0;
end
