function [a, b, c, d, e, n, total] = ranges(lo, hi)
a = lo:hi;
b = hi:-2:lo;
c = 0:0.1:0.5;
d = (1:3)' * (1:3);
e = 5:1;
n = numel(0:0.05:1);
total = 0;
for k = 10:-3:-2
    total = total + k;
end
for k = 0.1:0.1:0.5
    total = total + k;
end
for k = [1 3; 2 4]
    total = total + k(1) * k(2);
end
end
