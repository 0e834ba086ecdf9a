import numpy as np

from port.migrate.runtime import cell, cell_get, extent, index, put


def stackOfCoders(size=None):
    """the argument hides the function of that name

    Observed arguments:
    size : (1, 3) float64
    """
    stack = None
    for level in range(2, size.size + 1):
        stack = put(
            stack,
            np.array(
                [[size[0, level - 2], size[0, level - 1], size[0, level - 2]]],
                dtype=float,
            ),
            "coder",
            [level - 1],
            "widths",
        )
        stack = put(stack, cell(1, 2), "coder", [level - 1], "V")
        for k in range(1, 3):
            stack = put(
                stack,
                np.ones(
                    (
                        extent(index(cell_get(stack.coder, level - 1).widths, k + 1)),
                        extent(index(cell_get(stack.coder, level - 1).widths, k)),
                    )
                )
                * k
                / 10,
                "coder",
                [level - 1],
                "V",
                [k],
            )
    return stack
