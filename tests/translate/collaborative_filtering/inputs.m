num_users = 3; num_movies = 4; num_features = 2;
params = sin(1:14)' / 2;
Y = [5 0 3; 4 2 0; 0 1 5; 3 3 3];
R = [1 0 1; 1 1 0; 0 1 1; 1 1 1];
lambda = 0.4;
