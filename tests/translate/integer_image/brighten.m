function [out, avg, half, diffs, bits] = brighten(img, amount)
out = img + amount;
avg = mean(double(img(:)));
half = img / 2;
diffs = img(:, 2:end) - img(:, 1:end - 1);
out(1, 1) = 300;
out(end) = -5;
bits = class(out);
end
