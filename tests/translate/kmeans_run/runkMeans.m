function [centroids, idx] = runkMeans(X, initial_centroids, max_iters, plot_progress)
if ~exist('plot_progress', 'var') || isempty(plot_progress)
    plot_progress = false;
end
[m, n] = size(X);
K = size(initial_centroids, 1);
centroids = initial_centroids;
previous_centroids = centroids;
idx = zeros(m, 1);
for i = 1:max_iters
    % distances by implicit expansion
    D = bsxfun(@plus, sum(X .^ 2, 2), sum(centroids .^ 2, 2)') - 2 * X * centroids';
    [~, idx] = min(D, [], 2);
    if plot_progress
        fprintf('K-Means iteration %d/%d...\n', i, max_iters);
    end
    previous_centroids = centroids;
    for k = 1:K
        if any(idx == k)
            centroids(k, :) = mean(X(idx == k, :), 1);
        end
    end
end
end
