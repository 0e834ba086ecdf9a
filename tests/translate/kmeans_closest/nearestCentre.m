function which = nearestCentre(P, centres)
k = size(centres, 1);
which = zeros(size(P,1), 1);
for i = 1:size(P, 1)
    least = Inf;
    for c = 1:k
        d = sum((P(i, :) - centres(c, :)) .^ 2);
        if d < least
            least = d;
            which(i) = c;
        end
    end
end
end
