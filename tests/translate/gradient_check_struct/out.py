import numpy as np

from port.migrate.runtime import (
    COLON,
    cell_get,
    copied,
    fieldnames,
    index,
    length,
    max_,
    numel,
    put,
    rmfield,
    round_,
    setdiff,
    size,
    zeros,
)
from netCost import netCost


def gradCheck(params=None, X=None, y=None):
    """Observed arguments:
    params : struct
    X : (2, 3) float64
    y : (1, 3) float64
    """
    numeric = None
    J, grads = netCost(params, X, y, nargout=2)
    names = fieldnames(params)
    h = 1e-05
    maxdiff = 0
    for f in range(1, length(names) + 1):
        name = cell_get(names, f)
        numeric = put(numeric, zeros(size(getattr(params, name))), name)
        for k in range(1, numel(getattr(params, name)) + 1):
            p = copied(params)
            p = put(p, index(getattr(p, name), k) + h, name, (k,))
            Jp = netCost(p, X, y, nargout=1)[0]
            p = put(p, index(getattr(p, name), k) - 2 * h, name, (k,))
            Jm = netCost(p, X, y, nargout=1)[0]
            numeric = put(numeric, (Jp - Jm) / (2 * h), name, (k,))
        maxdiff = np.fmax(
            maxdiff,
            max_(
                np.abs(
                    index(getattr(numeric, name), COLON)
                    - index(getattr(grads, name), COLON)
                )
            ),
        )
    maxdiff = maxdiff < 1e-08
    numeric = put(numeric, round_(numeric.W1 * 1000000.0) / 1000000.0, "W1")
    numeric = rmfield(numeric, setdiff(names, ["W1"]))
    return maxdiff, names, numeric
