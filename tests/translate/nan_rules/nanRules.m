function [a, b, c, d, e, f] = nanRules(v)
a = max(v);
b = min(v);
[c, d] = max(v, [], 2);
e = sum(v(~isnan(v)));
f = [mean(v), NaN == NaN, isequal(NaN, NaN), max(NaN, 3), min([NaN NaN])];
end
