function [a, b, c, d, e, f, g, h] = matrixOps(A, B, x)
a = A * B;
b = A .* B;
c = A ^ 2;
d = A .^ 2;
e = A \ x;
f = x' / A;
g = 2 ^ 3 * A' - B .';
h = A * 2 / 4 + x * x';
end
