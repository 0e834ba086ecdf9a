function a = activate(name, z)
%ACTIVATE  Value of an activation for K x N sums z, one column a sample.
%   a = ACTIVATE(name, z). The Jacobian of every name is in ACTIVATION_JACOBIAN.

switch name
    case 'identity'
        a = z;
    case 'sigmoid'
        a = 1 ./ (1 + exp(-z));
    case 'tanh'
        a = tanh(z);
    case 'scaled_tanh'
        a = 1.7159 * tanh(2 / 3 * z);
    case 'relu'
        a = max(z, 0);
    case 'leaky_relu'
        a = max(z, 0) + 0.01 * min(z, 0);
    case 'elu'
        a = max(z, 0) + expm1(min(z, 0));
    case 'selu'
        a = 1.0507009873554805 * (max(z, 0) + 1.6732632423543772 * expm1(min(z, 0)));
    case 'softplus'
        a = max(z, 0) + log1p(exp(-abs(z)));
    case 'softsign'
        a = z ./ (1 + abs(z));
    case 'gelu'
        a = z / 2 .* (1 + erf(z / sqrt(2)));
    case 'silu'
        a = z ./ (1 + exp(-z));
    case 'hard_sigmoid'
        a = min(max(z / 6 + 1 / 2, 0), 1);
    case 'radial_basis'
        a = exp(-z .^ 2);
    case 'satlin'
        a = min(max(z, 0), 1);
    case 'satlins'
        a = min(max(z, -1), 1);
    case 'softmax'
        e = exp(z - max(z, [], 1));
        a = e ./ sum(e, 1);
    case 'log_softmax'
        shifted = z - max(z, [], 1);
        a = shifted - log(sum(exp(shifted), 1));
    case 'sparsemax'
        a = sparsemax(z);
    case 'layer_norm'
        centred = z - mean(z, 1);
        a = centred ./ sqrt(mean(centred .^ 2, 1) + 1e-5);
    otherwise
        error('activate: unknown activation %s', name);
end
end

function a = sparsemax(z)
% The nearest point of the probability simplex, one column after the other: drop the
% smallest entry until the rest, shifted to sum to one, is positive.
a = zeros(size(z));
for n = 1:size(z, 2)
    kept = true(size(z, 1), 1);
    tau = (sum(z(:, n)) - 1) / numel(kept);
    while any(z(kept, n) <= tau)
        kept = kept & z(:, n) > tau;
        tau = (sum(z(kept, n)) - 1) / sum(kept);
    end
    a(kept, n) = z(kept, n) - tau;
end
end
