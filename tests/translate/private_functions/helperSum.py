from port.migrate.runtime import COLON, index, sum_


def helperSum(x=None):
    s = sum_(index(x, COLON))
    return s
