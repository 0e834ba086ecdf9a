"""Training with everything laid out once: what a step of `train` computes, without a new array in it.

A layer's parameters are one array, theta = [W b], and every layer is given a row of ones below its inputs: z = theta *
[a; 1] is one product, and delta * [a; 1]' the gradient of W and b at once, which BLAS adds to theta (gd) or the step.
Buffers are column-major, features x samples: two of (K, n) a layer for batches of n samples, d for z, then dC/da, then
delta, and one for a. So is theta, for BLAS to read W in it, but the first layer's, which hands nothing down and whose
rows are long. The last bits differ from the pure path's: sums are taken in another order.

All products are SciPy's BLAS: NumPy has one of its own, and threads of the one that wait for work keep those of the
other from it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg.blas import dgemm, dgemv, dger

from port.backprop import compiled, losses
from port.backprop import fused as fused_pairs
from port.backprop.activations import Activation, Sigmoid, Softmax
from port.backprop.arrays import Array, ieee
from port.backprop.compiled import CompiledPlan
from port.backprop.inplace import IN_PLACE, InPlace
from port.backprop.losses import Loss, SquaredError
from port.backprop.losses.base import Targets
from port.backprop.network import Layer, Tape, with_parameters
from port.backprop.parameters import L2, Parameterised, Parameters

OPTIMISERS = ("gd", "sgdm", "traingdm")
SCORED_AT_ONCE = 1024
FEW = 32
Place = slice | NDArray[np.intp]


@dataclass(frozen=True)
class Rule:
    """step = momentum * step - scale(rate) * (gradient + penalty): an optimiser with its penalty."""

    optimiser: str = "gd"
    momentum: float = 0.0
    l2: L2 | None = None

    def scale(self, rate: float) -> float:
        """The factor of the gradient."""
        return rate * (1 - self.momentum) if self.optimiser == "traingdm" else rate

    def decay(self, rate: float, samples: int) -> float:
        """By what share of itself a parameter under the penalty shrinks in a step over so many samples."""
        return self.scale(rate) * self.l2.scale(samples) if self.l2 else 0.0


@dataclass(frozen=True, eq=False)
class Bench:
    """One layer laid out for n samples: `theta` and `step` (K, S + 1), `weights` the part of theta without b.

    `d` is (K, n) for z, then dC/da, then delta; `out` is what the layer above is given, (K + 1, n), and `a` (K, n)
    its part without the row of ones. They are column-major.
    """

    activation: Activation
    ops: InPlace
    theta: Array
    weights: Array
    step: Array
    d: Array
    out: Array
    a: Array

    @cached_property
    def columns(self) -> tuple[Array, bool]:
        """theta as BLAS reads it, and whether that is its transpose."""
        return _as_columns(self.theta)

    def forward(self, given: Array) -> None:
        """z = theta * given, into d."""
        theta, turned = self.columns
        dgemm(1.0, theta, given, 0.0, self.d, turned, 0, 1)

    def activate(self) -> None:
        """a, from the z in d."""
        self.ops.value(self.activation, self.d, self.a)

    def backward(self) -> None:
        """delta into d, from the dC/da there; a is used up."""
        self.ops.vjp(self.activation, self.a, self.d)

    def propagate(self, below: "Bench") -> None:
        """dC/da of the layer below, W' * delta, into its d."""
        dgemm(1.0, self.weights, self.d, 0.0, below.d, 1, 0, 1)

    def add_product(self, factor: float, given: Array, keep: float, into: Array) -> None:
        """into = keep * into + factor * delta * given', where into is theta or the step."""
        left, right = self.d, given
        if self.columns[1]:
            left, right, into = right, left, into.T
        (left, flipped), (right, turned) = _as_columns(left), _as_columns(right)
        dgemm(factor, left, right, keep, into, flipped, not turned, 1)


class BenchByRows(Bench):
    """Row-major, for batches at which that is faster."""

    def forward(self, given: Array) -> None:
        """z = theta * given, into d."""
        theta, turned = self.columns
        columns, flipped = _as_columns(given)
        dgemm(1.0, columns, theta, 0.0, self.d.T, not flipped, not turned, 1)

    def propagate(self, below: Bench) -> None:
        """dC/da of the layer below, W' * delta, into its d."""
        dgemm(1.0, self.d.T, self.weights, 0.0, below.d.T, 0, 0, 1)


