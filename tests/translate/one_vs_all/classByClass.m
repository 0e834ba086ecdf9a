function [W] = classByClass(A, labels, classes, lambda)
n = size(A, 1);
d = size(A, 2);
W = zeros(classes, d + 1);
A = [ones(n, 1) A];
for c = 1:classes
    w = zeros(d + 1, 1);
    for k = 1:15
        [cost, slope] = oneAgainstRest(w, A, (labels == c), lambda);
        w = w - 0.5 * slope;
    end
    W(c, :) = w';
end
end
