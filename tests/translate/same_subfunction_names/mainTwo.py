def mainTwo(x=None):
    r = helper(x) * 10
    return r


def helper(x=None):
    y = x * 2
    return y
