function [d, D, ops] = editDistance(a, b)
m = length(a); n = length(b);
D = zeros(m + 1, n + 1);
D(:, 1) = (0:m)';
D(1, :) = 0:n;
for i = 2:m + 1
    for j = 2:n + 1
        cost = ~(a(i - 1) == b(j - 1));
        D(i, j) = min([D(i - 1, j) + 1, D(i, j - 1) + 1, D(i - 1, j - 1) + cost]);
    end
end
d = D(end, end);
ops = '';
i = m + 1; j = n + 1;
while i > 1 || j > 1
    if i > 1 && D(i, j) == D(i - 1, j) + 1
        ops = ['D' ops]; i = i - 1;
    elseif j > 1 && D(i, j) == D(i, j - 1) + 1
        ops = ['I' ops]; j = j - 1;
    else
        if a(i - 1) == b(j - 1), ops = ['=' ops]; else, ops = ['S' ops]; end
        i = i - 1; j = j - 1;
    end
end
end
