function [x, path, k] = runConjugates(A, b, steps)
options = optimset('MaxIter', steps);
[x, path, k] = followConjugates(@bowl, zeros(numel(b), 1), options, A, b);
end
