"""Which generator and seed made an array of random numbers, told from its first values."""

from collections.abc import Callable
from functools import cache

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.facts import Facts

SEEDS = 1000  # further seeds are tried when they are among the inputs
BEGINNING = 2
Draw = Callable[[int, int], Array]


def octave_uniform(seed: int, n: int) -> Array:
    """Octave's rand after rand('twister', seed) or rng(seed): init_by_array of one word."""
    return _seeded([seed]).random_sample(n)


def matlab_uniform(seed: int, n: int) -> Array:
    """MATLAB's rand after rng(seed), where 0 means 5489: init_genrand, as NumPy's RandomState."""
    return _seeded(seed or 5489).random_sample(n)


def legacy_uniform(seed: int, n: int) -> Array:
    """np.random.RandomState(seed).rand."""
    return _seeded(seed).random_sample(n)


def pcg_uniform(seed: int, n: int) -> Array:
    """np.random.default_rng(seed).random."""
    return np.random.default_rng(seed).random(n)


def legacy_normal(seed: int, n: int) -> Array:
    """np.random.RandomState(seed).randn."""
    return _seeded(seed).standard_normal(n)


def pcg_normal(seed: int, n: int) -> Array:
    """np.random.default_rng(seed).standard_normal."""
    return np.random.default_rng(seed).standard_normal(n)


def _seeded(seed: int | list[int]) -> np.random.RandomState:
    """A Mersenne Twister of a seed: one is kept and seeded again, which is quicker than making it."""
    generator = _twister()
    generator.seed(seed)
    return generator


@cache
def _twister() -> np.random.RandomState:
    return np.random.RandomState()


def seed_of(values: Array, draw: Draw, facts: Facts) -> int | None:
    """The seed with which a generator draws these values, in this order; None when no likely seed does.

    What was given to the program is no draw of its own, however it was made.
    """
    if any(np.array_equal(values, order) for array in facts.arrays.values() for order in readings(array)):
        return None
    given = [int(s) for s in facts.scalars.values() if 0 <= s < 2**32 and s == int(s)]
    alike = np.flatnonzero((_beginnings(draw) == values[:BEGINNING]).all(axis=1)).tolist()
    return next((s for s in (*given, *alike) if np.array_equal(draw(s, values.size), values)), None)


@cache
def _beginnings(draw: Draw) -> Array:
    """(SEEDS, 2): the first values of every small seed."""
    return np.stack([draw(seed, BEGINNING) for seed in range(SEEDS)])


def readings(array: Array) -> tuple[Array, ...]:
    """The values down the columns and along the rows; a vector reads the same both ways."""
    by_columns, by_rows = array.ravel(order="F"), array.ravel()
    return (by_columns,) if np.array_equal(by_columns, by_rows) else (by_columns, by_rows)
