function [net, log] = chained(net)
net.layers{2}.w(1, :) = [9 8 7];
net.layers{2}.w(end + 1, :) = net.layers{2}.w(1, :) * 2;
net.layers{3} = net.layers{2};
net.layers{3}.w(:) = 0;
net.opts.schedule{2}.step = 3;
net.grid(2).cells{3} = 'x';
copy = net;
copy.layers{1}.w = [];
log = {numel(net.layers), isempty(copy.layers{1}.w), isempty(net.layers{1}.w)};
end
