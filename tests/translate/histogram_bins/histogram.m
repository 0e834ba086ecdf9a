function [n, x, h, edges] = histogram(data, k)
[n, x] = hist(data, k);
edges = linspace(min(data), max(data), k + 1);
h = histc(data, edges);
n = n / sum(n);
end
