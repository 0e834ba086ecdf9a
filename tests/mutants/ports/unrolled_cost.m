function [J, grad] = unrolled_cost(nn_params, input_size, hidden_size, num_labels, X, y, lambda)
Theta1 = reshape(nn_params(1:hidden_size * (input_size + 1)), hidden_size, input_size + 1);
Theta2 = reshape(nn_params(1 + hidden_size * (input_size + 1):end), num_labels, hidden_size + 1);
m = size(X, 1);
J = 0;
Theta1_grad = zeros(size(Theta1));
Theta2_grad = zeros(size(Theta2));
for t = 1:m
  a1 = [1; X(t, :)'];
  z2 = Theta1 * a1;
  a2 = [1; sigmoid(z2)];
  a3 = sigmoid(Theta2 * a2);
  yt = (1:num_labels)' == y(t);
  J = J + sum(-yt .* log(a3) - (1 - yt) .* log(1 - a3));
  d3 = a3 - yt;
  d2 = Theta2' * d3;
  d2 = d2(2:end) .* sigmoidGradient(z2);
  Theta2_grad = Theta2_grad + d3 * a2';
  Theta1_grad = Theta1_grad + d2 * a1';
end
J = J / m;
J = J + lambda / (2 * m) * (sum(sum(Theta1(:, 2:end) .^ 2)) + sum(sum(Theta2(:, 2:end) .^ 2)));
Theta1_grad = Theta1_grad / m;
Theta2_grad = Theta2_grad / m;
Theta1_grad(:, 2:end) = Theta1_grad(:, 2:end) + lambda / m * Theta1(:, 2:end);
Theta2_grad(:, 2:end) = Theta2_grad(:, 2:end) + lambda / m * Theta2(:, 2:end);
grad = [Theta1_grad(:); Theta2_grad(:)];
end

function g = sigmoid(z)
g = 1 ./ (1 + exp(-z));
end

function g = sigmoidGradient(z)
g = sigmoid(z) .* (1 - sigmoid(z));
end
