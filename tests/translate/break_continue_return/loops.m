function [s, found, k] = loops(M, limit)
s = 0;
found = [];
for i = 1:size(M, 1)
    for j = 1:size(M, 2)
        if mod(M(i, j), 2) == 0
            continue
        end
        if M(i, j) > limit
            break
        end
        s = s + M(i, j);
        found(end + 1, :) = [i j];
    end
end
k = 0;
for k = 1:10
    if k ^ 2 > 20, return; end
end
k = -1;
end
