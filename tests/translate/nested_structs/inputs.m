rate = 0.05;
