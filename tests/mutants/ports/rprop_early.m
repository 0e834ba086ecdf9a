function [w, k, f] = rprop_early(w, X, t, tol, limit)
% Rprop on the squared error of a tanh unit; stops early where the gradient is small.
n = length(t);
step = 0.1 * ones(size(w));
old = zeros(size(w));
k = 0;
done = 0;
while k < limit && ~done
  k = k + 1;
  y = tanh(X * w);
  e = y - t;
  f = sum(e .^ 2) / (2 * n);
  g = X' * (e .* (1 - y .^ 2)) / n;
  if norm(g) < tol
    done = 1;
  else
    for j = 1:length(w)
      s = g(j) * old(j);
      if s > 0
        step(j) = min(1.2 * step(j), 50);
      elseif s < 0
        step(j) = max(0.5 * step(j), 1e-6);
      end
      w(j) = w(j) - sign(g(j)) * step(j);
    end
    old = g;
  end
end
