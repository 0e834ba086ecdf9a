function [centre, spread, p] = fitBell(A)
[n, d] = size(A);
centre = mean(A)';
spread = var(A, 1)';
p = bellDensity(A, centre, spread);
end
