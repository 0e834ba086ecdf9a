function [w, costs] = descend(A, t, w, rate, rounds)
n = length(t);
costs = zeros(rounds, 1);

for k = 1:rounds
    step = zeros(size(w));
    for j = 1:size(A, 2)
        step(j) = sum((A * w - t) .* A(:, j)) / n;
    end
    w = w - rate * step;

    % what the cost was after this round
    costs(k) = costAt(A, t, w);
end
end

function c = costAt(A, t, w)
n = numel(t);
e = A * w - t;
c = (e' * e) / (2 * n);
end
