function [p, J, g1, g2, same] = softmaxJacobian(z, g)
z = z - max(z);
p = exp(z) / sum(exp(z));
J = diag(p) - p * p';
g1 = J' * g;
g2 = p .* (g - sum(p .* g));
same = max(abs(g1 - g2)) < eps(1) * 10;
end
