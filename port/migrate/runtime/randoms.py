"""Random numbers from Octave's streams: the same seed draws the same numbers."""

from time import time_ns
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.shapes import extents
from port.migrate.runtime.values import Value, matrix, number, unbox
from port.random import OctaveStream

STREAM = OctaveStream(time_ns() % 2**32)


def _drawn(name: str, arguments: tuple[Value, ...]) -> Value:
    """Draw `rand(m, n)` and its like, or seed and give nothing back: `rand("state", 1)`, `randn("twister",
    1)`.
    """
    if arguments and isinstance(arguments[0], str) and arguments[0] in ("seed", "state", "twister"):
        if len(arguments) == 1:
            return STREAM.state(name)
        STREAM.seed(
            name, time_ns() % 2**32 if isinstance(arguments[1], str) else matrix(arguments[1]).ravel()
        )
        return None
    classes = [a for a in arguments if isinstance(a, str)]
    shape = extents(*(a for a in arguments if not isinstance(a, str)))
    dtype = "single" if "single" in classes else "double"
    return unbox(matrix(getattr(STREAM, name)(shape, dtype=dtype)))


def rand(*arguments: Value) -> Value:
    """Uniform on (0, 1), of a size given as for `zeros`; `rand("state", seed)` seeds."""
    return _drawn("rand", arguments)


def randn(*arguments: Value) -> Value:
    """Standard normal, of a size given as for `zeros`; `randn("state", seed)` seeds."""
    return _drawn("randn", arguments)


def rande(*arguments: Value) -> Value:
    """Exponential of mean 1, of a size given as for `zeros`; `rande("state", seed)` seeds."""
    return _drawn("rande", arguments)


def randi(bounds: Value, *dims: Value) -> Value:
    """Whole numbers from 1 to a bound, or between two, both included; of a size given as for `zeros`."""
    limits = [float(v) for v in matrix(bounds).ravel()]
    shape = extents(*(d for d in dims if not isinstance(d, str)))
    classes = [d for d in dims if isinstance(d, str)]
    return unbox(
        matrix(
            STREAM.randi(limits if len(limits) > 1 else limits[0], shape, dtype=(classes or ["double"])[0])
        )
    )


def randperm(n: Value, count: Value = None) -> Value:
    """1..n in random order as a row, or `count` of them."""
    return unbox(matrix(STREAM.randperm(number(n), None if count is None else number(count))))


def rng(seed: Value = None, *generator: Any) -> SimpleNamespace:
    """Seed `rand` and `randn`, by a number, "default" (0), "shuffle" (from the clock) or what `rng` gave before; gives
    the state before that.
    """
    before = SimpleNamespace(
        Type="twister", Seed="Not applicable", State=[STREAM.state("rand"), STREAM.state("randn")]
    )
    if isinstance(seed, SimpleNamespace):
        states = [matrix(state).ravel() for state in seed.State]
    elif seed is not None:
        number_of = {"default": 0, "shuffle": time_ns() % 2**32}
        states = [np.asarray(number_of[seed]) if isinstance(seed, str) else matrix(seed).ravel()] * 2
    else:
        states = []
    for name, state in zip(("rand", "randn"), states, strict=False):
        STREAM.seed(name, state)
    return before
