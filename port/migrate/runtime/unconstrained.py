"""Unconstrained minima as Octave seeks them, step for step: the same iterations, up to rounding."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.calling import feval
from port.migrate.runtime.values import Array, Value, matrix, number, unbox

GROWTH = 1.4142
"""By what a trust region grows beyond the step that was good, and its shrinking hastens."""


def fminunc(function: Callable[..., Any], start: Value, options: Any = None, *, nargout: int = 1) -> Any:
    """A minimum near `start`, by a trust region on a damped BFGS model of the function; the gradient is its second
    output where `GradObj` is "on", else taken from differences.

    With `nargout` the value there, why it ended (1 the gradient, 2 the step, 3 the value changes no more, 0 too many
    steps, -3 the region is too small), the counts, the gradient and the Hessian.
    """
    objective = CountedFunction(function, matrix(start).shape, options)
    search = _search(objective, matrix(start).astype(float).ravel(order="F"))
    _sought(objective, search)
    best = objective.shaped(search.x)
    if nargout < 2:
        return best
    report = SimpleNamespace(
        iterations=float(search.steps), successful=float(search.successes), funcCount=float(objective.calls)
    )
    before = search.gradient
    if nargout > 4 and search.info in (2, 3):
        search.value, search.gradient = objective.slope(search.x, search.value)
    if nargout > 5 and search.info in (2, 3):
        _learn(search, before)
    outputs = (
        best,
        np.float64(search.value),
        float(search.info),
        report,
        objective.shaped(search.gradient),
        unbox(search.root.T @ search.root),
    )
    return outputs[:nargout]


class CountedFunction:
    """A function of a point as a flat array, with its options; it counts its calls."""

    def __init__(self, function: Callable[..., Any], shape: tuple[int, ...], options: Any) -> None:
        given = {name.lower(): value for name, value in vars(options).items()} if options is not None else {}
        size = int(np.prod(shape))
        self.function, self.shape, self.calls = function, shape, 0
        self.has_gradient = str(given.get("gradobj", "off")).lower() == "on"
        self.central = str(given.get("findifftype", "forward")).lower() == "central"
        self.most_steps = number(given.get("maxiter", 400))
        self.most_calls = number(given.get("maxfunevals", 100 * size))
        self.tolerance, self.shortest = number(given.get("tolfun", 1e-7)), number(given.get("tolx", 1e-7))

    def shaped(self, x: Array) -> Value:
        """A point as the function takes it."""
        return unbox(x.reshape(self.shape, order="F"))

    def value(self, x: Array) -> float:
        """The value at a point."""
        return number(feval(self.function, self.shaped(x)))

    def counted(self, x: Array) -> float:
        """The value at a point where a step leads."""
        self.calls += 1
        return self.value(x)

    def slope(self, x: Array, value: float) -> tuple[float, Array]:
        """The value and the gradient at a point whose value is known."""
        if self.has_gradient:
            self.calls += 1
            cost, gradient = feval(self.function, self.shaped(x), nargout=2)
            return number(cost), matrix(gradient).astype(float).ravel(order="F")
        self.calls += x.size * (1 + self.central)
        return value, self._differences(x, value)

    def _differences(self, x: Array, value: float) -> Array:
        """The gradient from differences, central or forward."""
        epsilon = np.finfo(float).eps
        signs = np.where(x < 0, -1.0, 1.0)
        widths = np.maximum(abs(x), 1) * (epsilon ** (1 / 3) if self.central else epsilon**0.5 * signs)
        gradient = np.zeros(x.size)
        for place, width in enumerate(widths):
            ahead, behind = x.copy(), x.copy()
            ahead[place] += width
            behind[place] -= width * self.central
            below = self.value(behind) if self.central else value
            gradient[place] = (self.value(ahead) - below) / (ahead[place] - behind[place])
        return gradient


def _search(objective: CountedFunction, x: Array) -> SimpleNamespace:
    """Where a search begins: `root` is the factor of the model's Hessian, `image` its product with the step."""
    return SimpleNamespace(
        x=x, value=objective.value(x), gradient=None, root=np.eye(x.size), radius=0.0, extent=0.0,
        step=np.zeros(x.size), image=np.zeros(x.size), ratio=0.0, steps=1, successes=0, info=0,
    )  # fmt: skip


