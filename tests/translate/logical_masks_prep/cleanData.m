function [X, y, removed, stats] = cleanData(X, y)
bad = any(isnan(X), 2) | isnan(y);
removed = find(bad);
X = X(~bad, :);
y = y(~bad);
out = abs(X - mean(X)) > 1.2 * std(X);
X(out) = NaN;
for j = 1:size(X, 2)
    col = X(:, j);
    col(isnan(col)) = mean(col(~isnan(col)));
    X(:, j) = col;
end
stats.rows = size(X, 1);
stats.clipped = nnz(out);
stats.range = [min(X(:)), max(X(:))];
stats.any = any(any(out)) && ~all(all(out));
end
