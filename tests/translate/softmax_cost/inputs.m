classes = 3;
d = 4;
decay = 1e-2;
packed = sin(1:12)' * 0.1;
data = reshape(cos(1:24), 4, 6);
labels = [1 2 3 1 2 3]';
