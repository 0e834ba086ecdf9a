from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import assert_, cell_get, int2str, numel, vertcat


def packLayers(layers=None, *, nargout=2):
    """all weights in one column, and what is needed to take them apart again"""
    plan = None
    packed = np.zeros((0, 0))
    for k in range(1, numel(layers) + 1):
        packed = vertcat(
            packed,
            cell_get(layers, k).W.reshape(-1, 1, order="F"),
            cell_get(layers, k).b,
        )
        assert_(
            cell_get(layers, k).W.shape[0] == cell_get(layers, k).b.shape[0],
            "layer "
            + int2str(k)
            + " wants "
            + int2str(cell_get(layers, k).W.shape[0])
            + " biases",
        )
    if nargout > 1:
        if numel(layers) == 0:
            plan = SimpleNamespace(inputs=0)
            plan.outputs = []
        else:
            plan = SimpleNamespace(inputs=cell_get(layers, 1).W.shape[1])
            plan.outputs = []
            for k in range(1, numel(layers) + 1):
                plan.outputs = vertcat(plan.outputs, cell_get(layers, k).W.shape[0])
    return packed, plan
