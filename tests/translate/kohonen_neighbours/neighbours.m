function [N, D] = neighbours(r, c)
[I, J] = ndgrid(1:r, 1:c);
P = [I(:) J(:)];
D = zeros(r * c);
for k = 1:r * c
    D(:, k) = sum(abs(bsxfun(@minus, P, P(k, :))), 2);
end
N = cell(r, c);
for k = 1:numel(N)
    N{k} = find(D(:, k) == 1)';
end
end
