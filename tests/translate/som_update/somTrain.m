function [W, bmu] = somTrain(X, W, eta, radius)
K = size(W, 1);
bmu = zeros(size(X, 1), 1);
for t = 1:size(X, 1)
    d = sqrt(sum((W - repmat(X(t, :), K, 1)) .^ 2, 2));
    [~, bmu(t)] = min(d);
    for k = 1:K
        h = exp(-(k - bmu(t)) ^ 2 / (2 * radius ^ 2));
        W(k, :) = W(k, :) + eta * h * (X(t, :) - W(k, :));
    end
    eta = eta * 0.9;
    radius = max(radius * 0.9, 0.1);
end
end
