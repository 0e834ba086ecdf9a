visibleSize = 4;
hiddenSize = 3;
lambda = 0.0001;
sparsityParam = 0.05;
beta = 3;
theta = sin(1:(2*3*4 + 3 + 4))' / 3;
data = reshape(0.5 + cos(1:20) / 2.5, 4, 5);
