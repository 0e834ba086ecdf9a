function pass = softmax_crossentropy(weights, biases, x, y, dense)
%SOFTMAX_CROSSENTROPY  Forward and backward pass: sigmoid hidden layers, softmax, cross-entropy.
%   pass = SOFTMAX_CROSSENTROPY(weights, biases, x, y)
%   pass = SOFTMAX_CROSSENTROPY(weights, biases, x, y, true) adds the dense twin
%
%   weights, biases, x, y as in SIGMOID_MSE; every column of y sums to one.
%
%   The loss is -sum(y .* log(p)) over classes and samples. Its delta comes twice:
%     delta_fused  p - y, which the layers below use
%     delta_dense  J' * (dC/da), sample by sample, with the dense Jacobian J: the
%                  same, but for logits so large that p underflows to 0
%   With the dense twin, pass also holds J of the first sample.

layers = numel(weights);
[Z, A, Delta, dW, db] = deal(cell(1, layers));

a = x;
for layer = 1:layers
    z = weights{layer} * a + biases{layer};
    if layer < layers
        a = 1 ./ (1 + exp(-z));
    else
        shifted = z - max(z, [], 1);
        a = exp(shifted) ./ sum(exp(shifted), 1);
    end
    Z{layer} = z;
    A{layer} = a;
end
log_p = shifted - log(sum(exp(shifted), 1));
loss = -sum(sum(y .* log_p));

delta = a - y;
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
pass.delta_fused = Delta{layers};
if nargin > 4 && dense
    pass.J = softmax_jacobian(A{layers}(:, 1));
    pass.delta_dense = dense_delta(A{layers}, y);
end
end

function delta = dense_delta(a, y)
delta = zeros(size(a));
for n = 1:size(a, 2)
    J = softmax_jacobian(a(:, n));
    dC_da = -y(:, n) ./ a(:, n);
    delta(:, n) = J' * dC_da;
end
end
