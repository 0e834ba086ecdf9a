function [bySteps, exact, close_] = compareSlopes(x, A)
bowl = @(t) quadratic(t, A);
[value, exact] = bowl(x);
bySteps = centralSlope(bowl, x);
close_ = norm(bySteps - exact) / norm(bySteps + exact) < 1e-8;
end

function [v, g] = quadratic(t, A)
v = 0.5 * t' * A * t;
g = A * t;
end
