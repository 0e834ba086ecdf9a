function [a, b, c, d, f] = empties(x)
a = isempty(x) + 2 * isempty('') + 4 * isempty({}) + 8 * isempty(struct());
b = size(x);
c = [x; 1 2];
d = [x, 5];
for k = 1:numel(x)
    d(end + 1) = k;
end
f = find([0 0 0]);
f = [size(f), size(find(zeros(3))), size([1 2 3](:, [])), length([]), ndims([])];
if x
    f = -1;
end
end
