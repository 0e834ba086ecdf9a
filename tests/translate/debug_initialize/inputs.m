fan_out = 3;
fan_in = 4;
