function pass = sigmoid_mse(weights, biases, x, y)
%SIGMOID_MSE  Forward and backward pass of a sigmoid network with squared error.
%   pass = SIGMOID_MSE(weights, biases, x, y)
%
%   weights  1 x L cell, weights{layer} is K x S: K outputs, S inputs
%   biases   1 x L cell, biases{layer} is K x 1
%   x        D x N, one column a sample
%   y        K x N, the targets
%
%   The loss is sum((a - y) .^ 2) / 2 over outputs and samples; delta is its
%   derivative with respect to z. pass holds z, a, delta, dW and db (cells, one
%   element a layer; dW and db are summed over the samples) and loss.

layers = numel(weights);
[Z, A, Delta, dW, db] = deal(cell(1, layers));

a = x;
for layer = 1:layers
    z = weights{layer} * a + biases{layer};
    a = 1 ./ (1 + exp(-z));
    Z{layer} = z;
    A{layer} = a;
end
loss = sum(sum((a - y) .^ 2)) / 2;

delta = (a - y) .* a .* (1 - a);
Delta{layers} = delta;
for layer = layers-1:-1:1
    a = A{layer};
    delta = (weights{layer + 1}' * delta) .* a .* (1 - a);
    Delta{layer} = delta;
end

inputs = [{x}, A(1:layers - 1)];
for layer = 1:layers
    dW{layer} = Delta{layer} * inputs{layer}';
    db{layer} = sum(Delta{layer}, 2);
end

pass = struct('z', {Z}, 'a', {A}, 'delta', {Delta}, 'dW', {dW}, 'db', {db}, 'loss', loss);
end
