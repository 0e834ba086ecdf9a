function [nn, losses] = trainSteps(sizes, x, y, steps)
nn = nnsetup(sizes);
nn.weightPenaltyL2 = 1e-3;
losses = zeros(steps, 1);
for s = 1:steps
    nn = nnff(nn, x, y);
    losses(s) = nn.L;
    nn = nnbp(nn);
    nn = nnapplygrads(nn);
end
end
