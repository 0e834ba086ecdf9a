T = reshape(1:24, 2, 3, 4);
