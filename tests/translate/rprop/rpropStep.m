function [w, delta, gprev] = rpropStep(w, g, gprev, delta)
etaplus = 1.2; etaminus = 0.5; dmax = 50; dmin = 1e-6;
s = sign(g .* gprev);
up = s > 0; down = s < 0; same = ~up & ~down;
delta(up) = min(delta(up) * etaplus, dmax);
delta(down) = max(delta(down) * etaminus, dmin);
g(down) = 0;
w = w - sign(g) .* delta;
gprev = g;
delta(same) = delta(same) * 1;
end
