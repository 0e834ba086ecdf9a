widths = [3 4 4 2];
X = reshape(cos(1:15), 5, 3);
T = [1 0; 0 1; 1 0; 0 1; 1 0];
steps = 3;
