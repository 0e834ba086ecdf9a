function [pred, model] = naiveBayes(X, y, Xt)
classes = unique(y)';
model = struct();
logp = zeros(size(Xt, 1), numel(classes));
for c = classes
    rows_ = y == c;
    name = sprintf('class%d', c);
    model.(name).mu = mean(X(rows_, :));
    model.(name).s2 = var(X(rows_, :)) + 1e-3;
    model.(name).prior = mean(rows_);
    z = (Xt - model.(name).mu) .^ 2 ./ model.(name).s2;
    logp(:, c) = log(model.(name).prior) - 0.5 * sum(z + log(2 * pi * model.(name).s2), 2);
end
[~, pred] = max(logp, [], 2);
end
