"""Products with the network's Jacobian and with the two Hessians of its loss, without forming any of them.

jvp      da/dtheta * v                      forward over the tape
ggnvp    J' * H * J * v                     Gauss-Newton: J and H split at the outputs, or at the logits
hvp      d2C/dtheta2 * v                    exact, forward over reverse (Pearlmutter, 1994)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from port.backprop import fused as fused_pairs
from port.backprop.arrays import Array, as_columns, as_dtype, ieee
from port.backprop.losses import Loss
from port.backprop.network import Tape, check_objective, check_tape, from_delta, output_delta
from port.backprop.parameters import L2, Parameterised, Parameters, plus, unpack
from port.errors import ArgumentError, ShapeError


@dataclass(frozen=True, eq=False)
class _Tangent:
    """How z and a of every layer move, (K, N) each, and the input (D, N) with them."""

    z: tuple[Array, ...]
    a: tuple[Array, ...]
    x: Array


@ieee
def jvp(tape: Tape, direction: Parameterised | ArrayLike, *, inputs: ArrayLike | None = None) -> Array:
    """How the output (K, N) moves when the parameters move along `direction`, and x along `inputs` (D, N).

    `direction` has one `weights` and one `biases` a layer (Gradients, Parameters), or is a vector packed as
    [W1(:); b1(:); ...]. Raises ShapeError.
    """
    return _tangent(tape, _direction(tape, direction), inputs).a[-1]


@ieee
def ggnvp(
    tape: Tape,
    loss: Loss,
    y: ArrayLike,
    direction: Parameterised | ArrayLike,
    *,
    at: str = "outputs",
    l2: L2 | None = None,
) -> Parameters:
    """The Gauss-Newton product J' * H * J * v in the parameters.

    With `at` "outputs" J is da/dtheta and H the loss's Hessian in a; with "logits" J is dz/dtheta of the last layer
    and H the Hessian of the loss in z (for softmax + cross-entropy diag(p) - p p', Schraudolph, 2002).
    Raises ShapeError, ArgumentError.
    """
    check_objective(tape, loss, l2)
    v = _direction(tape, direction)
    moved = _tangent(tape, v, None)
    if at == "outputs":
        delta = tape.jacobians[-1].vjp(loss.hvp(tape.output, y, moved.a[-1]))
    elif at == "logits":
        delta = _output_turn(tape, loss, y, moved, fused=True)
    else:
        raise ArgumentError(f"the Gauss-Newton product splits at 'outputs' or 'logits'; got {at!r}")
    product = from_delta(tape, delta)
    found = Parameters(product.weights, product.biases)
    return plus(found, l2.grad(v, tape.x.shape[1])) if l2 else found


@ieee
def hvp(
    tape: Tape,
    loss: Loss,
    y: ArrayLike,
    direction: Parameterised | ArrayLike,
    *,
    fused: bool = True,
    l2: L2 | None = None,
) -> Parameters:
    """The exact product of the loss's Hessian in the parameters with `direction`. Raises ShapeError."""
    check_objective(tape, loss, l2)
    v = _direction(tape, direction)
    moved = _tangent(tape, v, None)
    delta = output_delta(tape, loss, y, fused=fused)
    turn = _output_turn(tape, loss, y, moved, fused=fused)
    weights: list[Array] = []
    biases: list[Array] = []
    before = (moved.x, *moved.a[:-1])
    for n in reversed(range(len(tape.layers))):
        weights.insert(0, turn @ tape.inputs[n].T + delta @ before[n].T)
        biases.insert(0, turn.sum(axis=1, keepdims=True))
        if n > 0:
            g = tape.layers[n].weights.T @ delta
            dg = v.weights[n].T @ delta + tape.layers[n].weights.T @ turn
            J, activation = tape.jacobians[n - 1], tape.layers[n - 1].activation
            dJ = activation.jacobian_along(tape.z[n - 1], tape.a[n - 1], moved.z[n - 1])
            delta, turn = J.vjp(g), dJ.vjp(g) + J.vjp(dg)
    found = Parameters(tuple(weights), tuple(biases))
    return plus(found, l2.grad(v, tape.x.shape[1])) if l2 else found


def _output_turn(tape: Tape, loss: Loss, y: ArrayLike, moved: _Tangent, *, fused: bool) -> Array:
    """How dC/dz of the last layer turns when its z moves."""
    activation, J = tape.layers[-1].activation, tape.jacobians[-1]
    pair = fused_pairs.find(activation, loss) if fused else None
    if pair is not None:
        turn = pair.turn(activation, tape.output, moved.a[-1], loss.targets(y, tape.output.shape))
        return as_dtype(turn, tape.output)
    dJ = activation.jacobian_along(tape.z[-1], tape.output, moved.z[-1])
    return dJ.vjp(loss.grad(tape.output, y)) + J.vjp(loss.hvp(tape.output, y, moved.a[-1]))


def _tangent(tape: Tape, v: Parameters, inputs: ArrayLike | None) -> _Tangent:
    dx = np.zeros_like(tape.x) if inputs is None else as_columns(inputs, "inputs", tape.x.shape)
    dz: list[Array] = []
    da = [dx]
    for layer, J, a, dW, db in zip(
        tape.layers, tape.jacobians, tape.inputs, v.weights, v.biases, strict=True
    ):
        dz.append(dW @ a + layer.weights @ da[-1] + db)
        da.append(J.jvp(dz[-1]))
    return _Tangent(tuple(dz), tuple(da[1:]), dx)


def _direction(tape: Tape, direction: Parameterised | ArrayLike) -> Parameters:
    """The direction in the shapes of the layers."""
    check_tape(tape)
    if not isinstance(direction, Parameterised):
        return unpack(direction, tape)
    given = Parameters(tuple(direction.weights), tuple(direction.biases))
    if not len(given.weights) == len(given.biases) == len(tape.layers):
        raise ShapeError(
            f"the direction has {len(given.weights)} weights and {len(given.biases)} biases; "
            f"the network has {len(tape.layers)} layers"
        )
    for number, (layer, W, b) in enumerate(
        zip(tape.layers, given.weights, given.biases, strict=True), start=1
    ):
        as_columns(W, f"the direction's weights of layer {number}", layer.weights.shape)
        as_columns(b, f"the direction's bias of layer {number}", layer.bias.shape)
    return given
