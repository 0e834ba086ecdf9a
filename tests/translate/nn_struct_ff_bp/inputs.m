sizes = [3 4 4 2];
x = reshape(cos(1:15), 5, 3);
y = [1 0; 0 1; 1 0; 0 1; 1 0];
steps = 3;
