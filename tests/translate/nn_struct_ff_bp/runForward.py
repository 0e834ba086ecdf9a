import numpy as np

from port.migrate.runtime import cell_get, copied, max_, put
from squash import squash


def runForward(net=None, X=None, T=None):
    """RUNFORWARD  activities of all layers, and the loss

    Observed arguments:
    net : struct
    X : (5, 3) float64
    T : (5, 2) float64
    """
    net = copied(net)

    last = net.depth
    n = X.shape[0]

    X = np.hstack([np.ones((n, 1)), X])
    net = put(net, X.copy(), "act", [1])

    for k in range(2, int(last - 1) + 1):
        if net.hidden == "logistic":
            # squashed sums, bias unit not counted yet
            net = put(
                net,
                squash(cell_get(net.act, k - 1) @ cell_get(net.W, k - 1).T),
                "act",
                [k],
            )
        elif net.hidden == "tanh":
            net = put(
                net,
                np.tanh(cell_get(net.act, k - 1) @ cell_get(net.W, k - 1).T),
                "act",
                [k],
            )
        # now the bias unit
        net = put(net, np.hstack([np.ones((n, 1)), cell_get(net.act, k)]), "act", [k])
    sums = cell_get(net.act, last - 1) @ cell_get(net.W, last - 1).T
    if net.top == "logistic":
        net = put(net, squash(sums), "act", [last])
    elif net.top == "identity":
        net = put(net, sums, "act", [last])
    elif net.top == "softmax":
        sums = np.exp(sums - max_(sums, dim=2))
        net = put(net, sums / sums.sum(axis=1, keepdims=True), "act", [last])

    net.miss = T - cell_get(net.act, last)

    if net.top in ("logistic", "identity"):
        net.loss = 1 / 2 * (net.miss**2).sum(axis=0).sum() / n
    elif net.top == "softmax":
        net.loss = -(T * np.emath.log(cell_get(net.act, last))).sum(axis=0).sum() / n
    return net
