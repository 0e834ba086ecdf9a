function [packed, plan] = packLayers(layers)
% all weights in one column, and what is needed to take them apart again
packed = [];
for k = 1:numel(layers)
    packed = [packed ; layers{k}.W(:) ; layers{k}.b(:) ];
    assert(size(layers{k}.W, 1) == size(layers{k}.b, 1), ...
        ['layer ' int2str(k) ' wants ' ...
         int2str(size(layers{k}.W, 1)) ' biases']);
end
if nargout > 1
    if numel(layers) == 0
        plan.inputs = 0;
        plan.outputs = {};
    else
        plan.inputs = size(layers{1}.W, 2);
        plan.outputs = {};
        for k = 1:numel(layers)
            plan.outputs = [plan.outputs ; size(layers{k}.W,1)];
        end
    end
end
end