class BenchOfOne(Bench):
    """For one sample: products of a matrix and a vector, and outer ones."""

    @cached_property
    def vector(self) -> Array:
        """d as a vector."""
        return self.d.ravel("F")

    def forward(self, given: Array) -> None:
        """z = theta * given, into d."""
        theta, turned = self.columns
        dgemv(1.0, theta, given.T[0], 0.0, self.vector, 0, 1, 0, 1, turned, 1)

    def propagate(self, below: Bench) -> None:
        """dC/da of the layer below, W' * delta, into its d."""
        dgemv(1.0, self.weights, self.vector, 0.0, below.d.T[0], 0, 1, 0, 1, 1, 1)

    def add_product(self, factor: float, given: Array, keep: float, into: Array) -> None:
        """into = keep * into + factor * delta * given', where into is theta or the step."""
        if keep != 1:
            super().add_product(factor, given, keep, into)
        elif self.columns[1]:
            dger(factor, given.T[0], self.vector, 1, 1, into.T, 0, 0, 1)
        else:
            dger(factor, self.vector, given.T[0], 1, 1, into, 0, 0, 1)


@dataclass(frozen=True, eq=False)
class Goal:
    """The last layer's delta: `factor` times a - y where that is all, else by the pure functions.

    `y` is (K, N); `pair` is the fused pair of the last activation and the loss, None where J' * (dC/da) is taken.
    """

    loss: Loss
    pair: fused_pairs.Pair | None
    factor: float | None
    y: Array
    weight: Array
    divisors: dict[int, float]

    def delta(self, last: Bench, place: Place) -> None:
        """delta into the d of the last layer, for the samples at `place`."""
        y = self.y[:, place]
        divisor = self.divisors[y.shape[1]]
        if self.factor is not None:
            np.subtract(last.a, y, out=last.d)
            np.multiply(last.d, self.factor / divisor, out=last.d)
        else:
            weight = self.weight[:, place] if self.weight.shape[1] > 1 else self.weight
            last.d[...] = self._pure(last, Targets(y, weight, divisor))
        if self.pair is None:
            last.backward()

    def _pure(self, last: Bench, targets: Targets) -> Array:
        if self.pair is not None:
            return self.pair.delta(last.activation, last.a, targets)
        return np.asarray(targets.weighted(self.loss.slopes(last.a, targets.y)) / targets.divisor)


