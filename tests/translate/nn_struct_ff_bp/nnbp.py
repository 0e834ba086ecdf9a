from port.migrate.runtime import (
    COLON,
    cell_get,
    cell_set,
    colon,
    columns,
    copied,
    ctranspose,
    index,
    last,
    mtimes,
    put,
    rows,
)


def nnbp(nn=None):
    """NNBP performs backpropagation

    Observed arguments:
    nn : struct
    """
    nn = copied(nn)
    d = []
    n = nn.n
    if nn.output == "sigm":
        d = cell_set(d, -nn.e * (cell_get(nn.a, n) * (1 - cell_get(nn.a, n))), n)
    elif nn.output in ("softmax", "linear"):
        d = cell_set(d, -nn.e, n)
    for i in columns(colon(n - 1, -1, 2)):
        # Derivative of the activation function
        if nn.activation_function == "sigm":
            d_act = cell_get(nn.a, i) * (1 - cell_get(nn.a, i))
        elif nn.activation_function == "tanh_opt":
            d_act = 1.7159 * 2 / 3 * (1 - 1 / 1.7159**2 * cell_get(nn.a, i) ** 2)

        # Backpropagate first derivatives
        if i + 1 == n:  # in this case in d{n} there is not the bias term to be removed
            d = cell_set(d, mtimes(cell_get(d, i + 1), cell_get(nn.W, i)) * d_act, i)
        else:
            d = cell_set(
                d,
                mtimes(
                    index(
                        cell_get(d, i + 1),
                        COLON,
                        colon(2, last(cell_get(d, i + 1), 2, 2)),
                    ),
                    cell_get(nn.W, i),
                )
                * d_act,
                i,
            )

    for i in range(1, int(n - 1) + 1):
        if i + 1 == n:
            nn = put(
                nn, mtimes(ctranspose(d[i]), cell_get(nn.a, i)) / rows(d[i]), "dW", [i]
            )
        else:
            nn = put(
                nn,
                mtimes(
                    ctranspose(index(d[i], COLON, colon(2, last(d[i], 2, 2)))),
                    cell_get(nn.a, i),
                )
                / rows(d[i]),
                "dW",
                [i],
            )
    return nn
