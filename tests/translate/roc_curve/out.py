import numpy as np

from port.migrate.runtime import cumsum, index, sort, trapz


def roc(scores=None, labels=None):
    """Observed arguments:
    scores : (1, 6) float64
    labels : (6, 1) float64
    """
    s, order = sort(scores.reshape(-1, 1, order="F"), "descend", nargout=2)
    labels = index(labels, order)
    tp = cumsum(labels == 1)
    fp = cumsum(labels != 1)
    tpr = np.vstack([[[0]], tp / tp[-1, 0]])
    fpr = np.vstack([[[0]], fp / fp[-1, 0]])
    auc = trapz(fpr, tpr)
    return fpr, tpr, auc
