"""Check gradients by what does not share their code: complex step, central differences, the adjoint identity.

complex step   imag C(theta + i h e) / h, exact to rounding for any h (Squire and Trapp, 1998)
central        (C(theta + h e) - C(theta - h e)) / (2 h), about 1e-10 at best
adjoint        <u, J t> = <J' u, t> for the Jacobian of every layer
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from port.backprop.activations import FromFunction
from port.backprop.arrays import Array, as_numbers, size
from port.backprop.losses import Loss
from port.backprop.network import Layer, Tape, backward, forward, value, with_parameters
from port.backprop.parameters import L2, Parameterised, Parameters, pack, shifted
from port.errors import ArgumentError, ShapeError

COMPLEX_STEP, CENTRAL_STEP = 1e-200, 6e-6
TOLERANCE = {"complex step": 1e-12, "central differences": 1e-6}
ROUNDED = 128  # units in the last place that a gradient of lower precision may be off
MOST_PARAMETERS = 3000
DIRECTIONS = 8
ADJOINT = 1e-12


@dataclass(frozen=True)
class ArrayCheck:
    """One parameter array against its numerical gradient; `error` is max |got - want| / max |want| of the network.

    `at` is the worst element, counted from 0; `how` says what the difference looks like.
    """

    name: str
    shape: tuple[int, ...]
    error: float
    at: tuple[int, int]
    got: float
    want: float
    how: str
    ok: bool

    def __str__(self) -> str:
        if self.ok:
            return f"{self.name} ({size(self.shape)}): right, to {self.error:.1e}"
        row, column = self.at
        return (
            f"{self.name} ({size(self.shape)}): WRONG by {self.error:.1e}, {self.how}; worst at "
            f"({row + 1},{column + 1}) / [{row}, {column}]: {self.got:.6g} instead of {self.want:.6g}"
        )


@dataclass(frozen=True)
class GradientCheck:
    """The verdict on a gradient. `ratio` is coursework's norm(numerical - gradient) / norm(numerical + gradient)."""

    method: str
    arrays: tuple[ArrayCheck, ...]
    directional: float
    adjoint: tuple[float, ...]
    ratio: float
    tolerance: float

    @property
    def ok(self) -> bool:
        """Whether every array, every direction and every Jacobian passes."""
        directions = self.directional <= self.tolerance
        return (
            directions and all(array.ok for array in self.arrays) and all(e <= ADJOINT for e in self.adjoint)
        )

    def __str__(self) -> str:
        lines = [f"{'right' if self.ok else 'WRONG'}, by {self.method} (tolerance {self.tolerance:g})"]
        lines += [str(array) for array in self.arrays]
        lines += [
            f"layer {number}: its Jacobian's vjp is not the adjoint of its jvp, by {error:.1e}"
            for number, error in enumerate(self.adjoint, start=1)
            if not error <= ADJOINT
        ]
        lines.append(f"along {DIRECTIONS} random directions: {self.directional:.1e}")
        lines.append(f"norm(numerical - gradient) / norm(numerical + gradient) = {self.ratio:.3g}")
        return "\n".join(lines)


def check_gradients(
    layers: Sequence[Layer],
    loss: Loss,
    x: ArrayLike,
    y: ArrayLike,
    *,
    gradients: Parameterised | Callable[[Sequence[Layer], ArrayLike, ArrayLike], Parameterised] | None = None,
    fused: bool = True,
    l2: L2 | None = None,
    seed: int = 0,
) -> GradientCheck:
    """Check the gradients of loss and penalty at `layers` for x (D, N) and y (K, N).

    `gradients` are those to check (anything with `weights` and `biases`), or a function of (layers, x, y) that gives
    them; by default those of `backward`. Up to 3,000 parameters are checked one by one, by complex step where every
    activation takes complex numbers, else by central differences; more are checked along random directions alone, and
    each array along directions of its own. The numbers of the check are double; gradients of single or half precision
    are allowed the rounding of theirs. Raises ShapeError where the gradients do not have the parameters' shapes.
    """
    own = forward(layers, x)
    given = gradients(layers, x, y) if callable(gradients) else gradients
    found = given if given is not None else backward(own, loss, y, fused=fused, l2=l2)
    got = _checked(found, own)
    tape = forward(with_parameters(layers, _widened(own)), _wide(own.x))

    def cost(point: Parameters) -> complex:
        return value(forward(with_parameters(layers, point), tape.x), loss, y, fused=fused, l2=l2)

    point = Parameters(tape.weights, tape.biases)
    judge = _Judge(cost, point, _takes_complex(tape, cost, point), _rounding(got))
    rng = np.random.default_rng(seed)
    apart = [judge.apart(got, _random_like(point, rng))[0] for _ in range(DIRECTIONS)]
    if pack(point).size <= MOST_PARAMETERS:
        want = judge.gradient()
        arrays, ratio = _compare(got, want, judge), _ratio(pack(got), pack(want))
    else:
        arrays, ratio = _along(got, judge, rng), float("nan")
    adjoint = tuple(adjoint_errors(tape, rng))
    return GradientCheck(judge.method, arrays, max(apart), adjoint, ratio, judge.tolerance)


