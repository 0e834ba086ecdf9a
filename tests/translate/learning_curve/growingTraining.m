function [seen, unseen] = growingTraining(A, t, B, u, lambda)
n = size(A, 1);
seen = zeros(n, 1);
unseen = zeros(n, 1);
for k = 1:n
    w = ridge(A(1:k, :), t(1:k), lambda);
    seen(k) = residualCost(A(1:k, :), t(1:k), w, 0);
    unseen(k) = residualCost(B, u, w, 0);
end
end
