function [a, b, c] = smoothing(x, n)
a = filter(ones(1, n) / n, 1, x);
b = conv(x, ones(1, n) / n, 'same');
c = cumsum(x) ./ (1:numel(x));
end
