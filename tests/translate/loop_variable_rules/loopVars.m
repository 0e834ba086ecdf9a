function [k, last, seen, n, e] = loopVars()
seen = [];
for k = 1:4
    seen(end + 1) = k;
    k = k * 10;
    seen(end + 1) = k;
end
last = k;
n = 0;
for j = []
    n = n + 1;
end
for j = zeros(1, 0)
    n = n + 1;
end
for q = {1, 'two'}
    n = n + iscell(q);
end
for s = 'abc'
    n = n + (s == 'b');
end
e = 0;
for row = (1:3)'
    e = e + numel(row);
end
for i = 5:1
    e = -1;
end
end
