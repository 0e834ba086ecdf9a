from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import cell, cell_set, colon, index, numel, put
from params2stack import params2stack
from stack2params import stack2params


def stackRoundTrip(sizes=None):
    sizes = np.atleast_2d(sizes)
    stack = cell(sizes.size - 1, 1)
    for d in range(1, numel(stack) + 1):
        stack = cell_set(stack, SimpleNamespace(), d)
        stack = put(
            stack,
            colon(1, index(sizes, d) * index(sizes, d + 1)).reshape(
                int(index(sizes, d + 1)), int(index(sizes, d)), order="F"
            )
            / d,
            [d],
            "w",
        )
        stack = put(stack, np.zeros((int(index(sizes, d + 1)), 1)) + d, [d], "b")
    params, netconfig = stack2params(stack, nargout=2)
    stack = params2stack(params, netconfig)
    return params, netconfig, stack
