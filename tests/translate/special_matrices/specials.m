function [a, b, c, d, e, f] = specials(n)
a = magic(n);
b = [triu(a), tril(a, -1)];
c = rot90(flipud(eye(n)), 2);
d = kron(eye(2), [1 2]);
e = toeplitz(1:n) + hankel(1:n);
f = vander(1:3) * diag([1 2 3]) - power(transpose(a(1:3, 1:3)), 2);
end
