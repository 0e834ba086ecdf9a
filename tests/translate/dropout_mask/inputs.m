a = reshape(1:8, 2, 4);
p = 0.5;
gout = ones(2, 4);
