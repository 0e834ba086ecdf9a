function [t, y] = rk4(f, tspan, y0, n)
h = (tspan(2) - tspan(1)) / n;
t = tspan(1):h:tspan(2);
y = zeros(numel(y0), n + 1);
y(:, 1) = y0(:);
for k = 1:n
    k1 = f(t(k), y(:, k));
    k2 = f(t(k) + h / 2, y(:, k) + h / 2 * k1);
    k3 = f(t(k) + h / 2, y(:, k) + h / 2 * k2);
    k4 = f(t(k) + h, y(:, k) + h * k3);
    y(:, k + 1) = y(:, k) + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
end
end
