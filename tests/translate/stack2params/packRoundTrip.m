function [packed, plan, layers] = packRoundTrip(widths)
layers = cell(numel(widths) - 1, 1);
for k = 1:numel(layers)
    layers{k} = struct;
    layers{k}.W = reshape(1:widths(k) * widths(k + 1), widths(k + 1), widths(k)) / k;
    layers{k}.b = zeros(widths(k + 1), 1) + k;
end
[packed, plan] = packLayers(layers);
layers = unpackLayers(packed, plan);
end
