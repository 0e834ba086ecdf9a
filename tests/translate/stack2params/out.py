from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import cell, cell_set, colon, numel, put
from params2stack import params2stack
from stack2params import stack2params


def stackRoundTrip(sizes=None):
    """Observed arguments:
    sizes : (1, 3) float64
    """
    stack = cell(sizes.size - 1, 1)
    for d in range(1, numel(stack) + 1):
        stack = cell_set(stack, SimpleNamespace(), d)
        stack = put(
            stack,
            colon(1, sizes[0, d - 1] * sizes[0, d]).reshape(
                int(sizes[0, d]), int(sizes[0, d - 1]), order="F"
            )
            / d,
            [d],
            "w",
        )
        stack = put(stack, np.zeros((int(sizes[0, d]), 1)) + d, [d], "b")
    params, netconfig = stack2params(stack, nargout=2)
    stack = params2stack(params, netconfig)
    return params, netconfig, stack