@dataclass(frozen=True, eq=False)
class Plan:
    """A network and its samples laid out for batches of the sizes in `benches`; `x` is [x; 1] (D + 1, N).

    `gathered` holds a buffer for every size of batch whose samples did not lie side by side.
    """

    x: Array
    goal: Goal
    rule: Rule
    benches: dict[int, tuple[Bench, ...]]
    gathered: dict[int, Array] = field(default_factory=dict)

    @ieee
    def descend(
        self, layers: Sequence[Layer], steps: Parameterised, rate: float, batches: Sequence[NDArray[np.intp]]
    ) -> tuple[list[Layer], Parameters]:
        """An epoch: from `layers` and the last `steps` to the layers and the step after all batches."""
        parts = self.benches[len(batches[0])]
        _fill([bench.theta for bench in parts], [(layer.weights, layer.bias) for layer in layers])
        _fill([bench.step for bench in parts], zip(steps.weights, steps.biases, strict=True))
        straight = self.add_to_theta if self.rule.optimiser == "gd" else self.add_to_step
        *places, last = zip(_places(batches), map(len, batches), strict=True)
        for place, n in places:
            self.step(n, place, rate, straight)
        self.step(last[1], last[0], rate, self.add_to_step)
        after = _parameters([bench.theta for bench in parts])
        return with_parameters(layers, after), _parameters([bench.step for bench in parts])

    @ieee
    def score(self, layers: Sequence[Layer]) -> Tape:
        """All samples through what `descend` left: a tape of the last layer's z and a alone, all that a loss needs."""
        shape = layers[-1].weights.shape[0], self.x.shape[1]
        z, a = np.empty(shape, order="F"), np.empty(shape, order="F")
        for start in range(0, shape[1], SCORED_AT_ONCE):
            place = slice(start, min(start + SCORED_AT_ONCE, shape[1]))
            *hidden, last = self.benches[place.stop - start]
            given = self._through(hidden, self.x[:, place])
            last.forward(given)
            z[:, place] = last.d
            last.activate()
            a[:, place] = last.a
        return Tape(tuple(layers), self.x[:-1], (z,), (a,), ())

    def step(self, n: int, place: Place, rate: float, add: Callable[..., None]) -> None:
        """One step over the n samples at `place`; `add` moves the parameters: add_to_theta or add_to_step."""
        benches = self.benches[n]
        given = self._batch(n, place)
        self._through(benches, given)
        self.goal.delta(benches[-1], place)
        for below, bench in zip(benches[-2::-1], benches[:0:-1], strict=True):
            bench.propagate(below)
            add(bench, below.out, rate)
            below.backward()
        add(benches[0], given, rate)

    def _batch(self, n: int, place: Place) -> Array:
        """[x; 1] of n samples: a view where they lie side by side."""
        if isinstance(place, slice):
            return self.x[:, place]
        if n not in self.gathered:
            self.gathered[n] = np.empty((len(self.x), n), order="F")
        np.take(self.x.T, place, axis=0, out=self.gathered[n].T, mode="clip")
        return self.gathered[n]

    def _through(self, benches: Sequence[Bench], given: Array) -> Array:
        """Forward through some layers; gives what the next one is given."""
        for bench in benches:
            bench.forward(given)
            bench.activate()
            given = bench.out
        return given

    def add_to_theta(self, bench: Bench, given: Array, rate: float) -> None:
        """theta = (1 - decay) * theta - rate * gradient, the product added to theta as it is taken."""
        decay = self.rule.decay(rate, given.shape[1])
        if decay:
            _penalised(bench.theta, self.rule.l2)[...] *= 1 - decay
        bench.add_product(-rate, given, 1.0, bench.theta)

    def add_to_step(self, bench: Bench, given: Array, rate: float) -> None:
        """step = momentum * step - scale * gradient - decay * theta, and theta = theta + step."""
        momentum = 0.0 if self.rule.optimiser == "gd" else self.rule.momentum
        bench.add_product(-self.rule.scale(rate), given, momentum, bench.step)
        decay = self.rule.decay(rate, given.shape[1])
        if decay:
            _penalised(bench.step, self.rule.l2)[...] -= decay * _penalised(bench.theta, self.rule.l2)
        np.add(bench.theta, bench.step, out=bench.theta)


def lay_out(
    layers: Sequence[Layer],
    x: Array,
    y: ArrayLike,
    loss: Loss,
    rule: Rule,
    batch_size: int,
    *,
    fused: bool,
    kernel: bool = True,
) -> Plan | CompiledPlan | None:
    """The plan of a training run, or None where a part of it has none and the pure path is to be taken.

    Planned are float64 networks of the activations in IN_PLACE, the library's losses with a float64 target for every
    sample, and OPTIMISERS; compiled where `kernel`, the environment and the goal allow it. Raises what the loss raises
    for its targets.
    """
    targets = loss.targets(y, (layers[-1].weights.shape[0], x.shape[1]))
    arrays = [x, targets.y, *(array for layer in layers for array in (layer.weights, layer.bias))]
    if (
        any(array.dtype != np.float64 for array in arrays)
        or any(type(layer.activation) not in IN_PLACE for layer in layers)
        or type(loss) not in losses.REGISTRY.values()
        or np.isnan(loss.encoded(y, targets.y.shape)).any()
        or rule.optimiser not in OPTIMISERS
        or not x.size
    ):
        return None
    sizes = {*_sizes(x.shape[1], batch_size), *_sizes(x.shape[1], SCORED_AT_ONCE)}
    goal = _goal(layers[-1].activation, loss, targets, sizes, fused)
    compiled_plan = compiled.lay_out(layers, x, goal, rule, batch_size) if kernel else None
    return compiled_plan or Plan(_with_ones(x), goal, rule, _benches(layers, sizes))


def _sizes(samples: int, batch_size: int) -> set[int]:
    """The sizes of all batches: `batch_size`, and what is left for the last."""
    return {min(samples, batch_size), samples % batch_size} - {0}


def _with_ones(x: Array) -> Array:
    """[x; 1], column-major."""
    matrix = np.ones((x.shape[0] + 1, x.shape[1]), order="F")
    matrix[:-1] = x
    return matrix


