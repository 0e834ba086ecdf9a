function [z, w, r, q, p, m, t] = complexTour(a)
z = sqrt(a);
w = z';
r = z.';
q = abs(z) + real(z) .* imag(z);
p = (-8) ^ (1/3);
m = conj(3 + 4i) * 2j;
t = [isreal(a), isreal(z), isreal(z .* z)];
end
