function [order, batches, W] = miniBatches(X, batchSize, epochs)
rand('twister', 3);
N = size(X, 2);
numBatches = ceil(N / batchSize);
batches = cell(1, numBatches);
W = zeros(size(X, 1), 1);
for e = 1:epochs
    order = randperm(N);
    for b = 1:numBatches
        idx = order((b - 1) * batchSize + 1 : min(b * batchSize, N));
        batches{b} = X(:, idx);
        W = W + 0.1 * mean(batches{b}, 2);
    end
end
end
