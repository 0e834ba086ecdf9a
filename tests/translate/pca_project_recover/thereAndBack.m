function [low, back] = thereAndBack(A, axes_, k)
low = zeros(size(A, 1), k);
kept = axes_(:, 1:k);
for i = 1:size(A, 1)
    a = A(i, :)';
    for j = 1:k
        low(i, j) = a' * kept(:, j);
    end
end
back = low * kept';
end
