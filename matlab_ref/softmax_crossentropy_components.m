function pass = softmax_crossentropy_components(weights, biases, x, y)
%SOFTMAX_CROSSENTROPY_COMPONENTS  Backpropagation written out in components.
%   pass = SOFTMAX_CROSSENTROPY_COMPONENTS(weights, biases, x, y)
%
%   Sigmoid hidden layers, softmax output, cross-entropy C = -sum(y .* log(a)).
%   Every layer, whatever its activation, obeys the same two sums for one sample:
%
%       dC/dW_ij       = sum_k sum_s dC/da_k * J_ks * dz_s/dW_ij
%       dC/dinput_j    = sum_k sum_s dC/da_k * J_ks * dz_s/dinput_j
%
%   with J_ks = da_k/dz_s. For the sigmoid J is diagonal, and only then do the
%   sums over k and s shrink to the familiar .* of the squared-error network.
%   Meant to be read, not to be fast. The fields are those of SOFTMAX_CROSSENTROPY.

layers = numel(weights);
samples = size(x, 2);
pass = forward(weights, biases, x);
pass.loss = -sum(sum(y .* log(pass.a{layers})));
for layer = 1:layers
    pass.delta{layer} = zeros(size(pass.z{layer}));
    pass.dW{layer} = zeros(size(weights{layer}));
    pass.db{layer} = zeros(size(biases{layer}));
end

for n = 1:samples
    dC_da = -y(:, n) ./ pass.a{layers}(:, n);
    for layer = layers:-1:1
        a = pass.a{layer}(:, n);
        if layer == layers
            J = softmax_jacobian(a);
        else
            J = sigmoid_jacobian(a);
        end
        if layer > 1
            input = pass.a{layer - 1}(:, n);
        else
            input = x(:, n);
        end
        [delta, dW, db, dC_dinput] = layer_sums(dC_da, J, weights{layer}, input);
        pass.delta{layer}(:, n) = delta;
        pass.dW{layer} = pass.dW{layer} + dW;
        pass.db{layer} = pass.db{layer} + db;
        dC_da = dC_dinput;
    end
end
pass.J = softmax_jacobian(pass.a{layers}(:, 1));
end

function [delta, dW, db, dC_dinput] = layer_sums(dC_da, J, W, input)
% The chain rule of one layer and one sample, one sum sign a loop.
[K, S] = size(W);
delta = zeros(K, 1);
dW = zeros(K, S);
db = zeros(K, 1);
dC_dinput = zeros(S, 1);
for k = 1:K
    for s = 1:K
        delta(s) = delta(s) + dC_da(k) * J(k, s);
        for i = 1:K
            dz_db = (s == i);
            db(i) = db(i) + dC_da(k) * J(k, s) * dz_db;
            for j = 1:S
                dz_dW = (s == i) * input(j);
                dW(i, j) = dW(i, j) + dC_da(k) * J(k, s) * dz_dW;
            end
        end
        for j = 1:S
            dz_dinput = W(s, j);
            dC_dinput(j) = dC_dinput(j) + dC_da(k) * J(k, s) * dz_dinput;
        end
    end
end
end

function J = sigmoid_jacobian(a)
K = numel(a);
J = zeros(K, K);
for k = 1:K
    for s = 1:K
        J(k, s) = (k == s) * a(k) * (1 - a(k));
    end
end
end

function pass = forward(weights, biases, x)
layers = numel(weights);
samples = size(x, 2);
for layer = 1:layers
    [K, S] = size(weights{layer});
    z = zeros(K, samples);
    a = zeros(K, samples);
    for n = 1:samples
        for k = 1:K
            z(k, n) = biases{layer}(k);
            for j = 1:S
                z(k, n) = z(k, n) + weights{layer}(k, j) * x(j, n);
            end
        end
        for k = 1:K
            if layer < layers
                a(k, n) = 1 / (1 + exp(-z(k, n)));
            else
                a(k, n) = 1 / sum(exp(z(:, n) - z(k, n)));
            end
        end
    end
    pass.z{layer} = z;
    pass.a{layer} = a;
    x = a;
end
end
