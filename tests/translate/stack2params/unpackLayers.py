from types import SimpleNamespace

from port.migrate.runtime import cell, cell_get, cell_set, numel, put


def unpackLayers(packed=None, plan=None):
    """Observed arguments:
    packed : (20, 1) float64
    plan : struct
    """
    count = numel(plan.outputs)
    layers = cell(count, 1)
    below = plan.inputs
    at = 1  # next element to be used

    for k in range(1, count + 1):
        layers = cell_set(layers, SimpleNamespace(), k)
        many = cell_get(plan.outputs, k) * below
        layers = put(
            layers,
            packed[int(at - 1) : max(int(at + many - 1), 0)]
            .reshape(int(cell_get(plan.outputs, k)), int(below), order="F")
            .copy(),
            [k],
            "W",
        )
        at = at + many

        many = cell_get(plan.outputs, k)
        layers = put(
            layers,
            packed[int(at - 1) : max(int(at + many - 1), 0)]
            .reshape(int(cell_get(plan.outputs, k)), 1, order="F")
            .copy(),
            [k],
            "b",
        )
        at = at + many
        below = cell_get(plan.outputs, k)
    return layers
