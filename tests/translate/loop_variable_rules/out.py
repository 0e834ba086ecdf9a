import numpy as np

from port.migrate.runtime import assign, columns, eq, iscell, last as rt_last, numel


def loopVars():
    k = None
    seen = np.zeros((0, 0))
    for k in range(1, 5):
        seen = assign(seen, k, seen.size + 1)
        k = k * 10
        seen = assign(seen, k, rt_last(seen) + 1)
    last = k
    n = 0
    for j in columns(np.zeros((0, 0))):
        n = n + 1
    for j in columns(np.zeros((1, 0))):
        n = n + 1
    for q in columns([1, "two"]):
        n = n + iscell(q)
    for s in columns("abc"):
        n = n + eq(s, "b")
    e = 0
    for row in columns(np.arange(1.0, 4)[np.newaxis].T):
        e = e + numel(row)
    for i in range(5, 2):
        e = -1
    return k, last, seen, n, e
