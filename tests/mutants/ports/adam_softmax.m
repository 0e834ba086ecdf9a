function [W, b, hist] = adam_softmax(W, b, X, labels, alpha, epochs)
% Softmax regression trained with Adam; samples in columns.
[K, N] = deal(size(W, 1), size(X, 2));
T = zeros(K, N);
for n = 1:N
  T(labels(n), n) = 1;
end
mW = zeros(size(W)); vW = zeros(size(W));
mb = zeros(size(b)); vb = zeros(size(b));
beta1 = 0.9; beta2 = 0.999; tiny = 1e-8;
hist = zeros(1, epochs);
for t = 1:epochs
  Z = W * X + repmat(b, 1, N);
  Z = Z - repmat(max(Z, [], 1), K, 1);
  P = exp(Z) ./ repmat(sum(exp(Z), 1), K, 1);
  hist(t) = -sum(sum(T .* log(P))) / N;
  D = (P - T) / N;
  gW = D * X';
  gb = sum(D, 2);
  mW = beta1 * mW + (1 - beta1) * gW;
  vW = beta2 * vW + (1 - beta2) * gW .^ 2;
  mb = beta1 * mb + (1 - beta1) * gb;
  vb = beta2 * vb + (1 - beta2) * gb .^ 2;
  W = W - alpha * (mW / (1 - beta1 ^ t)) ./ (sqrt(vW / (1 - beta2 ^ t)) + tiny);
  b = b - alpha * (mb / (1 - beta1 ^ t)) ./ (sqrt(vb / (1 - beta2 ^ t)) + tiny);
end
