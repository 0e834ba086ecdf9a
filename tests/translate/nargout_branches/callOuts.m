function [p, q, r, s] = callOuts(x)
p = manyOuts(x);
[q, ~] = manyOuts(x);
[~, r] = manyOuts(x);
[s(1), s(2), s(3)] = manyOuts(x);
end
