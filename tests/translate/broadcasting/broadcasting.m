function [a, b, c, d] = broadcasting(r, col, M)
a = r + col;
b = M - mean(M, 2);
c = bsxfun(@times, col, r) - bsxfun(@minus, M, r(1:size(M, 2)));
d = M ./ sum(M);
end
