import numpy as np

from port.migrate.runtime import horzcat


def perceptron(X=None, t=None, maxEpochs=None):
    """Observed arguments:
    X : (4, 2) float64
    t : (4, 1) float64
    maxEpochs : float
    """
    w = np.zeros((1, X.shape[1] + 1))
    mistakes = np.zeros((0, 0))
    epoch = 0
    while True:
        wrong = 0
        for i in range(X.shape[0]):
            x = np.hstack([[[1]], X[[i]]])
            o = np.sign((w @ x.T).item())
            if o == 0:
                o = 1
            if o != t[i, 0]:
                w = w + 0.5 * t[i, 0] * x
                wrong = wrong + 1
        mistakes = horzcat(mistakes, wrong)
        epoch = epoch + 1
        if wrong == 0 or epoch >= maxEpochs:
            break
    return w, mistakes
