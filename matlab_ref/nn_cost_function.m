function [J, grad] = nn_cost_function(nn_params, input_size, hidden_size, num_labels, X, y, lambda)
%NN_COST_FUNCTION  Regularised cost and gradient of a network with one hidden layer.
%   [J, grad] = NN_COST_FUNCTION(nn_params, input_size, hidden_size, num_labels, X, y, lambda)
%
%   The shape that coursework gives to fminunc and fmincg. nn_params is the column
%   [Theta1(:); Theta2(:)], X is m x input_size with one row a sample, y is m x 1 with
%   labels from 1. The first column of each Theta is the bias, and is not regularised.

m = size(X, 1);
split = hidden_size * (input_size + 1);
Theta1 = reshape(nn_params(1:split), hidden_size, input_size + 1);
Theta2 = reshape(nn_params(split + 1:end), num_labels, hidden_size + 1);
Y = (y == 1:num_labels);

% Forward.
A1 = [ones(m, 1) X];
A2 = [ones(m, 1) logistic(A1 * Theta1')];
H = logistic(A2 * Theta2');
J = sum(sum(-Y .* log(H) - (1 - Y) .* log(1 - H))) / m;
J = J + lambda / (2 * m) * (sum(sum(Theta1(:, 2:end) .^ 2)) + sum(sum(Theta2(:, 2:end) .^ 2)));

% Back.
Delta3 = H - Y;
Delta2 = (Delta3 * Theta2(:, 2:end)) .* A2(:, 2:end) .* (1 - A2(:, 2:end));
Theta1_grad = Delta2' * A1 / m;
Theta2_grad = Delta3' * A2 / m;
Theta1_grad(:, 2:end) = Theta1_grad(:, 2:end) + lambda / m * Theta1(:, 2:end);
Theta2_grad(:, 2:end) = Theta2_grad(:, 2:end) + lambda / m * Theta2(:, 2:end);

grad = [Theta1_grad(:); Theta2_grad(:)];
end

function g = logistic(z)
g = 1 ./ (1 + exp(-z));
end
