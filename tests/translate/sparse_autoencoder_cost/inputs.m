nVis = 4;
nHid = 3;
decay = 0.0001;
wanted = 0.05;
weight = 3;
packed = sin(1:(2*3*4 + 3 + 4))' / 3;
data = reshape(0.5 + cos(1:20) / 2.5, 4, 5);
