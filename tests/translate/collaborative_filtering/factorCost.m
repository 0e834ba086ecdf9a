function [cost, slope] = factorCost(packed, Y, seen, people, films, k, lambda)
F = reshape(packed(1:films*k), films, k);
P = reshape(packed(films*k+1:end), people, k);
cost = 0;
dF = zeros(size(F));
dP = zeros(size(P));

miss = (F * P' - Y) .* seen;
cost = 1/2 * sum(sum(miss .^ 2)) + lambda/2 * (sum(sum(P.^2)) + sum(sum(F.^2)));
dF = miss * P + lambda * F;
dP = miss' * F + lambda * P;
slope = [dF(:); dP(:)];
end
