function [lambda_vec, error_val, best] = validationCurve(X, y, Xval, yval)
lambda_vec = [0 0.001 0.003 0.01 0.03 0.1 0.3 1 3 10]';
error_val = zeros(length(lambda_vec), 1);
for i = 1:length(lambda_vec)
    lambda = lambda_vec(i);
    theta = (X' * X + lambda * diag([0; ones(size(X, 2) - 1, 1)])) \ X' * y;
    r = Xval * theta - yval;
    error_val(i) = r' * r / 2 / size(Xval, 1);
end
[dummy, k] = min(error_val);
best = lambda_vec(k);
end
