function W = seededWeights(ins, outs)
rand('state', 7);
reach = sqrt(3) / sqrt(ins + outs + 1);
W = rand(outs, 1 + ins) * 2 * reach - reach;
end
