function net = buildNet(widths)
%BUILDNET  a layered net as a struct, with its weights in cells
% net = buildNet([3 4 2]) has one hidden layer

    net.widths = widths;
    net.depth  = numel(net.widths);

    net.hidden   = 'tanh';     %  'tanh' or 'logistic'
    net.top      = 'logistic';
    net.rate     = 1.5;
    net.inertia  = 0.4;
    net.decay    = 0;

    for k = 2 : net.depth
        % one column more for the bias
        cols = net.widths(k - 1) + 1;
        net.W{k - 1} = reshape(sin(1 : net.widths(k) * cols), net.widths(k), cols) / 4;
        net.speed{k - 1} = zeros(size(net.W{k - 1}));
    end
end
