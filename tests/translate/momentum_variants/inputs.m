w0 = [1; 1];
steps = 8;
