function slope = computeNumericalGradient(J, theta)
% Central differences of a cost function along every parameter.
slope = zeros(size(theta));
step = zeros(size(theta));
e = 1e-4;
for p = 1:numel(theta)
    step(p) = e;
    slope(p) = (J(theta + step) - J(theta - step)) / (2 * e);
    step(p) = 0;
end
end
