function [y, dx, dgamma, dbeta] = batchNorm(x, gamma_, beta_, dy)
epsilon = 1e-5;
[D, N] = size(x);
mu = mean(x, 2);
xc = x - mu;
v = mean(xc .^ 2, 2);
s = sqrt(v + epsilon);
xhat = xc ./ s;
y = gamma_ .* xhat + beta_;
dgamma = sum(dy .* xhat, 2);
dbeta = sum(dy, 2);
dxhat = dy .* gamma_;
dx = (N * dxhat - sum(dxhat, 2) - xhat .* sum(dxhat .* xhat, 2)) ./ (N * s);
end
