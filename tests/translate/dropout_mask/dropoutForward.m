function [out, mask, gin] = dropoutForward(a, p, gout)
randn('twister', 11);
rand('twister', 11);
mask = (rand(size(a)) > p) / (1 - p);
out = a .* mask;
noise = randn(2, 2);
gin = gout .* mask + noise(1, 1) * 0;
end
