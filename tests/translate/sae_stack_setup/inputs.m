size = [4 3 2];
