function [net, losses] = trainSteps(widths, X, T, steps)
net = buildNet(widths);
net.decay = 1e-3;
losses = zeros(steps, 1);
for s = 1:steps
    net = runForward(net, X, T);
    losses(s) = net.loss;
    net = runBackward(net);
    net = moveWeights(net);
end
end
