from port.migrate.runtime import cumsum, index, last, sort, trapz, vertcat


def roc(scores=None, labels=None):
    """Observed arguments:
    scores : (1, 6) float64
    labels : (6, 1) float64
    """
    s, order = sort(scores.reshape(-1, 1, order="F"), "descend", nargout=2)
    labels = index(labels, order)
    tp = cumsum(labels == 1)
    fp = cumsum(labels != 1)
    tpr = vertcat(0, tp / index(tp, last(tp)))
    fpr = vertcat(0, fp / index(fp, last(fp)))
    auc = trapz(fpr, tpr)
    return fpr, tpr, auc
