function pass = tanh_mse(weights, biases, x, y)
%TANH_MSE  Forward and backward pass: tanh hidden layers, linear output, mean squared error.
%   pass = TANH_MSE(weights, biases, x, y)
%
%   The arguments and fields are those of SIGMOID_MSE. The loss is the mean over all
%   elements, mean((a - y) .^ 2), as the network objects' mse has it: no half.

layers = numel(weights);
[Z, A, Delta, dW, db] = deal(cell(1, layers));

a = x;
for layer = 1:layers
    z = weights{layer} * a + biases{layer};
    if layer < layers
        a = tanh(z);
    else
        a = z;
    end
    Z{layer} = z;
    A{layer} = a;
end
loss = mean((a(:) - y(:)) .^ 2);

delta = 2 * (a - y) / numel(y);
Delta{layers} = delta;
for layer = layers-1:-1:1
    a = A{layer};
    delta = (weights{layer + 1}' * delta) .* (1 - a .^ 2);
    Delta{layer} = delta;
end

inputs = [{x}, A(1:layers - 1)];
for layer = 1:layers
    dW{layer} = Delta{layer} * inputs{layer}';
    db{layer} = sum(Delta{layer}, 2);
end

pass = struct('z', {Z}, 'a', {A}, 'delta', {Delta}, 'dW', {dW}, 'db', {db}, 'loss', loss);
end
