function [a, b, c, d, e, f, g, h] = statsTour(X)
a = [mean(X(:)), median(X(:)), mode(X(:)), std(X(:)), var(X(:))];
b = mean(X, 2);
c = std(X, 0, 2);
d = [max(X); min(X); sum(X); prod(X)];
e = cumsum(X, 2);
f = corrcoef(X(:, 1), X(:, 2));
g = histc(X(:)', 1:5);
h = diff(X(:, 1)');
end
