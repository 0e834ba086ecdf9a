function [a, b, c, d, e, f] = ndTour(T)
a = size(T);
b = squeeze(sum(T, 1));
c = permute(T, [3 1 2]);
d = T(:, :, end);
e = cat(3, T, ones(size(T, 1), size(T, 2)));
f = reshape(T, [], size(T, 3));
f(:, end + 1) = squeeze(mean(mean(T, 1), 2))(1);
end
