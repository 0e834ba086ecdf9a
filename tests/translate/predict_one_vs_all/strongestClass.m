function c = strongestClass(W, A)
n = size(A, 1);
classes = size(W, 1);
c = zeros(size(A, 1), 1);
A = [ones(n, 1) A];
[~, c] = max(1 ./ (1 + exp(-A * W')), [], 2);
end
