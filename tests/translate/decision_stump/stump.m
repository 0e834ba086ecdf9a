function [best, err] = stump(X, y, w)
best = struct('dim', 0, 'thresh', NaN, 'sign', 0);
err = Inf;
for d = 1:size(X, 2)
    for t = unique(X(:, d))'
        for s = [-1, 1]
            h = s * ones(size(y));
            h(X(:, d) <= t) = -s;
            e = sum(w(h ~= y));
            if e < err
                err = e;
                best.dim = d; best.thresh = t; best.sign = s;
            end
        end
    end
end
end
