function J = activation_jacobian(name, z)
%ACTIVATION_JACOBIAN  The K x K Jacobian of an activation, element by element.
%   J = ACTIVATION_JACOBIAN(name, z) for one column z: J(i, j) = da_i/dz_j.

K = numel(z);
a = activate(name, z);
J = zeros(K, K);
switch name
    case 'softmax'
        J = softmax_jacobian(a);
    case 'log_softmax'
        for i = 1:K
            for j = 1:K
                J(i, j) = (i == j) - exp(a(j));
            end
        end
    case 'sparsemax'
        kept = (a > 0);
        for i = 1:K
            for j = 1:K
                J(i, j) = kept(i) * (i == j) - kept(i) * kept(j) / sum(kept);
            end
        end
    case 'layer_norm'
        centred = z - mean(z);
        s = sqrt(mean(centred .^ 2) + 1e-5);
        for i = 1:K
            for j = 1:K
                J(i, j) = ((i == j) - 1 / K) / s - centred(i) * centred(j) / (K * s ^ 3);
            end
        end
    otherwise
        for i = 1:K
            J(i, i) = slope(name, z(i));
        end
end
end

function d = slope(name, z)
% da/dz of an activation that takes its elements one by one.
switch name
    case 'identity'
        d = 1;
    case 'sigmoid'
        d = exp(-z) / (1 + exp(-z)) ^ 2;
    case 'tanh'
        d = 1 / cosh(z) ^ 2;
    case 'scaled_tanh'
        d = 1.7159 * 2 / 3 / cosh(2 / 3 * z) ^ 2;
    case 'relu'
        d = (z > 0);
    case 'leaky_relu'
        d = (z > 0) + 0.01 * (z <= 0);
    case 'elu'
        d = exp(min(z, 0));
    case 'selu'
        d = 1.0507009873554805 * ((z > 0) + 1.6732632423543772 * exp(z) * (z <= 0));
    case 'softplus'
        d = 1 / (1 + exp(-z));
    case 'softsign'
        d = 1 / (1 + abs(z)) ^ 2;
    case 'gelu'
        d = (1 + erf(z / sqrt(2))) / 2 + z * exp(-z ^ 2 / 2) / sqrt(2 * pi);
    case 'silu'
        d = (1 + exp(-z) + z * exp(-z)) / (1 + exp(-z)) ^ 2;
    case 'hard_sigmoid'
        d = (abs(z) < 3) / 6;
    case 'radial_basis'
        d = -2 * z * exp(-z ^ 2);
    case 'satlin'
        d = (z > 0 && z < 1);
    case 'satlins'
        d = (abs(z) < 1);
    otherwise
        error('activation_jacobian: unknown activation %s', name);
end
end
