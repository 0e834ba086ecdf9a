function [J, g] = square_unrolled(p, X, y, n)
W = reshape(p(1:n*n), n, n);
b = p(n*n+1:end);
z = W * X + b;
a = 1 ./ (1 + exp(-z));
d = a - y;
J = sum(sum(d .^ 2)) / 2;
s = d .* a .* (1 - a);
gW = s * X';
gb = sum(s, 2);
g = [gW(:); gb];
end
