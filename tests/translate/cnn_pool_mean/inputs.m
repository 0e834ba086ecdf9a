poolDim = 2;
convolvedFeatures = reshape(sin(1:48), 2, 1, 6, 4);
convolvedFeatures = reshape(sin(1:2*2*4*4), 2, 2, 4, 4);
