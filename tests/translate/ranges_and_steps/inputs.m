lo = -1;
hi = 4;
