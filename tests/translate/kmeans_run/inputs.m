X = [1 1; 1.2 0.8; 5 5; 5.5 4.8; 9 1; 8.7 1.3; 1.1 1.4];
initial_centroids = [0 0; 4 4; 8 2];
max_iters = 4;
