import numpy as np

from port.migrate.runtime import (
    colon,
    columns,
    istrue,
    max_,
    min_,
    mrdivide,
    mtimes,
    sum_,
)


def selectThreshold(yval=None, pval=None):
    bestEpsilon = 0
    bestF1 = 0
    F1 = 0
    stepsize = (max_(pval) - min_(pval)) / 20
    for epsilon in columns(colon(min_(pval), stepsize, max_(pval))):
        predictions = pval < epsilon
        tp = sum_(np.logical_and(predictions == 1, yval == 1))
        fp = sum_(np.logical_and(predictions == 1, yval == 0))
        fn = sum_(np.logical_and(predictions == 0, yval == 1))
        prec = mrdivide(tp, tp + fp)
        rec = mrdivide(tp, tp + fn)
        F1 = mrdivide(mtimes(2 * prec, rec), prec + rec)
        if istrue(F1 > bestF1):
            bestF1 = F1
            bestEpsilon = epsilon
    return bestEpsilon, bestF1
