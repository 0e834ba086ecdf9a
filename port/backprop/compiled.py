"""A plan whose epochs are compiled (kernel.py): the same interface as plan.Plan, for what the kernel knows.

The kernel is taken wherever numba is installed (`pip install 'matport[fast]'`), unless MATPORT_KERNEL is "off". Batches
of much work are shared among as many threads as BLAS is given: OPENBLAS_NUM_THREADS, OMP_NUM_THREADS, or every core.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from port.backprop.activations import Activation, Identity, Relu, Sigmoid, Softmax, Tanh
from port.backprop.arrays import Array
from port.backprop.crew import Gate, Work, crew
from port.backprop.network import Layer, Tape, with_parameters
from port.backprop.parameters import Parameterised, Parameters

if TYPE_CHECKING:
    from port.backprop import kernel
    from port.backprop.plan import Goal, Rule

SWITCH = "MATPORT_KERNEL"
CODES: dict[type[Activation], int] = {Identity: 0, Sigmoid: 1, Tanh: 2, Relu: 3, Softmax: 4}
TILE = 64
PIECE = 1e10
SHARED_FROM = 1.7e7
NOBODY: Gate = np.zeros(0, np.int64)


def wanted() -> bool:
    """Whether MATPORT_KERNEL lets the kernel be taken."""
    return os.environ.get(SWITCH, "").lower() not in ("off", "0", "no")


def state() -> str:
    """Which path training takes, and why."""
    if not wanted():
        return f"NumPy alone, for {SWITCH} is {os.environ[SWITCH]}"
    if not find_spec("numba"):
        return ""
    return f"compiled by numba {version('numba')}, {threads()} thread{'s' * (threads() > 1)}"


def kernel_in_use() -> Any:
    """The kernel, or None where it is not wanted or cannot be used."""
    return kernel_module() if wanted() else None


@cache
def kernel_module() -> Any:
    """The kernel, or None where numba is missing or cannot be used here; one line says so, or that it compiles."""
    if not find_spec("numba"):
        return _told("training runs on NumPy alone; pip install 'matport[fast]' compiles it")
    try:
        kernel: Any = import_module("port.backprop.kernel")
        kept = Path(kernel.batches.stats.cache_path)
    except Exception as error:  # whatever an installation that does not fit makes of it
        return _told(f"training runs on NumPy alone, for numba cannot be used ({error})")
    if not any(kept.glob(f"{Path(kernel.__file__).stem}.*.nbi")):
        _told("compiling the training kernel, which takes some seconds and is kept on disk")
    return kernel


def _told(what: str) -> None:
    logging.getLogger("matport").warning("matport: %s", what)


def threads() -> int:
    """How many threads BLAS is given."""
    told = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS") or ""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(int(told), cores) if told.isdecimal() and int(told) else cores


@dataclass(frozen=True, eq=False)
class CompiledPlan:
    """A network and its samples laid out for the kernel: `x` (N, P), a row [x; 1; 0 ...] a sample, `y` (N, K).

    `theta` is flat. Every thread has its own `tiles`, and its share of a step in a row of `steps`, laid out like theta,
    if steps are shared; the first row is the last step. `work` is how many floating-point operations a sample is.
    """

    kernel: Any
    net: "kernel.Net"
    x: Array
    y: Array
    goal: "Goal"
    rule: "Rule"
    theta: Array
    steps: Array
    tiles: tuple["kernel.Tiles", ...]
    work: float

    def descend(
        self, layers: Sequence[Layer], steps: Parameterised, rate: float, batches: Sequence[NDArray[np.intp]]
    ) -> tuple[list[Layer], Parameters]:
        """An epoch: from `layers` and the last `steps` to the layers and the step after all batches."""
        step = self.steps[0]
        self._fill(self.theta, [(layer.weights, layer.bias) for layer in layers])
        self._fill(step, zip(steps.weights, steps.biases, strict=True))
        rows, size, last = np.concatenate(batches), len(batches[0]), len(batches[-1])
        straight = self.rule.optimiser == "gd" and self.rule.l2 is None
        for part in self._pieces(rows[:-last], size):
            self.walk(part, size, rate, straight=straight)
        self.walk(rows[-last:], last, rate, straight=False)
        return with_parameters(layers, self._parameters(self.theta)), self._parameters(step)

    def score(self, layers: Sequence[Layer]) -> Tape:
        """All samples through what `descend` left: a tape of the last layer's z and a alone, all that a loss needs."""
        z, a = np.empty_like(self.y), np.empty_like(self.y)
        for part in self._pieces(np.arange(len(self.x)), 1):
            T = len(self.tiles) if self.work * len(part) >= SHARED_FROM else 1
            cuts = part[0] + len(part) * np.arange(T + 1) // T
            self._together(partial(self._outputs, cuts, z, a), T)
        return Tape(tuple(layers), self.x[:, : self.net.sizes[0]].T, (z.T,), (a.T,), ())

    def walk(self, rows: NDArray[np.intp], size: int, rate: float, *, straight: bool) -> None:
        """A step for every `size` of the samples `rows`."""
        goal, rule = self._goal(size), self._rule(size, rate, straight)
        step, tiles = self.steps[0], self.tiles[0]
        T = len(self.steps) if self.work * size >= SHARED_FROM else 1
        if T > 1:
            self._together(partial(self._share, goal, rule, size, rows), T)
        elif straight and size == 1:
            self.kernel.online(self.net, self.theta, tiles, self.x, goal, rule.scale, rows)
        else:
            self.kernel.batches(self.net, self.theta, step, tiles, self.x, goal, rule, size, rows)

    def _together(self, work: Work, T: int) -> None:
        """`work(me, gate)` in T threads, of which this is the first."""
        if T > 1:
            crew(self.kernel, T - 1).together(work)
        else:
            work(0, NOBODY)

    def _share(
        self, goal: "kernel.Goal", rule: "kernel.Rule", size: int, rows: NDArray[np.intp], me: int, gate: Gate
    ) -> None:
        """What thread `me` does of a step for every `size` of the samples `rows`."""
        self.kernel.share(
            self.net, self.theta, self.steps, self.tiles[me], self.x, goal, rule, size, rows, gate, me
        )

    def _outputs(self, cuts: NDArray[np.intp], z: Array, a: Array, me: int, gate: Gate) -> None:
        """z and a (N, K) of the last layer for the samples from `cuts[me]` to `cuts[me + 1]`."""
        place = slice(cuts[me], cuts[me + 1])
        rows = np.arange(place.start, place.stop)
        self.kernel.outputs(self.net, self.theta, self.tiles[me], self.x, rows, z[place], a[place])

    def _pieces(self, rows: NDArray[np.intp], size: int) -> Iterator[NDArray[np.intp]]:
        """Parts of whole batches that take a moment each, so that an interruption is heard."""
        width = size * max(1, int(PIECE / (self.work * size)))
        return (rows[start : start + width] for start in range(0, len(rows), width))

    def _goal(self, size: int) -> "kernel.Goal":
        factor = self.goal.factor
        assert factor is not None
        return self.kernel.Goal(self.y, self.goal.pair is not None, factor / self.goal.divisors[size])

    def _rule(self, size: int, rate: float, straight: bool) -> "kernel.Rule":
        momentum = 0.0 if self.rule.optimiser == "gd" else float(self.rule.momentum)
        biases = bool(self.rule.l2 and self.rule.l2.biases)
        return self.kernel.Rule(
            straight, momentum, float(self.rule.scale(rate)), float(self.rule.decay(rate, size)), biases
        )

    def _matrices(self, flat: Array) -> list[Array]:
        """theta = [W b 0 ...] of every layer, as views."""
        net = self.net
        ends = zip(net.at, net.sizes[1:], net.widths[:-1], strict=True)
        return [flat[at : at + K * P].reshape(K, P) for at, K, P in ends]

    def _fill(self, flat: Array, parameters: Iterable[tuple[Array, Array]]) -> None:
        for theta, (W, b) in zip(self._matrices(flat), parameters, strict=True):
            S = W.shape[1]
            theta[:, :S], theta[:, S : S + 1] = W, b

    def _parameters(self, flat: Array) -> Parameters:
        """Copies of the parameters in `flat`."""
        pairs = list(zip(self._matrices(flat), self.net.sizes, strict=False))
        return Parameters(
            tuple(theta[:, :S].copy() for theta, S in pairs),
            tuple(theta[:, S : S + 1].copy() for theta, S in pairs),
        )


