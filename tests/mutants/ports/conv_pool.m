function [features, pooled] = conv_pool(images, W, b, poolDim)
% Convolve images (rows x cols x n) with filters, squash, pool by mean.
[rows, cols, n] = size(images);
filters = size(W, 3);
fd = size(W, 1);
outR = rows - fd + 1;
outC = cols - fd + 1;
features = zeros(outR, outC, filters, n);
for i = 1:n
  for f = 1:filters
    kernel = rot90(W(:, :, f), 2);
    c = conv2(images(:, :, i), kernel, 'valid') + b(f);
    features(:, :, f, i) = 1 ./ (1 + exp(-c));
  end
end
pr = floor(outR / poolDim);
pc = floor(outC / poolDim);
pooled = zeros(pr, pc, filters, n);
for i = 1:n
  for f = 1:filters
    for r = 1:pr
      for s = 1:pc
        block = features((r-1)*poolDim+1:r*poolDim, (s-1)*poolDim+1:s*poolDim, f, i);
        pooled(r, s, f, i) = mean(block(:));
      end
    end
  end
end
