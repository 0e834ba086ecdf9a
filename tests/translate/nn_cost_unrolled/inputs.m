nIn = 3;
nHidden = 4;
nOut = 3;
packed = sin(1:(4 * 4 + 3 * 5))' / 5;
X = reshape(cos(1:15), 5, 3);
labels = [1; 3; 2; 2; 1];
lambda = 0.7;
