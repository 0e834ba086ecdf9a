import numpy as np

from port.migrate.runtime import (
    COLON,
    columns_of,
    ctranspose,
    horzcat,
    index,
    istrue,
    mtimes,
    rows,
)


def perceptron(X=None, t=None, maxEpochs=None):
    w = np.zeros((1, columns_of(X) + 1))
    mistakes = np.zeros((0, 0))
    epoch = 0
    while True:
        wrong = 0
        for i in range(1, rows(X) + 1):
            x = horzcat(1, index(X, i, COLON))
            o = np.sign(mtimes(w, ctranspose(x)))
            if istrue(o == 0):
                o = 1
            if istrue(o != index(t, i)):
                w = w + mtimes(0.5 * index(t, i), x)
                wrong = wrong + 1
        mistakes = horzcat(mistakes, wrong)
        epoch = epoch + 1
        if wrong == 0 or istrue(epoch >= maxEpochs):
            break
    return w, mistakes
