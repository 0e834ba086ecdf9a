function [G, bw, small, padded] = edges(I)
I = double(I);
sx = [-1 0 1; -2 0 2; -1 0 1];
Gx = conv2(I, sx, 'same');
Gy = conv2(I, sx', 'same');
G = sqrt(Gx .^ 2 + Gy .^ 2);
bw = G > mean(G(:));
small = I(1:2:end, 1:2:end);
padded = zeros(size(I) + 2);
padded(2:end - 1, 2:end - 1) = I;
end
