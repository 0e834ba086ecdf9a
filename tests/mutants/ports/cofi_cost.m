function [J, X_grad, Theta_grad] = cofi_cost(X, Theta, Y, R, lambda)
J = 0;
X_grad = zeros(size(X));
Theta_grad = zeros(size(Theta));
E = (X * Theta' - Y) .* R;
J = 1 / 2 * sum(sum(E .^ 2)) + lambda / 2 * (sum(sum(Theta .^ 2)) + sum(sum(X .^ 2)));
for i = 1:size(X, 1)
  idx = find(R(i, :) == 1);
  T = Theta(idx, :);
  X_grad(i, :) = (X(i, :) * T' - Y(i, idx)) * T + lambda * X(i, :);
end
for j = 1:size(Theta, 1)
  idx = find(R(:, j) == 1);
  Xs = X(idx, :);
  Theta_grad(j, :) = (Xs * Theta(j, :)' - Y(idx, j))' * Xs + lambda * Theta(j, :);
end
