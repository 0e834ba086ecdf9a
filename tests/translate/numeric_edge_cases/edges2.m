function [a, b, c, d, e] = edges2(z)
a = [1 / z, -1 / z, 0 / z, log(z), mod(5, z), 5 ^ z, Inf - Inf];
b = [isinf(a); isnan(a)];
c = [sum([]), prod([]), max([]), isempty(max([])), numel(mean([]))];
d = [1e308 * 10, realmax, 0.1 + 0.2 == 0.3, abs(0.1 + 0.2 - 0.3) < eps];
e = {zeros(0, 3), sum(zeros(0, 3)), ones(2, 0) * ones(0, 2), cat(1, [], [1 2])};
end
