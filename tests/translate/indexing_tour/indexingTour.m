function [a, b, c, d, e, f, g, h, k] = indexingTour(A)
a = A(end, :);
b = A(:, end)';
c = A(:)';
d = A(2, [3 1]);
e = A(A > 6)';
f = A(end);
g = A(end - 1:end, 1:2);
h = A(:, logical([1 0 1 0]));
k = A([1 end], [end 1]);
end
