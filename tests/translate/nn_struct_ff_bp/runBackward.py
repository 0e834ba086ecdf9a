from port.migrate.runtime import (
    COLON,
    cell_get,
    cell_set,
    colon,
    columns,
    copied,
    index,
    last as rt_last,
    mtimes,
    put,
)


def runBackward(net=None):
    """RUNBACKWARD  deltas from the top down, then the slopes

    Observed arguments:
    net : struct
    """
    net = copied(net)
    delta = []
    last = net.depth
    if net.top == "logistic":
        delta = cell_set(
            delta,
            -net.miss * (cell_get(net.act, last) * (1 - cell_get(net.act, last))),
            last,
        )
    elif net.top in ("softmax", "identity"):
        delta = cell_set(delta, -net.miss, last)
    for k in columns(colon(last - 1, -1, 2)):
        if net.hidden == "logistic":
            bend = cell_get(net.act, k) * (1 - cell_get(net.act, k))
        elif net.hidden == "tanh":
            bend = 1 - cell_get(net.act, k) ** 2
        if k + 1 == last:  # the top has no bias unit to be left out
            delta = cell_set(
                delta, mtimes(cell_get(delta, k + 1), cell_get(net.W, k)) * bend, k
            )
        else:
            delta = cell_set(
                delta,
                mtimes(
                    index(
                        cell_get(delta, k + 1),
                        COLON,
                        colon(2, rt_last(cell_get(delta, k + 1), 2, 2)),
                    ),
                    cell_get(net.W, k),
                )
                * bend,
                k,
            )

    for k in range(1, int(last - 1) + 1):
        if k + 1 == last:
            above = delta[k]
        else:
            above = index(delta[k], COLON, colon(2, rt_last(delta[k], 2, 2)))
        net = put(net, (above.T @ cell_get(net.act, k)) / above.shape[0], "slope", [k])
    return net
