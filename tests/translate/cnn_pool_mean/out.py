import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    columns_of,
    index,
    mean,
    rows,
    size,
    whole,
    zeros,
)


def cnnPool(poolDim=None, convolvedFeatures=None):
    """Observed arguments:
    poolDim : float
    convolvedFeatures : float64
    """
    numImages = columns_of(convolvedFeatures)
    numFeatures = rows(convolvedFeatures)
    convolvedDim = size(convolvedFeatures, 3)

    pooledFeatures = zeros(
        numFeatures,
        numImages,
        np.floor(convolvedDim / poolDim),
        np.floor(convolvedDim / poolDim),
    )
    for imageNum in range(1, numImages + 1):
        for featureNum in range(1, numFeatures + 1):
            for poolRow in range(1, whole(np.floor(convolvedDim / poolDim)) + 1):
                offsetRow = 1 + (poolRow - 1) * poolDim
                for poolCol in range(1, whole(np.floor(convolvedDim / poolDim)) + 1):
                    offsetCol = 1 + (poolCol - 1) * poolDim
                    patch = index(
                        convolvedFeatures,
                        featureNum,
                        imageNum,
                        colon(offsetRow, offsetRow + poolDim - 1),
                        colon(offsetCol, offsetCol + poolDim - 1),
                    )
                    pooledFeatures = assign(
                        pooledFeatures,
                        mean(index(patch, COLON)),
                        featureNum,
                        imageNum,
                        poolRow,
                        poolCol,
                    )
    return pooledFeatures
