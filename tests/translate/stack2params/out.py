from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import cell, cell_set, colon, numel, put
from packLayers import packLayers
from unpackLayers import unpackLayers


def packRoundTrip(widths=None):
    """Observed arguments:
    widths : (1, 3) float64
    """
    layers = cell(widths.size - 1, 1)
    for k in range(1, numel(layers) + 1):
        layers = cell_set(layers, SimpleNamespace(), k)
        layers = put(
            layers,
            colon(1, widths[0, k - 1] * widths[0, k]).reshape(
                int(widths[0, k]), int(widths[0, k - 1]), order="F"
            )
            / k,
            [k],
            "W",
        )
        layers = put(layers, np.zeros((int(widths[0, k]), 1)) + k, [k], "b")
    packed, plan = packLayers(layers, nargout=2)
    layers = unpackLayers(packed, plan)
    return packed, plan, layers
