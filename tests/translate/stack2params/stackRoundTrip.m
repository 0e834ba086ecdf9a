function [params, netconfig, stack] = stackRoundTrip(sizes)
stack = cell(numel(sizes) - 1, 1);
for d = 1:numel(stack)
    stack{d} = struct;
    stack{d}.w = reshape(1:sizes(d) * sizes(d + 1), sizes(d + 1), sizes(d)) / d;
    stack{d}.b = zeros(sizes(d + 1), 1) + d;
end
[params, netconfig] = stack2params(stack);
stack = params2stack(params, netconfig);
end
