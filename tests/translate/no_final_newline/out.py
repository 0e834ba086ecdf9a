def nofinal(x=None):
    """Observed arguments:
    x : (1, 2) float64
    """
    r = x + 1
    # end of file follows without a newline
    return r
