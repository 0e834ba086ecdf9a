function [theta, cost, p] = trainLogistic(X, y)
options = optimset('GradObj', 'on', 'MaxIter', 400);
[theta, cost] = fminunc(@(t) costFn(t, X, y), zeros(size(X, 2), 1), options);
p = X * theta > 0;
end

function [J, g] = costFn(t, X, y)
h = 1 ./ (1 + exp(-X * t));
J = mean(-y .* log(h) - (1 - y) .* log(1 - h)) + 0.05 * (t' * t);
g = X' * (h - y) / numel(y) + 0.1 * t;
end
