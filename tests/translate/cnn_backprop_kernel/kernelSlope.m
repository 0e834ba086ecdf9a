function [dk, db, below] = kernelSlope(act, delta, kernel)
% slopes of a filter stage: kernel, bias, and what goes further down
dk = convn(reversed(act), delta, 'valid') / size(delta, 3);
db = sum(delta(:)) / size(delta, 3);
below = zeros(size(act));
for s = 1 : size(delta, 3)
    below(:, :, s) = conv2(delta(:, :, s), turned(kernel), 'full');
end
end

function A = turned(A)
    A = flipdim(flipdim(A, 2), 1);
end

function A = reversed(A)
    for dim = ndims(A) : -1 : 1
        A = flipdim(A, dim);
    end
end
