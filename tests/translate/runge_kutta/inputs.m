omega = 2;
n = 8;
