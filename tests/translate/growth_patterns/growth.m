function [v, w, M, c, s, list] = growth(n)
v = [];
w = [];
M = [];
c = {};
list = struct('id', {}, 'name', {});
for i = 1:n
    v(end + 1) = i ^ 2;
    w = [w; i, -i];
    M(i, i + 1) = i;
    c{end + 1} = sprintf('item %d', i);
    s(i).value = i / 2;
    s(i).tag = char('a' + i - 1);
    list(end + 1) = struct('id', i, 'name', ['n' num2str(i)]);
end
end
