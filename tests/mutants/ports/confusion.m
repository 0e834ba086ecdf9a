function [C, accuracy, precision] = confusion(scores, y, K)
[best, pred] = max(scores, [], 2);
C = zeros(K, K);
for i = 1:length(y)
  C(y(i), pred(i)) = C(y(i), pred(i)) + 1;
end
accuracy = mean(double(pred == y)) * 100;
precision = diag(C) ./ max(sum(C, 1)', 1);
