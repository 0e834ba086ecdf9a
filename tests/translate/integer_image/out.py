from port.migrate.runtime import (
    COLON,
    assign,
    class_,
    colon,
    double,
    index,
    last,
    mean,
    minus,
    plus,
    rdivide,
)


def brighten(img=None, amount=None):
    """Observed arguments:
    img : uint8
    amount : float
    """
    out = plus(img, amount)
    avg = mean(double(index(img, COLON)))
    half = rdivide(img, 2)
    diffs = minus(
        index(img, COLON, colon(2, last(img, 2, 2))),
        index(img, COLON, colon(1, last(img, 2, 2) - 1)),
    )
    out = assign(out, 300, 1, 1)
    out = assign(out, -5, last(out))
    bits = class_(out)
    return out, avg, half, diffs, bits
