function [y, dx, dgamma, dbeta] = batch_norm(x, gamma, beta, dy, epsilon)
% Features x samples.
N = size(x, 2);
mu = mean(x, 2);
xc = x - mu;
v = mean(xc .^ 2, 2);
istd = 1 ./ sqrt(v + epsilon);
xhat = xc .* istd;
y = gamma .* xhat + beta;
dgamma = sum(dy .* xhat, 2);
dbeta = sum(dy, 2);
dxhat = dy .* gamma;
dv = sum(dxhat .* xc, 2) .* (-0.5) .* istd .^ 3;
dmu = -sum(dxhat .* istd, 2) - 2 * dv .* mean(xc, 2);
dx = dxhat .* istd + 2 / N * dv .* xc + dmu / N;
