function [A, B, C, D] = oneHot(y, K)
n = length(y);
A = zeros(n, K);
for i = 1:n
    A(i, y(i)) = 1;
end
B = eye(K)(y, :);
C = bsxfun(@eq, y(:), 1:K);
D = zeros(K, n);
D(sub2ind([K n], y(:)', 1:n)) = 1;
end
