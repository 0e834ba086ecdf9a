"""A fully connected network: layers, the forward pass on a tape, and back over it.

Layout: features x samples, one column a sample. Layer l has `weights` (K_l, S_l) and `bias` (K_l, 1):
z_l = W_l * a_(l-1) + b_l, a_l = f_l(z_l), with a_0 = x.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from port.backprop import activations
from port.backprop import fused as fused_pairs
from port.backprop.activations import Activation
from port.backprop.arrays import Array, as_columns, as_dtype, as_matrix, ieee, size
from port.backprop.jacobian import Jacobian
from port.backprop.losses import Loss
from port.backprop.parameters import L2, Parameterised, plus
from port.errors import ArgumentError, ShapeError


@dataclass(frozen=True, eq=False)
class Layer:
    """`weights` (K, S), `bias` (K, 1) and an activation or its name. Raises ShapeError, ArgumentError."""

    weights: Array
    bias: Array
    activation: Activation

    def __init__(self, weights: ArrayLike, bias: ArrayLike, activation: str | Activation) -> None:
        weights = as_matrix(weights, "weights")
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "bias", as_columns(bias, "bias", (weights.shape[0], 1)))
        object.__setattr__(self, "activation", activations.get(activation))


@dataclass(frozen=True, eq=False)
class Tape:
    """What the forward pass computed: `z`, `a` (K_l, N) and the Jacobian of every layer, in order."""

    layers: tuple[Layer, ...]
    x: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    jacobians: tuple[Jacobian, ...]

    @property
    def weights(self) -> tuple[Array, ...]:
        """The weights of every layer."""
        return tuple(layer.weights for layer in self.layers)

    @property
    def biases(self) -> tuple[Array, ...]:
        """The bias of every layer."""
        return tuple(layer.bias for layer in self.layers)

    @property
    def output(self) -> Array:
        """The last layer's a, (K, N)."""
        return self.a[-1]

    @property
    def inputs(self) -> tuple[Array, ...]:
        """What every layer was given: x, then the a of the layer before."""
        return (self.x, *self.a[:-1])


@dataclass(frozen=True, eq=False)
class Gradients:
    """Gradients, each in its parameter's shape; `deltas` are dC/dz (K_l, N), `inputs` is dC/dx (D, N)."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    deltas: tuple[Array, ...]
    inputs: Array


@ieee
def forward(layers: Sequence[Layer], x: ArrayLike) -> Tape:
    """Run x (D, N) through the layers. Raises ShapeError with the layer's number, from 1, and both shapes."""
    x = as_matrix(x, "x")
    z, a, jacobians = [], [x], []
    for number, layer in enumerate(_checked(layers), start=1):
        _check_fit(number, layer, a[-1])
        z.append(layer.weights @ a[-1] + layer.bias)
        a.append(layer.activation.value(z[-1]))
        jacobians.append(layer.activation.jacobian(z[-1], a[-1]))
    return Tape(tuple(layers), x, tuple(z), tuple(a[1:]), tuple(jacobians))


def backward(tape: Tape, loss: Loss, y: ArrayLike, *, fused: bool = True, l2: L2 | None = None) -> Gradients:
    """Gradients of loss(tape.output, y), y being (K, N), and of the penalty `l2` where one is given.

    delta_L = J_L' * dC/da, and delta_l = J_l' * (W_(l+1)' * delta_(l+1)), for every activation and every
    loss. With `fused`, delta_L is taken from the fused pair of the last activation and the loss where
    there is one: equal, and right where the product of the two would be 0 * Inf. Raises ShapeError.
    """
    check_objective(tape, loss, l2)
    gradients = from_delta(tape, output_delta(tape, loss, y, fused=fused))
    if l2 is None:
        return gradients
    with_penalty = plus(gradients, l2.grad(tape, tape.x.shape[1]))
    return replace(gradients, weights=with_penalty.weights, biases=with_penalty.biases)


