function [tried, costs, best] = bestDecay(A, t, B, u)
tried = [0 0.002 0.005 0.02 0.05 0.2 0.5 2 5]';
costs = zeros(length(tried), 1);
for k = 1:length(tried)
    decay = tried(k);
    w = (A' * A + decay * diag([0; ones(size(A, 2) - 1, 1)])) \ A' * t;
    r = B * w - u;
    costs(k) = r' * r / 2 / size(B, 1);
end
[unused, k] = min(costs);
best = tried(k);
end
