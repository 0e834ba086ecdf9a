function [dk, db, d_in] = kernelGradient(a, d, k)
% gradients of a convolution layer, deltas d, activations a, kernel k
dk = convn(flipall(a), d, 'valid') / size(d, 3);
db = sum(d(:)) / size(d, 3);
d_in = zeros(size(a));
for s = 1 : size(d, 3)
    d_in(:, :, s) = conv2(d(:, :, s), rot180(k), 'full');
end
end

function X = rot180(X)
    X = flipdim(flipdim(X, 1), 2);
end

function X = flipall(X)
    for i = 1 : ndims(X)
        X = flipdim(X, i);
    end
end
