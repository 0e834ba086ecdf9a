from port.migrate.runtime import colon, columns, max_, min_


def bestCut(truth=None, density=None):
    """Observed arguments:
    truth : (8, 1) float64
    density : (8, 1) float64
    """
    cut = 0
    score = 0
    f = 0
    width = (max_(density) - min_(density)) / 20
    for trial in columns(colon(min_(density), width, max_(density))):
        flagged = density < trial
        hits = ((flagged == 1) & (truth == 1)).sum()
        alarms = ((flagged == 1) & (truth == 0)).sum()
        missed = ((flagged == 0) & (truth == 1)).sum()
        p = hits / (hits + alarms)
        r = hits / (hits + missed)
        f = 2 * p * r / (p + r)
        if f > score:
            score = f
            cut = trial
    return cut, score
