function [theta, J_history] = gradientDescent(X, y, theta, alpha, num_iters)
m = length(y);
J_history = zeros(num_iters, 1);

for iter = 1:num_iters
    delta = zeros(size(theta));
    for j = 1:size(X, 2)
        delta(j) = sum((X * theta - y) .* X(:, j)) / m;
    end
    theta = theta - alpha * delta;

    % Save the cost J in every iteration
    J_history(iter) = costAt(X, y, theta);
end
end

function J = costAt(X, y, theta)
m = numel(y);
e = X * theta - y;
J = (e' * e) / (2 * m);
end
