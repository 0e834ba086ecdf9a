Theta1 = reshape(sin(1:12), 4, 3) / 3;
Theta2 = reshape(cos(1:10), 2, 5) / 3;
X = [0.1 0.2; -0.4 0.5; 0.9 -0.7];
y = [2; 1; 2];
lambda = 0.3;