@dataclass(frozen=True, eq=False)
class _Judge:
    """The slope of a cost at a point by numbers alone, and how far it can be trusted."""

    cost: Callable[[Parameters], complex]
    point: Parameters
    by_complex_step: bool
    rounding: float

    @property
    def method(self) -> str:
        return "complex step" if self.by_complex_step else "central differences"

    @property
    def tolerance(self) -> float:
        return max(TOLERANCE[self.method], self.rounding)

    @cached_property
    def least(self) -> float:
        """The scale below which a gradient is nothing but rounding of the cost."""
        rounding = 4 * np.finfo(np.float64).eps * abs(self.cost(self.point))
        return float(rounding / self.tolerance / (1.0 if self.by_complex_step else CENTRAL_STEP)) or 1.0

    def slope(self, direction: Parameters) -> float:
        """The derivative of the cost along a direction."""
        if self.by_complex_step:
            return complex(self._at(direction, COMPLEX_STEP * 1j)).imag / COMPLEX_STEP
        ahead, behind = (complex(self._at(direction, step)).real for step in (CENTRAL_STEP, -CENTRAL_STEP))
        return (ahead - behind) / (2 * CENTRAL_STEP)

    def gradient(self) -> Parameters:
        """The gradient, one parameter after the other."""
        unit, result = _zeros_like(self.point), _zeros_like(self.point)
        for moving, into in zip(_arrays(unit), _arrays(result), strict=True):
            for place in np.ndindex(moving.shape):
                moving[place] = 1
                into[place] = self.slope(unit)
                moving[place] = 0
        return result

    def apart(self, gradient: Parameters, direction: Parameters) -> tuple[float, float, float]:
        """How far a gradient's slope along a direction is off, relative to the terms it adds up, and both slopes."""
        terms = [
            np.where(d == 0, 0, g * d) for g, d in zip(_arrays(gradient), _arrays(direction), strict=True)
        ]
        got, want = float(sum(term.sum() for term in terms)), self.slope(direction)
        scale = max(float(sum(np.abs(term).sum() for term in terms)), abs(want), self.least)
        return abs(got - want) / scale, got, want

    def _at(self, direction: Parameters, step: complex) -> complex:
        return self.cost(shifted(self.point, direction, step))


def adjoint_errors(tape: Tape, rng: np.random.Generator) -> Iterable[float]:
    """For the Jacobian of every layer |<u, J t> - <J' u, t>|, relative to the magnitudes of the terms of both sums.

    The products themselves may be much smaller, where a saturated softmax subtracts two sums that are almost equal.
    """
    for J in tape.jacobians:
        K, S, N = J.shape
        u, t = rng.normal(size=(K, N)), rng.normal(size=(S, N))
        forwards, backwards = u * J.jvp(t), J.vjp(u) * t
        yield float(abs(forwards.sum() - backwards.sum()) / (2 * J.terms(u, t) or 1.0))


def _takes_complex(tape: Tape, cost: Callable[[Parameters], complex], point: Parameters) -> bool:
    """Whether a complex point gives a finite complex cost, with the real part that the real point has."""
    own = [(layer.activation, len(z)) for layer, z in zip(tape.layers, tape.z, strict=True)]
    if not all(a.takes_complex(rows) for a, rows in own if isinstance(a, FromFunction)):
        return False
    try:
        moved = cost(shifted(point, point, COMPLEX_STEP * 1j))
    except (TypeError, ValueError):
        return False
    real = complex(cost(point)).real
    return bool(np.iscomplexobj(moved)) and bool(np.isclose(complex(moved).real, real, rtol=1e-12, atol=0))


def _along(got: Parameters, judge: _Judge, rng: np.random.Generator) -> tuple[ArrayCheck, ...]:
    """Every array along random directions that move it alone."""
    checks = []
    for position, (name, array) in enumerate(zip(_names(got), _arrays(got), strict=True)):
        tried = []
        for _ in range(DIRECTIONS):
            direction = _zeros_like(got)
            _arrays(direction)[position][...] = rng.normal(size=array.shape)
            tried.append(judge.apart(got, direction))
        error, ours, theirs = max(tried, key=lambda one: np.nan_to_num(one[0], nan=np.inf))
        how, ok = "along a random direction", error <= judge.tolerance
        checks.append(ArrayCheck(name, array.shape, error, (0, 0), ours, theirs, how, ok))
    return tuple(checks)


