function d = decide(w, A)
n = size(A, 1); % rows to decide
d = zeros(n, 1);
for k = 1:n
    p = 1 / (1 + exp(-(A(k, :) * w)));
    if p >= 0.5
        d(k) = 1;
    else
        d(k) = 0;
    end
end
