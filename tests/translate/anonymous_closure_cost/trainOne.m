function [theta, J, history] = trainOne(X, y, lambda)
costFunc = @(t) ridge(t, X, y, lambda);
theta = zeros(size(X, 2), 1);
history = [];
for it = 1:5
    [J, g] = costFunc(theta);
    theta = theta - 0.1 * g;
    history(end + 1) = J;
end
end

function [J, g] = ridge(t, X, y, lambda)
r = X * t - y;
J = (r' * r + lambda * (t' * t)) / 2;
g = X' * r + lambda * t;
end