def _compare(got: Parameters, want: Parameters, judge: _Judge) -> tuple[ArrayCheck, ...]:
    scale = max(judge.least, *(float(np.abs(array).max(initial=0.0)) for array in _arrays(want)))
    allowed = judge.tolerance * scale
    checks = []
    for name, ours, theirs in zip(_names(got), _arrays(got), _arrays(want), strict=True):
        if not ours.size:
            continue
        apart = np.where(np.isnan(ours - theirs), np.inf, np.abs(ours - theirs))
        row, column = (int(i) for i in np.unravel_index(int(apart.argmax()), apart.shape))
        error, ok = float(apart.max()) / scale, bool(apart.max() <= allowed)
        how = "" if ok else _pattern(ours, theirs, allowed)
        values = float(ours[row, column]), float(theirs[row, column])
        checks.append(ArrayCheck(name, ours.shape, error, (row, column), *values, how, ok))
    return tuple(checks)


def _pattern(ours: Array, theirs: Array, allowed: float) -> str:
    """What the difference looks like: a factor, a sign, some elements, a constant, or all of it."""
    unbounded = int((~np.isfinite(ours)).sum())
    if unbounded:
        return f"{unbounded} of {ours.size} elements are not finite"
    wrong = np.abs(ours - theirs) > allowed
    there = np.abs(theirs) > allowed
    if there.any():
        ratios = ours[there] / theirs[there]
        factor = float(np.median(ratios))
        if np.abs(ours - factor * theirs).max() <= allowed * max(1.0, abs(factor)) and factor != 0:
            return f"{factor:.6g} times what it should be"
    flipped = np.abs(ours + theirs) <= allowed
    count = int(wrong.sum())
    if (flipped | ~wrong).all():
        return f"the sign of {count} of {wrong.size} elements is wrong"
    if count < wrong.size:
        return f"{count} of {wrong.size} elements are wrong"
    if np.ptp(ours - theirs) <= allowed:
        return "a constant is added to every element"
    return "every element is wrong"


def _checked(gradients: Parameterised, tape: Tape) -> Parameters:
    if not isinstance(gradients, Parameterised):
        raise ArgumentError(
            f"the gradients are {type(gradients).__name__}; something with `weights` and `biases` is expected, "
            "such as Parameters(weights, biases)"
        )
    weights, biases = (
        tuple(as_numbers(array, "a gradient") for array in arrays)
        for arrays in (gradients.weights, gradients.biases)
    )
    found = Parameters(weights, biases)
    if not len(found.weights) == len(found.biases) == len(tape.layers):
        raise ArgumentError(f"{len(found.weights)} weight gradients were given for {len(tape.layers)} layers")
    point = Parameters(tape.weights, tape.biases)
    for name, ours, theirs in zip(_names(point), _arrays(found), _arrays(point), strict=True):
        if ours.shape != theirs.shape:
            raise ShapeError(
                f"the gradient of {name} is {size(ours.shape)}; the parameter is {size(theirs.shape)}"
            )
    return found


def _wide(array: Array) -> Array:
    """In double precision at least."""
    return array.astype(np.result_type(array, np.float64), copy=False)


def _widened(tape: Tape) -> Parameters:
    return Parameters(tuple(map(_wide, tape.weights)), tuple(map(_wide, tape.biases)))


def _rounding(gradients: Parameters) -> float:
    """What the coarsest array may be off by, relative to the largest of all."""
    kinds = {array.dtype for array in _arrays(gradients) if array.dtype.kind in "fc"}
    return max((ROUNDED * float(np.finfo(kind).eps) for kind in kinds), default=0.0)


def _arrays(point: Parameters) -> list[Array]:
    return [array for pair in zip(point.weights, point.biases, strict=True) for array in pair]


def _names(point: Parameters) -> list[str]:
    return [f"{kind} of layer {n}" for n in range(1, len(point.weights) + 1) for kind in ("weights", "bias")]


def _zeros_like(point: Parameters) -> Parameters:
    return Parameters(
        tuple(np.zeros(W.shape) for W in point.weights), tuple(np.zeros(b.shape) for b in point.biases)
    )


def _random_like(point: Parameters, rng: np.random.Generator) -> Parameters:
    direction = _zeros_like(point)
    for array in _arrays(direction):
        array[...] = rng.normal(size=array.shape)
    return direction


def _ratio(got: Array, want: Array) -> float:
    below = float(np.linalg.norm(want + got))
    return float(np.linalg.norm(want - got)) / below if below else 0.0
