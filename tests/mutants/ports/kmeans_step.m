function [centroids, idx, total] = kmeans_step(X, centroids)
K = size(centroids, 1);
m = size(X, 1);
idx = zeros(m, 1);
total = 0;
for i = 1:m
  best = inf;
  for j = 1:K
    d = sum((X(i, :) - centroids(j, :)) .^ 2);
    if d < best
      best = d;
      idx(i) = j;
    end
  end
  total = total + best;
end
for j = 1:K
  centroids(j, :) = mean(X(idx == j, :), 1);
end
