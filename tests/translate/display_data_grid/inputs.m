A = reshape(sin(1:12), 3, 4);
