sizes = [3 2 4];
