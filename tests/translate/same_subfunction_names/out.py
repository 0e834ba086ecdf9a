from mainTwo import mainTwo


def mainOne(x=None):
    r = helper(x) + mainTwo(x)
    return r


def helper(x=None):
    y = x + 1
    return y
