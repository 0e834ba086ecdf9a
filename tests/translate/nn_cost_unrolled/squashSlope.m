function d = squashSlope(x)
d = zeros(size(x));
d = squash(x) .* (1 - squash(x));
end
