function [C, centre] = centreRated(Y, seen)
[films, people] = size(Y);
centre = zeros(films, 1);
C = zeros(size(Y));
for f = 1:films
    rated = find(seen(f, :) == 1);
    centre(f) = mean(Y(f, rated));
    C(f, rated) = Y(f, rated) - centre(f);
end
end
