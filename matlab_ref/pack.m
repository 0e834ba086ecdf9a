function theta = pack(weights, biases)
%PACK  All parameters of a network as one column: [W1(:); b1(:); W2(:); b2(:); ...].

theta = [];
for layer = 1:numel(weights)
    theta = [theta; weights{layer}(:); biases{layer}(:)];
end
end
