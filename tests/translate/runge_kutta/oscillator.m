function [t, y] = oscillator(omega, n)
A = [0 1; -omega ^ 2 0];
[t, y] = rk4(@(t, y) A * y, [0 1], [1 0], n);
end
