inputs = [1 3 2 3];
targets = [3 2 3 1];
Wxh = reshape(sin(1:6), 2, 3) / 2;
Whh = [0.1 -0.3; 0.2 0.4];
Why = reshape(cos(1:6), 3, 2) / 2;
hprev = [0; 0];
