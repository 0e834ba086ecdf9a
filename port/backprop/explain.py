"""The shape walk: forward and backward through one network as data, every quantity with shape, formula and numbers.

It answers how `.*` extends from sigmoid + squared error to softmax + cross-entropy: the product J' * (dC/da) is the
rule, and what it looks like depends on the structure of J.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from numbers import Integral

import numpy as np

from port.backprop import activations, losses
from port.backprop.activations import Activation
from port.backprop.arrays import Array
from port.backprop.jacobian import Jacobian
from port.backprop.losses import Convention, Loss
from port.backprop.network import Gradients, Layer, Tape, backward, forward
from port.errors import ArgumentError

# loss: dC/da as MATLAB writes it under the convention of the walk, and by index
SLOPES = {
    "squared_error": ("{a} - y", "dC/da_k = a_k - y_k"),
    "cross_entropy": ("-y ./ {a}", "dC/da_k = -y_k / a_k"),
    "binary_cross_entropy": ("({a} - y) ./ ({a} .* (1 - {a}))", "dC/da_k = (a_k - y_k) / (a_k (1 - a_k))"),
}
FEATURES = 4


@dataclass(frozen=True)
class Quantity:
    """One line of the walk: a name, its shape, its formula by index, in MATLAB and in NumPy, and its value."""

    name: str
    letters: str
    formula: str
    matlab: str
    numpy: str
    value: Array
    says: str


@dataclass(frozen=True)
class Attempt:
    """A wrong way: what it is, what it gives (or why it gives nothing), and how far that is from the right delta."""

    title: str
    matlab: str
    value: Array
    outcome: str
    why: str


@dataclass(frozen=True)
class Walk:
    """The whole walk. `jacobian` is the dense J of the first sample; `fused` is empty where the pair has none."""

    activation: str
    loss: str
    sizes: tuple[int, ...]
    samples: int
    structure: str
    jacobian: Array
    jacobian_formula: str
    product: str
    forward: tuple[Quantity, ...]
    backward: tuple[Quantity, ...]
    attempts: tuple[Attempt, ...]
    answer: tuple[str, ...]
    inputs: dict[str, Array] = field(repr=False)


def explain(
    activation: str = "softmax",
    loss: str = "cross_entropy",
    *,
    shape: tuple[int, int] = (3, 5),
    sizes: Sequence[int] | None = None,
    seed: int = 0,
) -> Walk:
    """Walk forward and backward through a network whose last layer has `activation`, hidden layers sigmoid.

    `shape` is (K, N): outputs and samples; `sizes` the layers from the features to the outputs, by default
    (4, K). The numbers are drawn from `seed`. Raises ArgumentError for a name that is not known, sizes that do
    not end in K, and a loss whose domain the activation does not reach.
    """
    counts = _whole(shape, "shape")
    if len(counts) != 2:
        raise ArgumentError(
            f"shape {','.join(map(str, counts))} is not K,N: outputs and samples, such as 3,5"
        )
    outputs, samples = counts
    sizes = _whole(sizes, "sizes") if sizes is not None else (FEATURES, outputs)
    if len(sizes) < 2 or min(*sizes, samples) < 1 or sizes[-1] != outputs:
        raise ArgumentError(
            f"layers {','.join(map(str, sizes))} and shape {outputs},{samples} do not fit: "
            f"the last layer must have K = {outputs} outputs, and every number must be at least 1"
        )
    last, cost = activations.get(activation), _loss(loss)
    layers, x, y = _network(last, cost, sizes, samples, seed)
    tape = forward(layers, x)
    gradients = backward(tape, cost, y, fused=False)
    g = cost.grad(tape.output, y)
    if not (np.isfinite(cost.value(tape.output, y)) and np.isfinite(g).all()):
        raise ArgumentError(f"{loss} needs {cost.domain}; {activation} does not give them")
    J = tape.jacobians[-1]
    _, first = last(tape.z[-1][:, :1])
    return Walk(
        activation=last.name,
        loss=cost.name,
        sizes=sizes,
        samples=samples,
        structure=J.structure,
        jacobian=first.dense(),
        jacobian_formula=f"J_ij = {first.entry}",
        product=J.product,
        forward=tuple(_forward(layers, tape.z, tape.a)),
        backward=tuple(_backward(tape, cost, g, gradients)),
        attempts=tuple(
            _attempts(J, g, gradients.deltas[-1], tape.output, cost.encoded(y, tape.output.shape))
        ),
        answer=tuple(_answer(last, cost, first, len(layers))),
        inputs=_inputs(layers, x, y),
    )


def choices() -> dict[str, tuple[str, ...]]:
    """What can be explained: the names of activations and of losses."""
    return {"activations": activations.NAMES, "losses": tuple(losses.REGISTRY)}


def _whole(given: Sequence[int], what: str) -> tuple[int, ...]:
    """Several whole numbers as a tuple of int. Raises ArgumentError."""
    if not isinstance(given, Iterable) or not all(isinstance(number, Integral) for number in given):
        raise ArgumentError(f"{what} is {given!r}; whole numbers are expected, such as (3, 5)")
    return tuple(int(number) for number in given)


def _loss(name: str) -> Loss:
    """The loss without any 1/N, so that no factor hides the structure; squared error with its half."""
    if not isinstance(name, str) or name not in losses.REGISTRY:
        raise ArgumentError(f"no loss is called {name!r}; there are {', '.join(losses.REGISTRY)}")
    return losses.REGISTRY[name](Convention(half=name == "squared_error", over="sum"))


def _network(
    last: Activation, loss: Loss, sizes: tuple[int, ...], samples: int, seed: int
) -> tuple[list[Layer], Array, Array]:
    rng = np.random.default_rng(seed)

    def draw(*shape: int) -> Array:
        return np.round(rng.uniform(-1, 1, shape), 2)

    kinds: list[str | Activation] = [*["sigmoid"] * (len(sizes) - 2), last]
    layers = [
        Layer(draw(outputs, inputs), draw(outputs, 1), kind)
        for inputs, outputs, kind in zip(sizes[:-1], sizes[1:], kinds, strict=True)
    ]
    x = draw(sizes[0], samples)
    labels = rng.integers(0, sizes[-1], samples)
    one_hot = np.eye(sizes[-1])[:, labels]
    if loss.name in ("hinge", "multiclass_hinge"):
        return layers, x, 2 * one_hot - 1 if loss.name == "hinge" else one_hot
    return layers, x, one_hot


def _inputs(layers: Sequence[Layer], x: Array, y: Array) -> dict[str, Array]:
    """What the lines of the walk start from, by name."""
    named = {f"W{n}": layer.weights for n, layer in enumerate(layers, start=1)}
    named |= {f"b{n}": layer.bias for n, layer in enumerate(layers, start=1)}
    return {**named, "x": x, "y": y}


def _written(formula: str, number: int) -> str:
    """An activation's formula with the names of one layer: z -> z2, a and p -> a2, g -> g2."""
    names = {"z": f"z{number}", "a": f"a{number}", "p": f"a{number}", "g": f"g{number}"}
    return re.sub(r"\b[zapg]\b", lambda match: names[match.group()], formula)


