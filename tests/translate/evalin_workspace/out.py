from port.migrate.runtime import first


def evalinCaller():
    secret = 42
    r = peek() + 1
    return r


def peek():
    from evalin import evalin

    v = first(evalin("caller", "secret"))
    return v
