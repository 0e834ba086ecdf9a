function [s, i, u, n, m, d, x, w] = sortSets(v, names)
[s, i] = sort(v, 'descend');
[u, ~, n] = unique(v);
n = n(:)';
m = ismember([2 9], v);
d = setdiff(v, [1 2]);
x = intersect(v, [3 5 8]);
w = sort(names);
end
