a = 7;
tol = 1e-12;
