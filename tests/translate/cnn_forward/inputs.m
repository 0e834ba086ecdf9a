net.layers = {struct('type', 'i'), struct('type', 'c', 'outputmaps', 2, 'kernelsize', 3), struct('type', 's', 'scale', 2)};
net.layers{2}.k = {{reshape(sin(1:9), 3, 3), reshape(cos(1:9), 3, 3)}};
net.layers{2}.b = {0.1, -0.2};
net.ffW = reshape(sin(1:16), 2, 8) / 3;
net.ffb = [0.1; 0.2];
x = reshape(cos(1:72), 6, 6, 2);
