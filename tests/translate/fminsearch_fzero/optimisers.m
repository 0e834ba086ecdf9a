function [z, m, q] = optimisers()
z = round(fzero(@(x) x ^ 3 - 2, [0 2]) * 1e8) / 1e8;
m = round(fminsearch(@(p) (p(1) - 1) ^ 2 + (p(2) + 2) ^ 2, [0 0], optimset('TolX', 1e-9, 'TolFun', 1e-9)) * 1e4) / 1e4;
q = round(quad(@(x) x .^ 2, 0, 1) * 1e8) / 1e8;
end
