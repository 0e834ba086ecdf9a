a = reshape(sin(1:50), 5, 5, 2);
d = reshape(cos(1:18), 3, 3, 2);
k = reshape(1:9, 3, 3) / 10;
