function [out, weights] = attention(Q, K, V, causal)
if nargin < 4, causal = false; end
scores = Q * K' / sqrt(size(K, 2));
if causal
    mask = triu(true(size(scores)), 1);
    scores(mask) = -Inf;
end
scores = scores - max(scores, [], 2);
weights = exp(scores);
weights = weights ./ sum(weights, 2);
out = weights * V;
end
