from port.migrate.runtime import error


def evalinCaller():
    secret = 42
    r = peek() + 1
    return r


def peek():
    v = error("line 6: the caller's variables are out of reach")
    return v
