function idx = findClosestCentroids(X, centroids)
K = size(centroids, 1);
idx = zeros(size(X,1), 1);
for i = 1:size(X, 1)
    best = Inf;
    for k = 1:K
        d = sum((X(i, :) - centroids(k, :)) .^ 2);
        if d < best
            best = d;
            idx(i) = k;
        end
    end
end
end
