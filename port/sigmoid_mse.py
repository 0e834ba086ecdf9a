"""The faithful port of sigmoid_mse.m and sigmoid_mse_train.m: NumPy alone, same names, same statements.

Open it beside matlab_ref/: `sigmoid_mse` and `sigmoid_mse_train` are the functions there, line for line.
`backprop` and `train` check their arguments and call them. Arrays are features x samples, one column a
sample: D features, N samples, and for every layer K outputs and S inputs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
UNSET = np.empty((0, 0))


@dataclass(frozen=True)
class Pass:
    """What one forward and backward pass computed; the lists hold one array a layer.

    z, a, delta are (K, N), where delta is dloss/dz; dw is (K, S) and db (K, 1), both summed over the samples.
    """

    z: list[Array]
    a: list[Array]
    delta: list[Array]
    dw: list[Array]
    db: list[Array]
    loss: float


@dataclass(frozen=True)
class History:
    """The state after every epoch.

    loss (epochs,) is that of all samples; weights[epoch][layer] is (K, S), biases[epoch][layer] (K, 1).
    """

    loss: Array
    weights: list[list[Array]]
    biases: list[list[Array]]


def backprop(weights: Sequence[ArrayLike], biases: Sequence[ArrayLike], x: ArrayLike, y: ArrayLike) -> Pass:
    """Forward and backward pass of a sigmoid network with squared error.

    weights[layer] is (K, S), biases[layer] (K, 1), x (D, N), y (K, N) with the last layer's K; all are taken
    as float64. The loss is `sum((a - y) ** 2) / 2` over outputs and samples. Raises ValueError where the
    shapes do not fit each other.
    """
    with np.errstate(over="ignore"):
        return sigmoid_mse(*_checked(weights, biases, x, y))


def train(
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike],
    x: ArrayLike,
    y: ArrayLike,
    *,
    learning_rate: float,
    epochs: int,
    batch_size: int = 1,
    order: ArrayLike | None = None,
) -> History:
    """Gradient descent: batch_size 1 is online learning, N full-batch, anything between mini-batch.

    A step is `weights - learning_rate * dw`, where dw is summed over the batch. order (epochs, N) holds in
    row e the order of the samples in epoch e, counted from 0 (subtract 1 from MATLAB's); (N,) is the order of
    every epoch; without it the samples keep their order. The other arguments are those of `backprop`, and
    none is modified. Raises ValueError for shapes that do not fit, for epochs or batch_size that are no whole
    number from 1, and for an order that is no permutation in every row.
    """
    network = _checked(weights, biases, x, y)
    rate = _number(learning_rate, "learning_rate")
    passes, size = _count(epochs, "epochs"), _count(batch_size, "batch_size")
    rows = _checked_order(order, passes, network[2].shape[1])
    with np.errstate(over="ignore"):
        return sigmoid_mse_train(*network, rate, passes, size, rows)


def sigmoid_mse(weights: list[Array], biases: list[Array], x: Array, y: Array) -> Pass:
    """`backprop` as it stands in sigmoid_mse.m."""
    layers = len(weights)
    Z, A, Delta, dW, db = ([UNSET] * layers for _ in range(5))

    a = x
    for layer in range(layers):
        z = weights[layer] @ a + biases[layer]
        a = 1 / (1 + np.exp(-z))
        Z[layer] = z
        A[layer] = a
    loss = ((a - y) ** 2).sum(axis=0).sum() / 2

    delta = (a - y) * a * (1 - a)
    Delta[layers - 1] = delta
    for layer in range(layers - 2, -1, -1):
        a = A[layer]
        delta = (weights[layer + 1].T @ delta) * a * (1 - a)
        Delta[layer] = delta

    inputs = [x, *A[: layers - 1]]
    for layer in range(layers):
        dW[layer] = Delta[layer] @ inputs[layer].T
        db[layer] = Delta[layer].sum(axis=1, keepdims=True)

    return Pass(z=Z, a=A, delta=Delta, dw=dW, db=db, loss=float(loss))


def sigmoid_mse_train(
    weights: list[Array],
    biases: list[Array],
    x: Array,
    y: Array,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    order: NDArray[np.intp],
) -> History:
    """`train` as it stands in sigmoid_mse_train.m; there the order counts from 1, here from 0.

    weights and biases are updated in place: pass lists of their own.
    """
    layers = len(weights)
    samples = x.shape[1]
    loss = np.zeros(epochs)
    W, b = ([[UNSET] * layers for _ in range(epochs)] for _ in range(2))

    for epoch in range(epochs):
        for first in range(0, samples, batch_size):
            batch = order[epoch, first : min(first + batch_size, samples)]
            result = sigmoid_mse(weights, biases, x[:, batch], y[:, batch])
            for layer in range(layers):
                weights[layer] = weights[layer] - learning_rate * result.dw[layer]
                biases[layer] = biases[layer] - learning_rate * result.db[layer]
        result = sigmoid_mse(weights, biases, x, y)
        loss[epoch] = result.loss
        W[epoch] = weights.copy()
        b[epoch] = biases.copy()

    return History(loss=loss, weights=W, biases=b)


def _checked(
    weights: Sequence[ArrayLike], biases: Sequence[ArrayLike], x: ArrayLike, y: ArrayLike
) -> tuple[list[Array], list[Array], Array, Array]:
    """The arguments as float64 matrices that fit each other; raises ValueError where they do not."""
    for name, value in (("weights", weights), ("biases", biases)):
        if not hasattr(value, "__len__"):
            raise ValueError(f"{name} is {value!r}; it must be a list of one array a layer")
    if not len(weights) == len(biases) > 0:
        raise ValueError(
            f"{len(weights)} weights and {len(biases)} biases: pass one (K, S) and one (K, 1) array a layer"
        )
    W = [_matrix(value, f"weights[{layer}]") for layer, value in enumerate(weights)]
    b = [_matrix(value, f"biases[{layer}]") for layer, value in enumerate(biases)]
    x, y = _matrix(x, "x"), _matrix(y, "y")
    given, source, hint = x.shape[0], "x", " features: if x is samples x features, pass x.T"
    for layer in range(len(W)):
        outputs, inputs = W[layer].shape
        name = f"weights[{layer}] is {_size(W[layer])}"
        if inputs != given:
            raise ValueError(f"{name} and takes {inputs} inputs, but {source} gives {given}{hint}")
        if b[layer].shape != (outputs, 1):
            raise ValueError(f"{name}, so biases[{layer}] must be {outputs} x 1; it is {_size(b[layer])}")
        given, source, hint = outputs, f"layer {layer}", ""
    if y.shape != (given, x.shape[1]):
        raise ValueError(
            f"y is {_size(y)}; {given} outputs and x of {_size(x)} ask for {given} x {x.shape[1]}"
        )
    return W, b, x, y


def _checked_order(order: ArrayLike | None, epochs: int, samples: int) -> NDArray[np.intp]:
    """order as (epochs, samples) of 0-based indices; raises ValueError where a row is no permutation."""
    if order is None:
        return np.tile(np.arange(samples), (epochs, 1))
    rows = _array(order, "order")
    if rows.shape == (samples,):
        rows = np.tile(rows, (epochs, 1))
    if rows.shape != (epochs, samples):
        raise ValueError(
            f"order has shape {rows.shape}; it must be (epochs, samples), here ({epochs}, {samples}), or ({samples},)"
        )
    in_order = np.tile(np.arange(samples), (epochs, 1))
    if np.array_equal(np.sort(rows, axis=1), in_order + 1):
        raise ValueError(f"order counts from 1 to {samples}, as MATLAB does; pass order - 1")
    if not np.array_equal(np.sort(rows, axis=1), in_order):
        raise ValueError(f"every row of order must be a permutation of 0 to {samples - 1}")
    return rows.astype(np.intp)


def _matrix(value: ArrayLike, name: str) -> Array:
    matrix = _array(value, name)
    if matrix.ndim != 2 or matrix.dtype.kind not in "fiub":
        raise ValueError(
            f"{name} has shape {matrix.shape} and dtype {matrix.dtype}; pass a real matrix (rows, columns), "
            "such as (K, 1) for a bias"
        )
    return matrix.astype(np.float64)


def _number(value: ArrayLike, name: str) -> float:
    number = _array(value, name)
    if number.size != 1 or number.dtype.kind not in "fiu":
        raise ValueError(f"{name} is {value!r}; it must be one number")
    return float(number.item())


def _count(value: ArrayLike, name: str) -> int:
    count = _number(value, name)
    if not (count >= 1 and count % 1 == 0):
        raise ValueError(f"{name} is {value!r}; it must be a whole number from 1")
    return int(count)


def _array(value: ArrayLike, name: str) -> np.ndarray:
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is no array: its rows differ in length") from error


def _size(matrix: Array) -> str:
    return f"{matrix.shape[0]} x {matrix.shape[1]}"
