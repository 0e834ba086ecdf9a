function [cost, slope] = oneAgainstRest(w, A, t, lambda)
n = length(t);
p = 1 ./ (1 + exp(-(A * w)));
cost = (1 / n) * sum((-t .* log(p)) - ((1 - t) .* log(1 - p))) + (lambda / (2 * n)) * sum(w(2:end) .^ 2);
decay = w;
decay(1) = 0;
slope = ((1 / n) * A' * (p - t)) + (lambda / n) * decay;
slope = slope(:);
end
