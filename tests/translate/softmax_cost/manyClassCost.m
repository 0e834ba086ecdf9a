function [cost, slope] = manyClassCost(packed, classes, d, decay, data, labels)
V = reshape(packed, classes, d);
n = size(data, 2);
truth = full(sparse(labels, 1:n, 1));
cost = 0;
dV = zeros(classes, d);

score = V * data;
score = bsxfun(@minus, score, max(score, [], 1));
score = exp(score);
share = bsxfun(@rdivide, score, sum(score));

cost = -1 / n * truth(:)' * log(share(:)) + decay / 2 * sum(V(:) .^ 2);
dV = -1 / n * (truth - share) * data' + decay * V;
slope = [dV(:)];
end
