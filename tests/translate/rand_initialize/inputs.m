ins = 3;
outs = 2;
