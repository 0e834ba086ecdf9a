function centroids = computeCentroids(X, idx, K)
[m n] = size(X);
centroids = zeros(K, n);
for k = 1:K
    members = X(idx == k, :);
    centroids(k, :) = mean(members, 1);
end
end
