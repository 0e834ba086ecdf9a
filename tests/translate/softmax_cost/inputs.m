numClasses = 3;
inputSize = 4;
lambda = 1e-2;
theta = sin(1:12)' * 0.1;
data = reshape(cos(1:24), 4, 6);
labels = [1 2 3 1 2 3]';