@ieee
def value(tape: Tape, loss: Loss, y: ArrayLike, *, fused: bool = True, l2: L2 | None = None) -> float:
    """The loss of the tape's output, with the penalty; `fused` as in `backward`. Raises ShapeError."""
    check_objective(tape, loss, l2)
    activation = tape.layers[-1].activation
    pair = fused_pairs.find(activation, loss) if fused else None
    if pair is None:
        total = loss.value(tape.output, y)
    else:
        total = pair.value(activation, tape.z[-1], loss.targets(y, tape.output.shape))
    return total + l2.value(tape, tape.x.shape[1]) if l2 else total


def per_sample(
    tape: Tape, loss: Loss, y: ArrayLike, *, fused: bool = True
) -> tuple[tuple[Array, Array], ...]:
    """What every sample adds to the gradients: for each layer weights (K, S, N) and bias (K, N).

    Their sum over the samples is `backward`'s. Raises ShapeError.
    """
    check_objective(tape, loss)
    deltas = from_delta(tape, output_delta(tape, loss, y, fused=fused)).deltas
    return tuple((d[:, None, :] * a[None, :, :], d) for d, a in zip(deltas, tape.inputs, strict=True))


def with_parameters(layers: Sequence[Layer], parameters: Parameterised) -> list[Layer]:
    """The same layers with other weights and biases. Raises ShapeError."""
    parts = zip(layers, parameters.weights, parameters.biases, strict=True)
    return [Layer(W, b, layer.activation) for layer, W, b in parts]


def check_objective(tape: Tape, loss: Loss, l2: L2 | None = None) -> None:
    """Raise ArgumentError unless these are a tape, a loss and a penalty."""
    check_tape(tape)
    if not isinstance(loss, Loss):
        raise ArgumentError(f"the loss is {loss!r}; pass one such as losses.CrossEntropy()")
    if not (l2 is None or isinstance(l2, L2)):
        raise ArgumentError(f"l2 is {l2!r}; pass L2(strength) or None")


def check_tape(tape: Tape) -> None:
    """Raise ArgumentError unless this is a tape."""
    if not isinstance(tape, Tape):
        raise ArgumentError(f"the tape is {type(tape).__name__}; pass what forward(layers, x) returns")


def output_delta(tape: Tape, loss: Loss, y: ArrayLike, *, fused: bool = True) -> Array:
    """dC/dz of the last layer, (K, N)."""
    activation = tape.layers[-1].activation
    pair = fused_pairs.find(activation, loss) if fused else None
    if pair is None:
        return tape.jacobians[-1].vjp(loss.grad(tape.output, y))
    return as_dtype(pair.delta(activation, tape.output, loss.targets(y, tape.output.shape)), tape.output)


@ieee
def from_delta(tape: Tape, delta: Array) -> Gradients:
    """Gradients of every layer, given dC/dz of the last."""
    deltas = [delta]
    for layer, jacobian in zip(tape.layers[:0:-1], tape.jacobians[-2::-1], strict=True):
        deltas.append(jacobian.vjp(layer.weights.T @ deltas[-1]))
    deltas.reverse()
    return Gradients(
        weights=tuple(d @ a.T for d, a in zip(deltas, tape.inputs, strict=True)),
        biases=tuple(d.sum(axis=1, keepdims=True) for d in deltas),
        deltas=tuple(deltas),
        inputs=tape.layers[0].weights.T @ deltas[0],
    )


def _checked(layers: Sequence[Layer]) -> Sequence[Layer]:
    """The layers, at least one. Raises ArgumentError."""
    if (
        not isinstance(layers, Sequence)
        or not layers
        or not all(isinstance(layer, Layer) for layer in layers)
    ):
        raise ArgumentError("layers is a sequence of one Layer or more: Layer(weights, bias, activation)")
    return layers


def _check_fit(number: int, layer: Layer, given: Array) -> None:
    """Raise ShapeError unless the layer takes what it is given."""
    features = layer.weights.shape[1]
    if given.shape[0] == features:
        return
    if number > 1:
        raise ShapeError(
            f"layer {number} takes {features} features (weights {size(layer.weights.shape)}), "
            f"but layer {number - 1} gives {size(given.shape)}"
        )
    hint = ": pass x.T" if given.shape[1] == features else ""
    raise ShapeError(
        f"x is {size(given.shape)} (features x samples?); the first layer takes {features} features "
        f"(weights {size(layer.weights.shape)}){hint}"
    )
