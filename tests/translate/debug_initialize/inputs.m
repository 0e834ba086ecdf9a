outs = 3;
ins = 4;
