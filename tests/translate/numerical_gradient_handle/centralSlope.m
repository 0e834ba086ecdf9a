function s = centralSlope(f, x)
%CENTRALSLOPE  slope of a function by differences on both sides
s = zeros(size(x));
nudge = zeros(size(x));
h = 1e-4;
for k = 1:numel(x)
    nudge(k) = h;
    low = f(x - nudge);
    high = f(x + nudge);
    s(k) = (high - low) / (2*h);
    nudge(k) = 0;
end
end
