function c = residualCost(A, t, w, lambda)
n = length(t);
c = 1/(2*n) * sum((A*w - t).^2) + lambda/(2*n) * sum(w(2:end).^2);
end
