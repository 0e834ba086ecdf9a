function J = softmax_jacobian(p)
%SOFTMAX_JACOBIAN  The K x K Jacobian of the softmax, element by element.
%   J = SOFTMAX_JACOBIAN(p) for the K x 1 output p of one sample:
%   J(i, j) = dp_i/dz_j = p_i * d_ij - p_i * p_j, where d_ij is 1 if i == j, else 0.

K = numel(p);
J = zeros(K, K);
for i = 1:K
    for j = 1:K
        J(i, j) = p(i) * (i == j) - p(i) * p(j);
    end
end
end
