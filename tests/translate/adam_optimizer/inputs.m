theta = [0.3; -0.4];
steps = 5;
