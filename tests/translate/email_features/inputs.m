places = [2 5 5 9 12];
