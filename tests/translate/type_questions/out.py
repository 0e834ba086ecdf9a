from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    int8,
    isa,
    iscell,
    ischar,
    isempty,
    islogical,
    isnumeric,
    isrow,
    isscalar,
    isstruct,
    isvector,
    single,
)


def types():
    x = [
        5,
        "a",
        True,
        [1],
        SimpleNamespace(a=1),
        np.sin,
        int8(3),
        single(2),
        np.zeros((0, 0)),
        np.arange(1.0, 4)[np.newaxis],
        1 + 2.0j,
        np.arange(1.0, 3)[np.newaxis].T,
    ]
    r = np.zeros((len(x), 12))
    for k in range(1, len(x) + 1):
        v = x[k - 1]
        r = assign(
            r,
            np.array(
                [
                    [
                        isnumeric(v),
                        ischar(v),
                        islogical(v),
                        iscell(v),
                        isstruct(v),
                        isa(v, "function_handle"),
                        isa(v, "integer"),
                        isa(v, "float"),
                        isempty(v),
                        isrow(v),
                        isscalar(v),
                        isvector(v),
                    ]
                ]
            ),
            k,
            COLON,
        )
    return r
