function [W, recalled, energy] = hopfield(patterns, probe)
[P, N] = size(patterns);
W = zeros(N, N);
for p = 1:P
    W = W + patterns(p, :)' * patterns(p, :);
end
W(logical(eye(N))) = 0;
W = W / N;
recalled = probe(:);
changed = true;
while changed
    old = recalled;
    for i = 1:N
        h = W(i, :) * recalled;
        if h >= 0, recalled(i) = 1; else, recalled(i) = -1; end
    end
    changed = ~isequal(old, recalled);
end
energy = -0.5 * recalled' * W * recalled;
end
