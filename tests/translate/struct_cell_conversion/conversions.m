function [c, n, f, t, u] = conversions(s)
c = struct2cell(s);
n = numel(fieldnames(s));
f = cell2struct({1; 'x'}, {'num'; 'txt'}, 1);
t = structfun(@numel, s);
u = num2cell([1 2; 3 4]);
u{2, 2} = class(u{1, 1});
end
