function pass = relu_softmax(weights, biases, x, y)
%RELU_SOFTMAX  Forward and backward pass: relu hidden layers, softmax, cross-entropy.
%   pass = RELU_SOFTMAX(weights, biases, x, y)
%
%   The arguments and fields are those of SIGMOID_MSE. The loss is the mean over the
%   samples, -sum(y .* log(p)) / N. The slope of relu at 0 is 0.

layers = numel(weights);
samples = size(x, 2);
[Z, A, Delta, dW, db] = deal(cell(1, layers));

a = x;
for layer = 1:layers
    z = weights{layer} * a + biases{layer};
    if layer < layers
        a = max(z, 0);
    else
        e = exp(z - max(z, [], 1));
        a = e ./ sum(e, 1);
    end
    Z{layer} = z;
    A{layer} = a;
end
loss = -sum(sum(y .* log(a))) / samples;

delta = (a - y) / samples;
Delta{layers} = delta;
for layer = layers-1:-1:1
    delta = (weights{layer + 1}' * delta) .* (Z{layer} > 0);
    Delta{layer} = delta;
end

inputs = [{x}, A(1:layers - 1)];
for layer = 1:layers
    dW{layer} = Delta{layer} * inputs{layer}';
    db{layer} = sum(Delta{layer}, 2);
end

pass = struct('z', {Z}, 'a', {A}, 'delta', {Delta}, 'dW', {dW}, 'db', {db}, 'loss', loss);
end