def _benches(layers: Sequence[Layer], sizes: set[int]) -> dict[int, tuple[Bench, ...]]:
    """Every layer laid out for every size of batch; they share the parameters, and scratch that is column-major."""
    shapes = [layer.weights.shape for layer in layers]
    thetas = [
        tuple(np.zeros((K, S + 1), order="F" if layer else "C") for _ in range(2))
        for layer, (K, S) in enumerate(shapes)
    ]
    columns = _scratch(shapes, max(sizes), "F")
    found = {}
    for n in sizes:
        by_rows = n < FEW and n % 8 > 0 and n > 1
        kind = BenchOfOne if n == 1 else BenchByRows if by_rows else Bench
        scratch = _scratch(shapes, n, "C") if by_rows else columns
        found[n] = tuple(
            kind(
                activation=layer.activation,
                ops=IN_PLACE[type(layer.activation)],
                theta=theta,
                weights=theta[:, :-1],
                step=step,
                d=d[:, :n],
                out=out[:, :n],
                a=out[: len(d), :n],
            )
            for layer, (theta, step), (d, out) in zip(layers, thetas, scratch, strict=True)
        )
    return found


def _scratch(
    shapes: Sequence[tuple[int, int]], n: int, order: Literal["C", "F"]
) -> list[tuple[Array, Array]]:
    """d and out of every layer for n samples; the last layer has none above it, and no row of ones."""
    heights = [K + 1 for K, _ in shapes[:-1]] + [shapes[-1][0]]
    return [
        (np.empty((K, n), order=order), np.ones((height, n), order=order))
        for (K, _), height in zip(shapes, heights, strict=True)
    ]


def _goal(activation: Activation, loss: Loss, targets: Targets, sizes: set[int], fused: bool) -> Goal:
    pair = fused_pairs.find(activation, loss) if fused else None
    y = np.asfortranarray(targets.y)
    factor = _factor(activation, loss, pair, y) if np.all(targets.weight == 1) else None
    divisors = {n: float(max(loss.convention.divisor(n, n * len(y)), 1)) for n in sizes}
    return Goal(loss, pair, factor, y, targets.weight, divisors)


def _factor(activation: Activation, loss: Loss, pair: fused_pairs.Pair | None, y: Array) -> float | None:
    """f where, without weights, delta (or dC/da, without a pair) is f * (a - y) / divisor."""
    if isinstance(loss, SquaredError):
        return 2.0
    if pair is not None and isinstance(activation, Sigmoid):
        return 1.0
    if pair is not None and isinstance(activation, Softmax) and np.all(y.sum(axis=0) == 1):
        return 1 / activation.temperature
    return None


def _places(batches: Sequence[NDArray[np.intp]]) -> list[Place]:
    """The columns of every batch, as a slice where they lie side by side."""
    row = np.concatenate(batches)
    ends = np.cumsum([len(batch) for batch in batches])
    starts = np.r_[0, ends[:-1]]
    gaps = np.r_[0, np.cumsum(np.diff(row) != 1)]
    beside = (gaps[starts] == gaps[ends - 1]).tolist()
    bounds = zip(row[starts].tolist(), (row[ends - 1] + 1).tolist(), strict=True)
    return [
        slice(*bound) if whole else batch for bound, whole, batch in zip(bounds, beside, batches, strict=True)
    ]


def _as_columns(matrix: Array) -> tuple[Array, bool]:
    """The matrix column-major, as BLAS reads it, and whether that made it its transpose."""
    return (matrix, False) if matrix.flags.f_contiguous else (matrix.T, True)


def _penalised(theta: Array, l2: L2 | None) -> Array:
    """What of theta = [W b] the penalty is on."""
    return theta if l2 and l2.biases else theta[:, :-1]


def _fill(thetas: Sequence[Array], parameters: Iterable[tuple[Array, Array]]) -> None:
    for theta, (W, b) in zip(thetas, parameters, strict=True):
        theta[:, :-1], theta[:, -1:] = W, b


def _parameters(thetas: Sequence[Array]) -> Parameters:
    """Copies of the parameters in theta = [W b]."""
    return Parameters(
        tuple(theta[:, :-1].copy() for theta in thetas), tuple(theta[:, -1:].copy() for theta in thetas)
    )
