net.stage = {struct('kind', 'image'), struct('kind', 'filter', 'maps', 2, 'side', 3), struct('kind', 'pool', 'by', 2)};
net.stage{2}.kernel = {{reshape(sin(1:9), 3, 3), reshape(cos(1:9), 3, 3)}};
net.stage{2}.bias = {0.1, -0.2};
net.readW = reshape(sin(1:16), 2, 8) / 3;
net.readb = [0.1; 0.2];
images = reshape(cos(1:72), 6, 6, 2);
