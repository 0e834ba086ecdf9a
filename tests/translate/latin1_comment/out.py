def latin(x=None):
    """Größe der Matrix, übernommen"""
    r = x.size  # Länge
    return r
