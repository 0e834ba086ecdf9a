function [dW1, dW2, J] = bp(W1, W2, b1, b2, x, y)
% One sample through a small network and back.
z1 = W1 * x + b1;
a1 = 1 ./ (1 + exp(-z1));
z2 = W2 * a1 + b2;
a2 = 1 ./ (1 + exp(-z2));
J = 0.5 * sum((a2 - y) .^ 2);
% the deltas
s2 = a2 .* (1 - a2);
delta2 = (a2 - y) .* s2;
delta1 = (W2' * delta2) .* a1 .* (1 - a1);
dW2 = delta2 * a1';
dW1 = delta1 * x';
end
