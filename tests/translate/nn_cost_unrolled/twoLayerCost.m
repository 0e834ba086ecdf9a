function [cost slope] = twoLayerCost(packed, ...
                                     nIn, ...
                                     nHidden, ...
                                     nOut, ...
                                     X, labels, lambda)
%TWOLAYERCOST  cross-entropy and its slope for a net with one hidden layer
%whose weights come packed in one column

% unpack both weight matrices
V1 = reshape(packed(1:nHidden * (nIn + 1)), ...
             nHidden, (nIn + 1));

V2 = reshape(packed((1 + (nHidden * (nIn + 1))):end), ...
             nOut, (nHidden + 1));

n = size(X, 1);

cost = 0;
dV1 = zeros(size(V1));
dV2 = zeros(size(V2));

in = [ones(n, 1) X];
s2 = in * V1';
hid = [ones(n, 1) squash(s2)];
s3 = hid * V2';
out = squash(s3);

rows_ = eye(nOut);
T = rows_(labels, :);

cost = sum(sum(-T .* log(out) - (1 - T) .* log(1 - out))) / n;
cost = cost + lambda / (2 * n) * (sum(sum(V1(:, 2:end) .^ 2)) + sum(sum(V2(:, 2:end) .^ 2)));

err3 = out - T;
err2 = (err3 * V2(:, 2:end)) .* squashSlope(s2);

dV2 = (err3' * hid) / n;
dV1 = (err2' * in) / n;

dV1(:, 2:end) = dV1(:, 2:end) + (lambda / n) * V1(:, 2:end);
dV2(:, 2:end) = dV2(:, 2:end) + (lambda / n) * V2(:, 2:end);

% pack again
slope = [dV1(:) ; dV2(:)];

end
