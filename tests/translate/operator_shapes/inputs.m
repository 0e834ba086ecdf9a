alpha = 0.5;
v = [1 2 3];
w = [4; 5; 6];
M = magic(3);
