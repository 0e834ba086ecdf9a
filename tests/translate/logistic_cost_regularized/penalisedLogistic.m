function [cost, slope] = penalisedLogistic(w, A, t, lambda)
%PENALISEDLOGISTIC  cross-entropy of a logistic unit with weight decay
n = length(t);

p = squash(A * w);
penalised = [0; w(2:end)];

cost = -1 / n * (t' * log(p) + (1 - t)' * log(1 - p)) + lambda / (2 * n) * (penalised' * penalised);
slope = (1 / n) * (A' * (p - t) + lambda * penalised);
end
