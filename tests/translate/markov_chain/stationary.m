function [p, k, hist] = stationary(P, tol)
p = ones(1, length(P)) / length(P);
k = 0;
hist = p;
while true
    q = p * P;
    k = k + 1;
    hist(end + 1, :) = q;
    if norm(q - p, 1) < tol || k == 200
        break;
    end
    p = q;
end
hist = hist(1:3, :);
end
