Q = reshape(sin(1:6), 3, 2);
K = reshape(cos(1:6), 3, 2);
V = magic(3);
causal = true;
