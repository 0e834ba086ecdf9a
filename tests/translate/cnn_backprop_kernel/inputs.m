act = reshape(sin(1:50), 5, 5, 2);
delta = reshape(cos(1:18), 3, 3, 2);
kernel = reshape(1:9, 3, 3) / 10;
