function [lin, gauss, K] = kernels(x1, x2, sigma)
x1 = x1(:); x2 = x2(:);
lin = x1' * x2;
gauss = exp(-sum((x1 - x2) .^ 2) / (2 * sigma ^ 2));
X = [x1 x2]';
K = zeros(2);
for i = 1:2
    for j = i:2
        K(i, j) = exp(-norm(X(i, :) - X(j, :)) ^ 2 / (2 * (sigma ^ 2)));
        K(j, i) = K(i, j); % the matrix is symmetric
    end
end
end
