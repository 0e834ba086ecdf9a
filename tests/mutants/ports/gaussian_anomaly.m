function [p, bestEpsilon, bestF1] = gaussian_anomaly(X, yval)
[m, n] = size(X);
mu = mean(X)';
sigma2 = var(X, 1)';
p = ones(m, 1);
for j = 1:n
  p = p .* (1 / sqrt(2 * pi * sigma2(j)) * exp(-(X(:, j) - mu(j)) .^ 2 / (2 * sigma2(j))));
end
bestEpsilon = 0;
bestF1 = 0;
stepsize = (max(p) - min(p)) / 50;
for epsilon = min(p):stepsize:max(p)
  predictions = p < epsilon;
  tp = sum(predictions == 1 & yval == 1);
  fp = sum(predictions == 1 & yval == 0);
  fn = sum(predictions == 0 & yval == 1);
  if tp > 0
    prec = tp / (tp + fp);
    rec = tp / (tp + fn);
    F1 = 2 * prec * rec / (prec + rec);
    if F1 > bestF1
      bestF1 = F1;
      bestEpsilon = epsilon;
    end
  end
end
