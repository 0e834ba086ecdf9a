v = [NaN 3 7 NaN 1];
