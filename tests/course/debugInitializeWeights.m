function W = debugInitializeWeights(fan_out, fan_in)
% Weights that are the same every time, to look for mistakes with.
W = zeros(fan_out, 1 + fan_in);
W(:) = sin(1:numel(W)) / 10;
end
