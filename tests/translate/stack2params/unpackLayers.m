function layers = unpackLayers(packed, plan)
count = numel(plan.outputs);
layers = cell(count,1);
below = plan.inputs;
at = double(1);                  % next element to be used

for k = 1:count
    layers{k} = struct;
    many = double(plan.outputs{k} * below);
    layers{k}.W = reshape(packed(at:at+many-1), plan.outputs{k}, below);
    at = at+many;

    many = double(plan.outputs{k});
    layers{k}.b = reshape(packed(at:at+many-1), plan.outputs{k}, 1);
    at = at+many;
    below = plan.outputs{k};
end
end
