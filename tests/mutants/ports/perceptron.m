function [w, b, mistakes] = perceptron(X, y, max_epochs)
w = zeros(size(X, 2), 1);
b = 0;
mistakes = [];
epoch = 1;
done = false;
while ~done && epoch <= max_epochs
  wrong = 0;
  for i = 1:size(X, 1)
    s = X(i, :) * w + b;
    if y(i) * s <= 0
      w = w + y(i) * X(i, :)';
      b = b + y(i);
      wrong = wrong + 1;
    end
  end
  mistakes(epoch) = wrong;
  if wrong == 0
    done = true;
  end
  epoch = epoch + 1;
end
