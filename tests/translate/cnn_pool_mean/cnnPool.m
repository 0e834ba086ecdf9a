function pooledFeatures = cnnPool(poolDim, convolvedFeatures)
numImages = size(convolvedFeatures, 2);
numFeatures = size(convolvedFeatures, 1);
convolvedDim = size(convolvedFeatures, 3);

pooledFeatures = zeros(numFeatures, numImages, floor(convolvedDim / poolDim), floor(convolvedDim / poolDim));
for imageNum = 1:numImages
  for featureNum = 1:numFeatures
    for poolRow = 1:floor(convolvedDim / poolDim)
      offsetRow = 1 + (poolRow - 1) * poolDim;
      for poolCol = 1:floor(convolvedDim / poolDim)
        offsetCol = 1 + (poolCol - 1) * poolDim;
        patch = convolvedFeatures(featureNum, imageNum, offsetRow:offsetRow+poolDim-1, offsetCol:offsetCol+poolDim-1);
        pooledFeatures(featureNum, imageNum, poolRow, poolCol) = mean(patch(:));
      end
    end
  end
end
end
