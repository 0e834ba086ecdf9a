function W = randInitializeWeights(fan_in, fan_out)
% Small random weights of a layer, the bias in the first column.
reach = sqrt(6 / (fan_in + fan_out));
W = 2 * reach * rand(fan_out, fan_in + 1) - reach;
end
