function [mu, sigma, w, ll] = gmmEm(x, mu, sigma, w, iters)
K = numel(mu);
N = numel(x);
ll = zeros(1, iters);
for it = 1:iters
    r = zeros(N, K);
    for k = 1:K
        r(:, k) = w(k) * exp(-(x - mu(k)) .^ 2 / (2 * sigma(k) ^ 2)) / (sqrt(2 * pi) * sigma(k));
    end
    ll(it) = sum(log(sum(r, 2)));
    r = bsxfun(@rdivide, r, sum(r, 2));
    Nk = sum(r);
    mu = (r' * x)' ./ Nk;
    sigma = sqrt(sum(r .* (x - mu) .^ 2) ./ Nk);
    w = Nk / N;
end
end
