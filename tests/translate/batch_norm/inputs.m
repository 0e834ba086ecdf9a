x = reshape(sin(1:12) * 3, 3, 4);
gamma_ = [1; 0.5; 2];
beta_ = [0; 0.1; -0.2];
dy = reshape(cos(1:12), 3, 4);
