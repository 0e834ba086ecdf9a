function [W, b, losses] = batches_zip(W, b, X, Y, eta, mu, per)
% Mini-batches with Nesterov momentum for a linear net of two layers with ReLU.
n = size(X, 1);
vW = {zeros(size(W{1})), zeros(size(W{2}))};
vb = {zeros(size(b{1})), zeros(size(b{2}))};
losses = [];
for first = 1:per:n
  idx = first:min(first + per - 1, n);
  x = X(idx, :);
  y = Y(idx, :);
  k = numel(idx);
  U = cell(1, 2); c = cell(1, 2);
  for l = 1:2
    U{l} = W{l} - mu * vW{l};
    c{l} = b{l} - mu * vb{l};
  end
  z = bsxfun(@plus, x * U{1}, c{1});
  h = max(z, 0);
  o = bsxfun(@plus, h * U{2}, c{2});
  e = o - y;
  losses(end+1) = sum(sum(e .^ 2)) / (2 * k);
  g2 = h' * e / k;
  d = (e * U{2}') .* (z > 0);
  g1 = x' * d / k;
  gW = {g1, g2};
  gb = {sum(d, 1) / k, sum(e, 1) / k};
  for l = 1:2
    vW{l} = mu * vW{l} + eta * gW{l};
    vb{l} = mu * vb{l} + eta * gb{l};
    W{l} = W{l} - vW{l};
    b{l} = b{l} - vb{l};
  end
end
