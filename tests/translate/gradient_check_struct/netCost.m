function [J, grads] = netCost(params, X, y)
H = tanh(params.W1 * X + params.b1);
out = params.W2 * H;
r = out - y;
J = 0.5 * (r * r');
if nargout < 2, return; end
grads.W2 = r * H';
dH = (params.W2' * r) .* (1 - H .^ 2);
grads.W1 = dH * X';
grads.b1 = sum(dH, 2);
end