def _before(number: int) -> str:
    return "x" if number == 1 else f"a{number - 1}"


def _forward(layers: Sequence[Layer], z: Sequence[Array], a: Sequence[Array]) -> list[Quantity]:
    walk = []
    for n, layer in enumerate(layers, start=1):
        name, before = layer.activation.name, _before(n)
        walk.append(
            Quantity(
                f"z{n}",
                "K x N",
                f"z_k = sum_j W_kj {before[0]}_j + b_k",
                f"z{n} = W{n} * {before} + b{n};",
                f"z{n} = W{n} @ {before} + b{n}",
                z[n - 1],
                f"layer {n} before its activation",
            )
        )
        walk.append(
            Quantity(
                f"a{n}",
                "K x N",
                f"a_k = {name}_k(z)",
                f"a{n} = {_written(layer.activation.matlab, n)};",
                f"a{n}, J{n} = activations.{name}(z{n})",
                a[n - 1],
                f"{name}, and with it its Jacobian",
            )
        )
    return walk


def _backward(tape: Tape, loss: Loss, g: Array, gradients: Gradients) -> list[Quantity]:
    """From dC/da of the last layer down to the weights of the first."""
    walk = [_from_loss(loss, g, len(tape.layers))]
    for n in range(len(tape.layers), 0, -1):
        if n < len(tape.layers):
            walk.append(_through_weights(n, tape.layers[n].weights.T @ gradients.deltas[n]))
        walk.append(_through_activation(n, tape.layers[n - 1].activation.product, gradients.deltas[n - 1]))
        walk += _into_parameters(n, gradients.weights[n - 1], gradients.biases[n - 1])
    return walk


def _from_loss(loss: Loss, g: Array, n: int) -> Quantity:
    matlab, formula = SLOPES.get(loss.name, ("dC_da", f"dC/da_k of {loss.name}"))
    says = "what the loss says to every output: dC/da"
    return Quantity(
        f"g{n}",
        "K x N",
        formula,
        f"g{n} = {matlab.format(a=f'a{n}')};",
        f"g{n} = loss.grad(a{n}, y)",
        g,
        says,
    )


def _through_weights(n: int, g: Array) -> Quantity:
    return Quantity(
        f"g{n}",
        "K x N",
        "dC/da_j = sum_k W_kj delta_k",
        f"g{n} = W{n + 1}' * delta{n + 1};",
        f"g{n} = W{n + 1}.T @ delta{n + 1}",
        g,
        "back through the weights",
    )


def _through_activation(n: int, product: str, delta: Array) -> Quantity:
    return Quantity(
        f"delta{n}",
        "K x N",
        "delta_s = sum_k dC/da_k J_ks",
        f"delta{n} = {_written(product, n)};",
        f"delta{n} = J{n}.vjp(g{n})",
        delta,
        f"back through the activation: J' * g is {product}",
    )


