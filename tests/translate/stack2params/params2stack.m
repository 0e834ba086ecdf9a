function stack = params2stack(params, netconfig)
depth = numel(netconfig.layersizes);
stack = cell(depth,1);
prevLayerSize = netconfig.inputsize; % the size of the previous layer
curPos = double(1);                  % mark current position in parameter vector

for d = 1:depth
    stack{d} = struct;
    wlen = double(netconfig.layersizes{d} * prevLayerSize);
    stack{d}.w = reshape(params(curPos:curPos+wlen-1), netconfig.layersizes{d}, prevLayerSize);
    curPos = curPos+wlen;

    blen = double(netconfig.layersizes{d});
    stack{d}.b = reshape(params(curPos:curPos+blen-1), netconfig.layersizes{d}, 1);
    curPos = curPos+blen;
    prevLayerSize = netconfig.layersizes{d};
end
end
