function pass = network_pass(weights, biases, activations, loss_name, convention, x, y)
%NETWORK_PASS  Forward and backward pass with any activations and any loss.
%   pass = NETWORK_PASS(weights, biases, activations, loss_name, convention, x, y)
%
%   activations  1 x L cell of names, see ACTIVATE
%   loss_name    a name, see LOSS_TERMS
%   convention   struct: the sum of all terms is halved if convention.half, and divided
%                by convention.over, 'sum' (by nothing), 'samples' or 'elements'
%
%   Every delta is J' * g, sample by sample, with the dense Jacobian J of the layer.
%   The fields are those of SIGMOID_MSE, and J of the output layer for the first sample.

layers = numel(weights);
samples = size(x, 2);
[Z, A, Delta, dW, db] = deal(cell(1, layers));

a = x;
for layer = 1:layers
    z = weights{layer} * a + biases{layer};
    a = activate(activations{layer}, z);
    Z{layer} = z;
    A{layer} = a;
end

divisor = 1;
if strcmp(convention.over, 'samples')
    divisor = samples;
elseif strcmp(convention.over, 'elements')
    divisor = numel(y);
end
if convention.half
    divisor = 2 * divisor;
end
[terms, slopes] = loss_terms(loss_name, a, y);
loss = sum(terms(:)) / divisor;
g = slopes / divisor;

inputs = [{x}, A(1:layers - 1)];
for layer = layers:-1:1
    delta = zeros(size(Z{layer}));
    for n = 1:samples
        J = activation_jacobian(activations{layer}, Z{layer}(:, n));
        delta(:, n) = J' * g(:, n);
    end
    Delta{layer} = delta;
    dW{layer} = delta * inputs{layer}';
    db{layer} = sum(delta, 2);
    g = weights{layer}' * delta;
end

pass = struct('z', {Z}, 'a', {A}, 'delta', {Delta}, 'dW', {dW}, 'db', {db}, 'loss', loss);
pass.J = activation_jacobian(activations{layers}, Z{layers}(:, 1));
end
