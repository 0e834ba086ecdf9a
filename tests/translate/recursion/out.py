from port.migrate.runtime import horzcat


def recursive(n=None):
    """Observed arguments:
    n : float
    """
    f = fact(n)
    g = fib(n)
    h = hanoi(n, "A", "B", "C")
    return f, g, h


def fact(n=None):
    """Observed arguments:
    n : float
    """
    if n <= 1:
        r = 1
    else:
        r = n * fact(n - 1)
    return r


def fib(n=None):
    """Observed arguments:
    n : float
    """
    if n < 3:
        r = 1
        return r
    r = fib(n - 1) + fib(n - 2)
    return r


def hanoi(n=None, from_=None, via=None, to=None):
    """Observed arguments:
    n : float
    from_ : str
    via : str
    to : str
    """
    if n == 0:
        moves = ""
        return moves
    moves = horzcat(
        hanoi(n - 1, from_, to, via), from_, to, " ", hanoi(n - 1, via, from_, to)
    )
    return moves
