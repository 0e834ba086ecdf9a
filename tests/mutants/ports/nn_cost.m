function [J, Theta1_grad, Theta2_grad] = nn_cost(Theta1, Theta2, X, y, num_labels, lambda)
% Cost and gradient of a network with one hidden layer, sample by sample.
m = size(X, 1);
J = 0;
Theta1_grad = zeros(size(Theta1));
Theta2_grad = zeros(size(Theta2));
for t = 1:m
  a1 = [1; X(t, :)'];
  z2 = Theta1 * a1;
  a2 = [1; sigmoid(z2)];
  z3 = Theta2 * a2;
  a3 = sigmoid(z3);
  yt = zeros(num_labels, 1);
  yt(y(t)) = 1;
  J = J + sum(-yt .* log(a3) - (1 - yt) .* log(1 - a3));
  delta3 = a3 - yt;
  delta2 = Theta2' * delta3;
  delta2 = delta2(2:end) .* sigmoid(z2) .* (1 - sigmoid(z2));
  Theta1_grad = Theta1_grad + delta2 * a1';
  Theta2_grad = Theta2_grad + delta3 * a2';
end
J = J / m;
reg = lambda / (2 * m) * (sum(sum(Theta1(:, 2:end) .^ 2)) + sum(sum(Theta2(:, 2:end) .^ 2)));
J = J + reg;
Theta1_grad = Theta1_grad / m;
Theta2_grad = Theta2_grad / m;
Theta1_grad(:, 2:end) = Theta1_grad(:, 2:end) + lambda / m * Theta1(:, 2:end);
Theta2_grad(:, 2:end) = Theta2_grad(:, 2:end) + lambda / m * Theta2(:, 2:end);
end

function g = sigmoid(z)
g = 1 ./ (1 + exp(-z));
end
