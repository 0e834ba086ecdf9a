function [w1, w2, w3, trace_] = momenta(w0, steps)
grad = @(w) [2 * w(1); 20 * w(2)];
w1 = w0; v1 = zeros(size(w0));
w2 = w0; v2 = v1;
w3 = w0; s3 = v1;
trace_ = zeros(numel(w0), steps);
for t = 1:steps
    v1 = 0.9 * v1 - 0.02 * grad(w1);
    w1 = w1 + v1;
    ahead = w2 + 0.9 * v2;
    v2 = 0.9 * v2 - 0.02 * grad(ahead);
    w2 = w2 + v2;
    g = grad(w3);
    s3 = 0.9 * s3 + 0.1 * g .^ 2;
    w3 = w3 - 0.05 * g ./ sqrt(s3 + 1e-8);
    trace_(:, t) = w1;
end
end
