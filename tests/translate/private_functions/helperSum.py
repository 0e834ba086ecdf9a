def helperSum(x=None):
    s = x.reshape(-1, 1, order="F").sum()
    return s
