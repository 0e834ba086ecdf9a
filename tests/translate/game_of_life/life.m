function B = life(B, steps)
for s = 1:steps
    N = zeros(size(B));
    for dx = -1:1
        for dy = -1:1
            if dx == 0 && dy == 0, continue; end
            N = N + circshift(B, [dx dy]);
        end
    end
    B = (B & (N == 2 | N == 3)) | (~B & N == 3);
end
end
