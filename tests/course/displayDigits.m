function [h, sheet] = displayDigits(X)
% Shows samples as grey pictures in a square grid.
[m, n] = size(X);
width = round(sqrt(n));
height = n / width;
rows = floor(sqrt(m));
cols = ceil(m / rows);
sheet = -ones(1 + rows * (height + 1), 1 + cols * (width + 1));
for k = 1:min(m, rows * cols)
    top = 1 + floor((k - 1) / cols) * (height + 1);
    left = 1 + mod(k - 1, cols) * (width + 1);
    brightest = max(abs(X(k, :)));
    sheet(top + (1:height), left + (1:width)) = reshape(X(k, :), height, width) / brightest;
end
colormap(gray);
h = imagesc(sheet, [-1 1]);
axis image off
drawnow;
end
