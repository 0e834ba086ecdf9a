import numpy as np

from port.migrate.runtime import cell, cell_get, put


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
                        int(cell_get(stack.coder, level - 1).widths[0, k]),
                        int(cell_get(stack.coder, level - 1).widths[0, k - 1]),
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
