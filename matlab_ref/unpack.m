function [weights, biases] = unpack(theta, weights, biases)
%UNPACK  The inverse of PACK; the shapes are those of the given weights and biases.

used = 0;
for layer = 1:numel(weights)
    weights{layer}(:) = theta(used + 1:used + numel(weights{layer}));
    used = used + numel(weights{layer});
    biases{layer}(:) = theta(used + 1:used + numel(biases{layer}));
    used = used + numel(biases{layer});
end
end
