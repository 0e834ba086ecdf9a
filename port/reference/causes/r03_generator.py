"""default_rng(seed) is not MATLAB's rng(seed).

`np.random.default_rng` is PCG64, another generator, although NumPy's guide for MATLAB users lists it beside
`rng`. MATLAB's is `np.random.RandomState(seed)`.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import is_raw_uniform, is_unit
from port.reference.causes.streams import pcg_uniform, readings, seed_of

MANUAL = Manual(
    code="R03",
    stage="stream",
    setup="import random as rr",
    matlab="rng(42); ref=rand(1,4);",
    wrong="got = np.random.default_rng(42).random((1, 4))",
    right="rr.seed(42); got = np.array([[rr.random() for _ in range(4)]])",
    remedy="Use np.random.RandomState(seed) for MATLAB, RandomState([seed]) for Octave.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is drawn by PCG64 of a small seed, want is uniform too."""
    if pair.same_shape and is_unit(pair.want) and is_raw_uniform(pair.got):
        for drawn in readings(pair.got):
            seed = seed_of(drawn, pcg_uniform, pair.facts)
            if seed is not None:
                yield pair.explained(
                    f"got is default_rng({seed}).random, want is another stream", weight=0.95
                )
                return
