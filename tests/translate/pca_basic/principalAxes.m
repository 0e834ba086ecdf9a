function [axes_, S] = principalAxes(A)
[n, d] = size(A);
C = (1 / n) * A' * A;
[axes_, S, right] = svd(C);
axes_ = axes_ * diag(sign(axes_(1, :)));
end
