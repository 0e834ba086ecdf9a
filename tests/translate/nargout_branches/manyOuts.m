function [a, b, c] = manyOuts(x)
a = x + nargout;
if nargout > 1
    b = 2 * x;
end
if nargout == 3
    c = -x;
end
end
