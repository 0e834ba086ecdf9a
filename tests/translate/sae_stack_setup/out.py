import numpy as np

from port.migrate.runtime import cell, cell_get, index, put, whole


def saesetup(size=None):
    """Observed arguments:
    size : (1, 3) float64
    """
    sae = None
    for u in range(2, size.size + 1):
        sae = put(
            sae,
            np.array([[size[0, u - 2], size[0, u - 1], size[0, u - 2]]], dtype=float),
            "ae",
            [u - 1],
            "sizes",
        )
        sae = put(sae, cell(1, 2), "ae", [u - 1], "W")
        for k in range(1, 3):
            sae = put(
                sae,
                np.ones(
                    (
                        whole(index(cell_get(sae.ae, u - 1).sizes, k + 1)),
                        whole(index(cell_get(sae.ae, u - 1).sizes, k)),
                    )
                )
                * k
                / 10,
                "ae",
                [u - 1],
                "W",
                [k],
            )
    return sae
