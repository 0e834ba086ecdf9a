function [pred, D, rate] = neighbours(train, labels, test, truth, k)
n = size(train, 1);
m = size(test, 1);
D = zeros(m, n);
for i = 1:m
  for j = 1:n
    D(i, j) = sqrt(sum((test(i, :) - train(j, :)) .^ 2));
  end
end
pred = zeros(m, 1);
for i = 1:m
  [sorted, order] = sort(D(i, :));
  near = labels(order(1:k));
  pred(i) = mode(near);
end
wrong = sum(pred ~= truth);
rate = wrong / m;
