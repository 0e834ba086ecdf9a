function [w, mse, yhat] = adaline(X, d, mu, epochs)
X = [X ones(size(X, 1), 1)];
w = zeros(size(X, 2), 1);
mse = [];
for ep = 1:epochs
    e2 = 0;
    for n = 1:size(X, 1)
        x = X(n, :)';
        e = d(n) - w' * x;
        w = w + 2 * mu * e * x;
        e2 = e2 + e ^ 2;
    end
    mse = [mse; e2 / size(X, 1)];
end
yhat = sign(X * w);
yhat(yhat == 0) = 1;
end
