function [a, b, c, d] = singlePrec(x)
a = single(x) / 3;
b = a * pi;
c = class(b + 1);
d = double(a) - x / 3;
end
