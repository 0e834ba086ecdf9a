function [v, w] = closures(n)
fs = cell(1, n);
for k = 1:n
    fs{k} = @(x) x ^ k + n;
end
v = zeros(1, n);
for k = 1:n
    v(k) = fs{k}(2);
end
acc = @(f, z) f(f(z));
w = acc(@(t) 2 * t + 1, 3);
g = @() 42;
w = [w, g()];
end
