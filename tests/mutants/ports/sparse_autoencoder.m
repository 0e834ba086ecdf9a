function [cost, grad] = sparse_autoencoder(theta, visible, hidden, lambda, rho, beta, data)
W1 = reshape(theta(1:hidden*visible), hidden, visible);
W2 = reshape(theta(hidden*visible+1:2*hidden*visible), visible, hidden);
b1 = theta(2*hidden*visible+1:2*hidden*visible+hidden);
b2 = theta(2*hidden*visible+hidden+1:end);
m = size(data, 2);
z2 = W1 * data + repmat(b1, 1, m);
a2 = sigmoid(z2);
z3 = W2 * a2 + repmat(b2, 1, m);
a3 = sigmoid(z3);
rhohat = mean(a2, 2);
kl = sum(rho * log(rho ./ rhohat) + (1 - rho) * log((1 - rho) ./ (1 - rhohat)));
cost = 0.5 / m * sum(sum((a3 - data) .^ 2)) + lambda / 2 * (sum(W1(:) .^ 2) + sum(W2(:) .^ 2)) + beta * kl;
delta3 = (a3 - data) .* a3 .* (1 - a3);
sparsity = beta * (-rho ./ rhohat + (1 - rho) ./ (1 - rhohat));
delta2 = (W2' * delta3 + repmat(sparsity, 1, m)) .* a2 .* (1 - a2);
W1grad = delta2 * data' / m + lambda * W1;
W2grad = delta3 * a2' / m + lambda * W2;
b1grad = sum(delta2, 2) / m;
b2grad = sum(delta3, 2) / m;
grad = [W1grad(:); W2grad(:); b1grad(:); b2grad(:)];
end

function s = sigmoid(x)
s = 1 ./ (1 + exp(-x));
end
