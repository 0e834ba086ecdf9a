function [X, fX, i] = runCg(A, b, steps)
options = optimset('MaxIter', steps);
[X, fX, i] = minimizeCg(@quadraticCost, zeros(numel(b), 1), options, A, b);
end
