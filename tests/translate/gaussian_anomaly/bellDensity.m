function p = bellDensity(A, centre, S)
d = length(centre);
if (size(S, 2) == 1) || (size(S, 1) == 1)
    S = diag(S);
end
A = bsxfun(@minus, A, centre(:)');
p = (2 * pi) ^ (- d / 2) * det(S) ^ (-0.5) * ...
    exp(-0.5 * sum(bsxfun(@times, A * pinv(S), A), 2));
end
