function [a, b, c, d, e] = joins(x, y)
a = horzcat(x, y);
b = vertcat(x, y);
c = flip(logspace(0, 2, 3));
d = cat(1, {x}, {y});
e = [fliplr(x); flip(y, 2); circshift(x, [0 1])];
end