def lay_out(
    layers: Sequence[Layer], x: Array, goal: "Goal", rule: "Rule", batch_size: int
) -> CompiledPlan | None:
    """The compiled plan of a run, or None where the kernel is not there or does not know the goal."""
    if goal.factor is None or (kernel := kernel_in_use()) is None:
        return None
    net = _net(kernel, layers, min(TILE, max(2, batch_size)))
    work = 6.0 * float(sum(layer.weights.size for layer in layers))
    team = threads() if work * len(x.T) >= SHARED_FROM else 1
    sharers = team if work * batch_size >= SHARED_FROM else 1
    count = _parameter_count(net)
    return CompiledPlan(
        kernel=kernel,
        net=net,
        x=_rows(x, net.widths[0]),
        y=np.ascontiguousarray(goal.y.T),
        goal=goal,
        rule=rule,
        theta=_aligned(count),
        steps=_aligned(sharers * count).reshape(sharers, count),
        tiles=tuple(_tiles(kernel, net) for _ in range(team)),
        work=work,
    )


def _net(module: Any, layers: Sequence[Layer], tile: int) -> "kernel.Net":
    sizes = np.array([layers[0].weights.shape[1], *(layer.weights.shape[0] for layer in layers)])
    widths = (sizes // module.VECTOR + 1) * module.VECTOR
    ends = np.cumsum(sizes[1:] * widths[:-1])
    codes = [CODES[type(layer.activation)] for layer in layers]
    temperatures = [float(getattr(layer.activation, "temperature", 1.0)) for layer in layers]
    net: kernel.Net = module.Net(
        sizes=sizes,
        widths=widths,
        at=np.r_[0, ends[:-1]],
        beside=tile * np.r_[0, np.cumsum(widths[1:-1])],
        codes=np.array(codes),
        temperatures=np.array(temperatures),
        every=np.arange(max(tile, *sizes)),
        tile=tile,
    )
    return net


def _parameter_count(net: "kernel.Net") -> int:
    """How many numbers theta is, with what pads it."""
    return int(np.sum(net.sizes[1:] * net.widths[:-1]))


def _tiles(module: Any, net: "kernel.Net") -> "kernel.Tiles":
    size = int(net.tile * net.widths[1:].sum())
    tiles: kernel.Tiles = module.Tiles(_aligned(size), _aligned(size))
    for at, K, P in zip(net.beside, net.sizes[1:], net.widths[1:], strict=True):
        tiles.a[at : at + net.tile * P].reshape(net.tile, P)[:, K] = 1
    return tiles


def _rows(x: Array, width: int) -> Array:
    """A row [x; 1; 0 ...] for every sample."""
    D, N = x.shape
    rows = _aligned(N * width).reshape(N, width)
    rows[:, :D], rows[:, D] = x.T, 1
    return rows


def _aligned(size: int) -> Array:
    """Zeros that begin where a line of the cache does."""
    numbers = np.zeros(size + 8)
    start = -numbers.ctypes.data // 8 % 8
    return numbers[start : start + size]
