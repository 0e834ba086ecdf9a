widths = [3 2 4];
