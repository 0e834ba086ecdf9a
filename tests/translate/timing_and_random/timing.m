function [ok, r, sz, e] = timing()
tic;
t = toc;
ok = t >= 0 && t < 100;
randn('state', 5);
rand('state', 5);
r = [rand(1, 2), randn(1, 2)];
p = randperm(5);
r = [r, p, randi(10, 1, 3)];
sz = [size(rand(3)), size(randn(2, 4))];
e = erf(0.5) + gamma(5);
end
