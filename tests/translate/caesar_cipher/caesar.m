function [out, back, counts] = caesar(text, k)
out = text;
lowerMask = text >= 'a' & text <= 'z';
out(lowerMask) = char(mod(text(lowerMask) - 'a' + k, 26) + 'a');
back = out;
back(lowerMask) = char(mod(out(lowerMask) - 'a' - k, 26) + 'a');
counts = zeros(1, 26);
for ch = text(lowerMask)
    counts(ch - 'a' + 1) = counts(ch - 'a' + 1) + 1;
end
end
