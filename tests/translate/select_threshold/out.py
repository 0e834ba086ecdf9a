from port.migrate.runtime import colon, columns, max_, min_


def selectThreshold(yval=None, pval=None):
    """Observed arguments:
    yval : (8, 1) float64
    pval : (8, 1) float64
    """
    bestEpsilon = 0
    bestF1 = 0
    F1 = 0
    stepsize = (max_(pval) - min_(pval)) / 20
    for epsilon in columns(colon(min_(pval), stepsize, max_(pval))):
        predictions = pval < epsilon
        tp = ((predictions == 1) & (yval == 1)).sum()
        fp = ((predictions == 1) & (yval == 0)).sum()
        fn = ((predictions == 0) & (yval == 1)).sum()
        prec = tp / (tp + fp)
        rec = tp / (tp + fn)
        F1 = 2 * prec * rec / (prec + rec)
        if F1 > bestF1:
            bestF1 = F1
            bestEpsilon = epsilon
    return bestEpsilon, bestF1
