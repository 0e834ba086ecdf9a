function [C, acc, perclass] = confusion(pred, actual)
K = max([pred(:); actual(:)]);
C = zeros(K);
for i = 1:numel(actual)
    C(actual(i), pred(i)) = C(actual(i), pred(i)) + 1;
end
acc = mean(double(pred == actual)) * 100;
perclass = diag(C) ./ sum(C, 2);
end
