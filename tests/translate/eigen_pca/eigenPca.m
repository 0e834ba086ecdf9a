function [V, D, proj, explained] = eigenPca(X)
Xc = X - repmat(mean(X), size(X, 1), 1);
C = cov(Xc);
[V, D] = eig(C);
[d, order] = sort(diag(D), 'descend');
V = V(:, order);
for j = 1:size(V, 2)
    [~, k] = max(abs(V(:, j)));
    V(:, j) = V(:, j) * sign(V(k, j));
end
D = diag(d);
proj = Xc * V(:, 1:2);
explained = cumsum(d) / sum(d);
end
