function [Z, X1, idx] = surfaceGrid(theta)
[X1, X2] = meshgrid(-1:1, 0:0.5:1);
Z = zeros(size(X1));
for i = 1:size(X1, 1)
    for j = 1:size(X1, 2)
        t = [1; X1(i, j); X2(i, j)];
        Z(i, j) = theta' * t;
    end
end
Z = Z';
[m, idx] = min(Z(:));
[r, c] = ind2sub(size(Z), idx);
idx = [idx, r, c];
end
