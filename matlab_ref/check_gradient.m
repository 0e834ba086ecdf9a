function [difference, g, n] = check_gradient(network, weights, biases, x, y)
%CHECK_GRADIENT  Compare a network's gradient with central differences.
%   [difference, g, n] = CHECK_GRADIENT(network, weights, biases, x, y), where network is a
%   handle such as @sigmoid_mse. Returns norm(n - g) / norm(n + g), which is about
%   1e-10 for a right gradient g and its numerical twin n. Stops above 1e-7, beyond
%   what rounding of the loss alone can do to n.

pass = network(weights, biases, x, y);
g = pack(pass.dW, pass.db);
n = numerical_gradient(@(theta) loss_at(network, theta, weights, biases, x, y), pack(weights, biases));
difference = norm(n - g) / norm(n + g);
rounding = numel(n) * eps ^ (2 / 3) * abs(pass.loss);
if ~(norm(n - g) <= 1e-7 * norm(n + g) + rounding)
    error('%s: gradient differs from central differences by %g', func2str(network), difference);
end
end

function loss = loss_at(network, theta, weights, biases, x, y)
[weights, biases] = unpack(theta, weights, biases);
pass = network(weights, biases, x, y);
loss = pass.loss;
end
