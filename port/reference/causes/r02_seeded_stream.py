"""Octave's stream of a seed is not MATLAB's, nor NumPy's RandomState(seed).

All three are the Mersenne Twister, but Octave seeds it with an array of words and MATLAB (and NumPy) with
one word. `RandomState([seed])` is Octave's, `RandomState(seed)` is MATLAB's.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import is_raw_uniform, is_unit
from port.reference.causes.streams import legacy_uniform, octave_uniform, readings, seed_of

MANUAL = Manual(
    code="R02",
    stage="stream",
    setup="import random as rr",
    matlab="rng(42); ref=rand(1,4);",
    wrong="got = np.random.RandomState(42).rand(1, 4)",
    right="rr.seed(42); got = np.array([[rr.random() for _ in range(4)]])",
    remedy="Seed with an array, RandomState([seed]), for Octave; port.random has both streams.",
    see="https://github.com/mne-tools/mne-python/blob/main/mne/utils/tests/test_numerics.py",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Both are fresh draws of one seed: want as Octave seeds, got as RandomState does."""
    if pair.same_shape and is_unit(pair.want) and is_raw_uniform(pair.got):
        for drawn in readings(pair.got):
            seed = seed_of(drawn, legacy_uniform, pair.facts)
            if seed is not None:
                octave = any((octave_uniform(seed, w.size) == w).all() for w in readings(pair.want))
                said = f"got is RandomState({seed}), want {f'RandomState([{seed}])' if octave else 'another stream'}"
                yield pair.explained(said, weight=1.0 if octave else 0.5)
                return
