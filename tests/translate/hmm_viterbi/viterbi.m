function [path, p] = viterbi(obs, A, B, pi0)
S = size(A, 1);
T = length(obs);
V = zeros(S, T);
ptr = zeros(S, T);
V(:, 1) = pi0 .* B(:, obs(1));
for t = 2:T
    for j = 1:S
        [V(j, t), ptr(j, t)] = max(V(:, t - 1) .* A(:, j));
        V(j, t) = V(j, t) * B(j, obs(t));
    end
end
path = zeros(1, T);
[p, path(T)] = max(V(:, T));
for t = T - 1:-1:1
    path(t) = ptr(path(t + 1), t + 1);
end
end
