function [a, b, c, d, e] = shapes(alpha, v, w, M)
% the same star is a product of numbers, of vectors or of matrices
a = alpha * v;
b = v * w;
c = w * v;
d = alpha * M * w / alpha;
e = v * M * w;
end
