X = [0 0 1 1; 0 1 0 1];
Y = [0 1 1 0];
sizes = [2 3 1];
eta = 1.5;
epochs = 6;
