from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import caught
from parseOptions import parseOptions


def useOptions():
    msg = None
    a = parseOptions("rate", 0.5, "method", "ad")
    b = parseOptions(
        SimpleNamespace(layers=np.array([[1.0, 2.0, 3.0]]), extra=True), "rate", 1
    )
    try:
        parseOptions("nothing", 1)
    except Exception as problem1:
        e = caught(problem1)
        msg = e.message
    return a, b, msg
