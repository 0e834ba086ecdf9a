function [loss, dW] = svm_hinge(W, X, y, reg)
% Multi-class hinge loss; samples in rows, loops over samples and classes.
num_train = size(X, 1);
num_classes = size(W, 2);
dW = zeros(size(W));
loss = 0;
for i = 1:num_train
  scores = X(i, :) * W;
  correct = scores(y(i));
  for j = 1:num_classes
    if j == y(i)
      continue;
    end
    margin = scores(j) - correct + 1;
    if margin > 0
      loss = loss + margin;
      dW(:, j) = dW(:, j) + X(i, :)';
      dW(:, y(i)) = dW(:, y(i)) - X(i, :)';
    end
  end
end
loss = loss / num_train + reg * sum(W(:) .^ 2);
dW = dW / num_train + 2 * reg * W;
