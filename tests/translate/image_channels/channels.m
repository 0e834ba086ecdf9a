function [gray, mx, sz, flipped, mask] = channels(rgb)
gray = 0.299 * double(rgb(:, :, 1)) + 0.587 * double(rgb(:, :, 2)) + 0.114 * double(rgb(:, :, 3));
mx = max(rgb, [], 3);
sz = size(rgb);
flipped = rgb(:, end:-1:1, :);
mask = gray > 100 & mod(reshape(1:numel(gray), size(gray)), 2) == 1;
rgb(repmat(mask, [1 1 3])) = 0;
flipped(:, :, 2) = rgb(:, :, 2);
end
