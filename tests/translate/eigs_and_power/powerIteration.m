function [lambda, v, check] = powerIteration(A, iters)
v = ones(size(A, 1), 1) / sqrt(size(A, 1));
for k = 1:iters
    v = A * v;
    v = v / norm(v);
end
lambda = v' * A * v;
check = abs(lambda - eigs(A, 1)) < 1e-6;
end
