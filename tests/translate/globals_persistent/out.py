from port.migrate.runtime import GLOBALS, copied, declare_global
from counter import counter


def useCounter():
    declare_global("TOTAL")
    GLOBALS.TOTAL = 100
    counter(True)
    a = counter()
    b = counter()
    total = copied(GLOBALS.TOTAL)
    return a, b, total
