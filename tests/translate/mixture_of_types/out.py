import numpy as np

from port.migrate.runtime import class_, horzcat, int8, rdivide, single, vertcat


def mixTypes():
    a = horzcat("x", 65, "y")
    b = np.array([[True, 2]], dtype=float)
    c = horzcat(int8(100), 200.7)
    d = horzcat(rdivide(single(1), 3), 1)
    e = [
        class_(a),
        class_(b),
        class_(c),
        class_(d),
        class_(np.array([[True, False]])),
        class_(vertcat("a", "b")),
        class_(np.arange(1.0, 4)[np.newaxis] > 2),
    ]
    return a, b, c, d, e
