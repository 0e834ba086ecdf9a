X = reshape(1:14, 2, 7);
batchSize = 3;
epochs = 2;
