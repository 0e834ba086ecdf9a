function [white, turned, k] = whiten(x, small)
x = bsxfun(@minus, x, mean(x, 1));
C = x * x' / size(x, 2);
[axes_, S, right] = svd(C);
axes_ = axes_ * diag(sign(sum(axes_)));
turned = axes_' * x;
spread = diag(S);
k = find(cumsum(spread) ./ sum(spread) >= 0.9, 1);
white = axes_ * diag(1 ./ sqrt(diag(S) + small)) * axes_' * x;
end
