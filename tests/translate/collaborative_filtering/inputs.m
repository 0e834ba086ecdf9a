people = 3; films = 4; k = 2;
packed = sin(1:14)' / 2;
Y = [5 0 3; 4 2 0; 0 1 5; 3 3 3];
seen = [1 0 1; 1 1 0; 0 1 1; 1 1 1];
lambda = 0.4;
