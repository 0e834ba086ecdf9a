import numpy as np

from port.migrate.runtime import caught, cell_set, chol, class_, error, mtimes


def tryCatch(x=None):
    """Observed arguments:
    x : float
    """
    msgs = []
    value = 0
    try:
        error("first:problem", "value %d is bad", x)
    except Exception as problem1:
        err = caught(problem1)
        msgs = cell_set(msgs, err.message, len(msgs) + 1)
        msgs = cell_set(msgs, err.identifier, len(msgs) + 1)
    try:
        value = chol(np.array([[1.0, 2.0], [2.0, -5.0]]))
    except Exception:
        value = -1
    try:
        y = np.array([[1.0, 2.0, 3.0]])
        z = y[0, 6]
        msgs = cell_set(msgs, "not reached", len(msgs) + 1)
    except Exception as problem2:
        e = caught(problem2)
        msgs = cell_set(msgs, "index", len(msgs) + 1)
    try:
        a = mtimes(np.ones((2, 3)), np.ones((2, 3)))
    except Exception as problem3:
        e = caught(problem3)
        msgs = cell_set(msgs, class_(msgs), len(msgs) + 1)
    return msgs, value
