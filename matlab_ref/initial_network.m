function [weights, biases] = initial_network(seed, sizes)
%INITIAL_NETWORK  Reproducible initial weights, uniform in +-sqrt(6 / (S + K)), biases in +-0.1.
%   [weights, biases] = INITIAL_NETWORK(seed, sizes), for example sizes = [2 2 1].

layers = numel(sizes) - 1;
[weights, biases] = deal(cell(1, layers));
for layer = 1:layers
    S = sizes(layer);
    K = sizes(layer + 1);
    weights{layer} = (2 * uniform(seed + 2 * layer, K, S) - 1) * sqrt(6 / (S + K));
    biases{layer} = (2 * uniform(seed + 2 * layer + 1, K, 1) - 1) / 10;
end
end
