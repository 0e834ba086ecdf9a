function [J, grad] = nnCostFunction(params, inputs, hidden, labels, X, y, lambda)
% Cross-entropy of a network with one hidden layer, and its gradient; samples in rows, biases in first columns.
cut = hidden * (inputs + 1);
Theta1 = reshape(params(1:cut), hidden, inputs + 1);
Theta2 = reshape(params(cut + 1:end), labels, hidden + 1);
m = size(X, 1);

% forward
a1 = [ones(m, 1) X];
z2 = a1 * Theta1';
a2 = [ones(m, 1) sigmoid(z2)];
h = sigmoid(a2 * Theta2');

targets = eye(labels);
Y = targets(y, :);
J = -sum(sum(Y .* log(h) + (1 - Y) .* log(1 - h))) / m;
J = J + lambda / (2 * m) * (sum(sum(Theta1(:, 2:end) .^ 2)) + sum(sum(Theta2(:, 2:end) .^ 2)));

% backward
d3 = h - Y;
d2 = (d3 * Theta2(:, 2:end)) .* sigmoidGradient(z2);
grad1 = d2' * a1 / m;
grad2 = d3' * a2 / m;
grad1(:, 2:end) = grad1(:, 2:end) + lambda / m * Theta1(:, 2:end);
grad2(:, 2:end) = grad2(:, 2:end) + lambda / m * Theta2(:, 2:end);
grad = [grad1(:); grad2(:)];
end
