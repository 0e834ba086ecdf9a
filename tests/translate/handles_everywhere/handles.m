function [a, b, c, d, e] = handles(v)
fs = {@sin, @(x) x .^ 2, @mySquare};
a = zeros(numel(fs), numel(v));
for i = 1:numel(fs)
    a(i, :) = fs{i}(v);
end
s.act = @tanh;
s.deriv = @(y) 1 - y .^ 2;
b = s.deriv(s.act(v));
k = 3;
scale = @(x) k * x;
k = 100;
c = scale(2);
compose = @(f, g) @(x) f(g(x));
d = compose(@sqrt, @abs)(-16);
e = feval(@max, v) + feval('min', v);
end

function y = mySquare(x)
y = x .* x + 1;
end
