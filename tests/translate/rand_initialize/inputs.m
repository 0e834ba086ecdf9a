L_in = 3;
L_out = 2;
