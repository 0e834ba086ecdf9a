function [theta, message] = runAdam(theta, steps)
m = zeros(size(theta)); v = m;
for t = 1:steps
    g = 2 * theta - [1; 2];
    [theta, m, v] = adamStep(theta, g, m, v, t, 'Alpha', 0.05, 'b1', 0.8);
end
try
    adamStep(theta, g, m, v, t, 'gamma', 1);
catch err
    message = err.message;
end
end
