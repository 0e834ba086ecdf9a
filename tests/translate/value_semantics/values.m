function [a, b, c, d, s, t] = values(x)
a = x;
b = a;
b(1) = 100;
c = {a, b};
d = c;
d{1}(2) = -1;
s.v = a;
t = s;
t.v(3) = 0;
x = change(x);
a(end) = x(1);
end

function y = change(y)
y(1) = y(1) + 1;
y(:) = sort(y, 'descend');
end
