weight = 2.5;