def _sought(objective: CountedFunction, search: SimpleNamespace) -> None:
    """Move a search to where it ends."""
    while search.steps < objective.most_steps and objective.calls < objective.most_calls and not search.info:
        before = search.gradient
        search.value, search.gradient = objective.slope(search.x, search.value)
        if before is None:
            search.extent = np.linalg.norm(search.x)
            search.radius = 0.1 * max(search.extent, 1)
        else:
            search.info = _learn(search, before)
        if np.linalg.norm(search.gradient) <= objective.tolerance * search.x.size * search.extent:
            search.info = 1
        else:
            _advance(objective, search)


def _learn(search: SimpleNamespace, before: Array) -> int:
    """Update the model by the change of the gradient along the last step; 1 where it had to start anew."""
    change, bent = search.gradient - before, search.root.T @ search.image
    curvature = search.image @ search.image
    share = 0.8 / max(1 - change @ search.step / curvature, 0.8)
    damped = share * change + (1 - share) * bent
    grown = np.vstack([search.root, damped / np.sqrt(search.step @ damped)])
    root = np.asarray(np.linalg.qr(grown, mode="r"))
    inner = np.linalg.solve(root.T, bent / np.sqrt(curvature))
    try:
        search.root = np.linalg.cholesky(np.eye(inner.size) - np.outer(inner, inner)).T @ root
    except np.linalg.LinAlgError:
        search.root = np.eye(inner.size)
        return 1
    return 0


def _advance(objective: CountedFunction, search: SimpleNamespace) -> None:
    """Shrink the region until a step in it lowers the value."""
    shrink, moved = 0.5, False
    while (
        not (moved or search.info)
        and search.steps <= objective.most_steps
        and objective.calls < objective.most_calls
    ):
        search.step = -_dogleg(search.root, search.gradient, search.radius)
        length = np.linalg.norm(search.step)
        if search.steps == 1:
            search.radius = min(search.radius, length)
        value = objective.counted(search.x + search.step)
        lowered = (search.value - value) / (abs(value) + abs(search.value)) if value < search.value else -1.0
        search.image = search.root @ search.step
        ratio = _ratio(search, lowered)
        if ratio < min(max(0.1, 0.8 * search.ratio), 0.9):
            search.radius *= shrink
            shrink **= GROWTH
            if search.radius <= 10 * np.finfo(float).eps * search.extent:
                search.info = -3
                return
        else:
            search.ratio, shrink = ratio, 0.5
            if abs(1 - ratio) <= 0.1:
                search.radius = GROWTH * length
            elif ratio >= 0.5:
                search.radius = max(search.radius, GROWTH * length)
        search.steps += 1
        moved = ratio >= 1e-4
        if moved:
            search.x, search.value = search.x + search.step, value
            search.extent = np.linalg.norm(search.x)
            search.successes += 1
            close = length <= objective.shortest * search.extent
            search.info = 2 if close else 3 if lowered < objective.tolerance else 0


def _ratio(search: SimpleNamespace, lowered: float) -> float:
    """How much of the fall that the model foretold came true; 0 where it foretold none."""
    foretold = search.image @ search.image / 2 + search.gradient @ search.step
    if not foretold < 0:
        return 0.0
    return float(lowered / (-foretold / (abs(search.value) + abs(search.value + foretold))))


def _dogleg(root: Array, gradient: Array, radius: float) -> Array:
    """The step against the model in the region: Newton's, the steepest descent's, or a point on the way between."""
    half = _solved(root.T, gradient)
    newton = _solved(root, half)
    length, slope = np.linalg.norm(newton), np.linalg.norm(gradient)
    if length <= radius:
        return newton
    if slope == 0:
        return np.asarray(radius / length * newton)
    steepest = gradient / slope
    bend = np.linalg.norm(root @ steepest)
    lowest = float(slope / bend / bend)
    share = 0.0
    if lowest < radius:
        near, far = radius / length, lowest / radius
        t = np.linalg.norm(half) / slope * (np.linalg.norm(half) / length) * far
        t -= near * far**2 - np.sqrt((t - near) ** 2 + (1 - near**2) * (1 - far**2))
        share = near * (1 - far**2) / t
    return np.asarray(share * newton + (1 - share) * min(lowest, radius) * steepest)


def _solved(a: Array, b: Array) -> Array:
    """The solution of linear equations, of a singular system the shortest."""
    try:
        return np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(a, b, rcond=None)[0]
