function centres = meansOfGroups(P, which, k)
[n d] = size(P);
centres = zeros(k, d);
for c = 1:k
    group = P(which == c, :);
    centres(c, :) = mean(group, 1);
end
end
