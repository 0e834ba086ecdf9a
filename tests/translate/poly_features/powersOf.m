function [P] = powersOf(x, n)
% one column for each power of a vector
P = zeros(numel(x), n);
for k = 1:n
    P(:, k) = x(:) .^ k;
end
end
