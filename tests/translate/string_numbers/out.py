import numpy as np

from port.migrate.runtime import (
    COLON,
    char,
    double,
    index,
    minus,
    num2str,
    str2double,
    str2num,
    vertcat,
)


def strNums():
    a = num2str(np.array([[1.0, 2.0], [3.0, 4.0]]))
    b = str2num("[1 2 3]") * 2
    c = str2double(["3.5", "x", "1e3"])
    d = minus(double("AZ"), "A")
    e = char(np.array([[72.0, 105.0]]) + 0)
    f = vertcat("abc", "def")
    f = index(f, 2, COLON)
    return a, b, c, d, e, f
