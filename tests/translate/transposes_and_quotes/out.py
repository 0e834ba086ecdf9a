from port.migrate.runtime import copied, ctranspose, horzcat, index, transpose


def quotes(x=None):
    a = copied(ctranspose(x))
    b = copied(transpose(x))
    c = horzcat(ctranspose(x), ctranspose(x))
    d = [
        copied(ctranspose(x)),
        "x'",
        horzcat(ctranspose(x), 1),
        copied(ctranspose(index(x, 1))),
    ]
    return a, b, c, d
