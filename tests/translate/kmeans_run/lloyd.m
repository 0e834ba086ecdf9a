function [centres, which] = lloyd(P, start, rounds, talk)
if ~exist('talk', 'var') || isempty(talk)
    talk = false;
end
[n, d] = size(P);
k = size(start, 1);
centres = start;
before = centres;
which = zeros(n, 1);
for r = 1:rounds
    % all squared distances at once
    D = bsxfun(@plus, sum(P .^ 2, 2), sum(centres .^ 2, 2)') - 2 * P * centres';
    [~, which] = min(D, [], 2);
    if talk
        fprintf('round %d of %d\n', r, rounds);
    end
    before = centres;
    for c = 1:k
        if any(which == c)
            centres(c, :) = mean(P(which == c, :), 1);
        end
    end
end
end
