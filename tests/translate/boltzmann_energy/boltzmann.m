function [E, P, best] = boltzmann(W, b, T)
n = numel(b);
states = dec2bin(0:2 ^ n - 1) - '0';
E = zeros(2 ^ n, 1);
for k = 1:2 ^ n
    s = states(k, :)';
    E(k) = -0.5 * s' * W * s - b' * s;
end
P = exp(-E / T);
P = P / sum(P);
[~, i] = max(P);
best = states(i, :);
end
