function [p, err, lambda] = lmFit(x, y, p)
lambda = 0.01;
model = @(p) p(1) * exp(-p(2) * x);
err = sum((y - model(p)) .^ 2);
for k = 1:8
    J = [exp(-p(2) * x), -p(1) * x .* exp(-p(2) * x)];
    r = y - model(p);
    H = J' * J;
    step = (H + lambda * diag(diag(H))) \ (J' * r);
    trial = p + step;
    e = sum((y - model(trial)) .^ 2);
    if e < err
        p = trial; err = e; lambda = lambda / 10;
    else
        lambda = lambda * 10;
    end
end
end
