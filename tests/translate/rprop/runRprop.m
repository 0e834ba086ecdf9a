function [w, delta] = runRprop(w)
delta = 0.1 * ones(size(w));
gprev = zeros(size(w));
for k = 1:6
    g = 2 * (w - [1 2; 3 4]);
    [w, delta, gprev] = rpropStep(w, g, gprev, delta);
end
end
