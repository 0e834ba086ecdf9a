function [a, b, c, d] = quotes(x)
a = x';
b = x.';
c = [x' x'];
d = {x', 'x''', [x', 1], x(1)'};
end
