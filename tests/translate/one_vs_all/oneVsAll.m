function [all_theta] = oneVsAll(X, y, num_labels, lambda)
m = size(X, 1);
n = size(X, 2);
all_theta = zeros(num_labels, n + 1);
X = [ones(m, 1) X];
for c = 1:num_labels
    theta = zeros(n + 1, 1);
    for k = 1:15
        [J, grad] = lrCostFunction(theta, X, (y == c), lambda);
        theta = theta - 0.5 * grad;
    end
    all_theta(c, :) = theta';
end
end