def _into_parameters(n: int, dW: Array, db: Array) -> list[Quantity]:
    before = _before(n)
    weights = Quantity(
        f"dW{n}",
        "K x D",
        "dC/dW_ij = sum_k sum_s dC/da_k J_ks dz_s/dW_ij",
        f"dW{n} = delta{n} * {before}';",
        f"dW{n} = delta{n} @ {before}.T",
        dW,
        f"dz_s/dW_ij is {before}_j where s = i and 0 elsewhere, so the sums leave delta_i {before}_j",
    )
    biases = Quantity(
        f"db{n}",
        "K x 1",
        "dC/db_i = sum_n delta_in",
        f"db{n} = sum(delta{n}, 2);",
        f"db{n} = delta{n}.sum(axis=1, keepdims=True)",
        db,
        "every sample adds its delta",
    )
    return [weights, biases]


def _attempts(J: Jacobian, g: Array, delta: Array, a: Array, y: Array) -> list[Attempt]:
    """The ways people try, each computed on the numbers of this walk."""
    K, _, N = J.shape
    full = J.dense().reshape(K, K, N)
    old = _attempt(
        "the sigmoid line, unchanged",
        "delta = (a - y) .* a .* (1 - a)",
        (a - y) * a * (1 - a),
        delta,
        "it has the slope of sigmoid and the gradient of the squared error built in; each pair has its own",
    )
    diagonal = _attempt(
        ".* with the diagonal of J alone",
        "delta = g .* diag(J)",
        np.einsum("kkn->kn", full) * g,
        delta,
        "it drops J_ks for k other than s: what output k says about input s is lost",
    )
    wrong_side = _attempt(
        "J on the wrong side",
        "delta = J * g",
        J.jvp(g),
        delta,
        "delta_s sums over the outputs k, the rows of J; J * g sums over its columns"
        + (
            ", which is the same here only because this J is symmetric"
            if np.allclose(full, full.swapaxes(0, 1))
            else ""
        ),
    )
    one_for_all = _attempt(
        "the Jacobian of the first sample for all",
        "delta = J1' * g",
        full[:, :, 0].T @ g,
        delta,
        "every sample has a Jacobian of its own" if N > 1 else "with one sample there is no other",
    )
    return [old, diagonal, wrong_side, one_for_all]


def _attempt(title: str, matlab: str, value: Array, delta: Array, why: str) -> Attempt:
    apart = np.abs(value - delta)
    largest = float(apart.max())
    if largest <= 1e-12 * max(1.0, float(np.abs(delta).max())):
        return Attempt(title, matlab, value, "right here", why)
    row, column = np.unravel_index(int(apart.argmax()), apart.shape)
    got, want = value[row, column], delta[row, column]
    place = f"({row + 1},{column + 1})"
    return Attempt(
        title, matlab, value, f"off by up to {largest:.3g}: at {place} {got:.4f} instead of {want:.4f}", why
    )


def _answer(last: Activation, loss: Loss, J: Jacobian, layers: int) -> list[str]:
    """The answer in sentences, for this activation and loss."""
    sentences = [
        "`.*` is not the rule. The rule is the chain rule: dC/dz_s = sum_k dC/da_k J_ks with J_ks = da_k/dz_s, "
        "for a column g = dC/da the product delta = J' * g.",
        STRUCTURES[J.structure].format(name=last.name, entry=J.entry, product=J.product),
        "Into the weights: dC/dW_ij = sum_k sum_s dC/da_k J_ks dz_s/dW_ij, and dz_s/dW_ij is the layer's input j "
        "where s = i and 0 elsewhere; both sums collapse to delta_i times input j, so dW = delta * input'.",
    ]
    pair = PAIRS.get((last.name, loss.name))
    sentences += [pair] if pair else []
    if layers > 1:
        sentences.append(
            "One layer down nothing changes: g = W' * delta takes the place of dC/da, "
            "and that layer's own J does the rest."
        )
    return sentences


STRUCTURES = {
    "diagonal": (
        "For {name} a_i depends on z_i alone, so J is diagonal, J_ij = {entry}, and J' * g multiplies element by "
        "element: {product}. That is where `.*` comes from."
    ),
    "diagonal minus outer": (
        "For {name} every output feels every input, so J is full, J_ij = {entry}; `.*` with the slopes alone would "
        "lose all but its diagonal. J is a diagonal less an outer product, so J' * g needs only sums over each "
        "column, never the matrix: {product}."
    ),
    "dense": (
        "For {name} J has no structure to use, J_ij = {entry}, and the product is written as it is: J' * g, sample "
        "by sample."
    ),
}
PAIRS = {
    ("sigmoid", "squared_error"): (
        "With g = a - y this is delta = (a - y) .* a .* (1 - a), the line you began with."
    ),
    ("softmax", "cross_entropy"): (
        "With g = -y ./ p the product is p .* (-y ./ p + sum(y)) = p - y, because each column of y sums to 1: the "
        "whole Jacobian cancels into one subtraction."
    ),
    ("sigmoid", "binary_cross_entropy"): (
        "With g = (a - y) ./ (a .* (1 - a)) the slope cancels: delta = a - y."
    ),
    ("identity", "squared_error"): "With J = I nothing is left to multiply: delta = a - y.",
}
