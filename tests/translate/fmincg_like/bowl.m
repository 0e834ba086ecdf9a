function [value, slope] = bowl(x, A, b)
value = 0.5 * x' * A * x - b' * x;
slope = A * x - b;
end
