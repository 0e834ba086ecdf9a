function [c, n, part, flat, m, e, inner] = cellsTour(x)
c = cell(2, 2);
c{1, 1} = x;
c{2, 1} = 'text';
c{1, 2} = {1, {2}};
n = [numel(c), size(c), iscell(c), isempty(c{2, 2})];
part = c(:, 1);
flat = {c{:, 1}, 5};
m = cell2mat({[1 2], 3; [4 5], 6});
e = cell(1, 2);
inner = c{1, 2}{2}{1};
e{2}(3) = 7;
end
