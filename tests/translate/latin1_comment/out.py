def latin(x=None):
    """Größe der Matrix, übernommen

    Observed arguments:
    x : (1, 3) float64
    """
    r = x.size  # Länge
    return r
