"""The compiled pass over many numbers finds what `measure` finds chunk by chunk, to the same bits."""

import numpy as np
import pytest

from port.reference import measure as measuring
from port.reference.measure import CHUNK, measure

pytest.importorskip("numba", reason="numba is not installed")

SHAPE = (3 * CHUNK // 100, 100)
BIG = np.random.default_rng(0).standard_normal(SHAPE)


def rounded(want):
    return want * (1 + np.random.default_rng(1).choice([0, 2e-16, -3e-15], size=want.shape))


def one_changed(want):
    got = want.copy()
    got[7, 5] += 1e-3
    return got


PAIRS = {
    "equal": (BIG, BIG.copy()),
    "rounding": (rounded(BIG), BIG),
    "one element changed": (one_changed(BIG), BIG),
    "every element wrong": (BIG + 1, BIG),
    "column-major": (np.asfortranarray(rounded(BIG)), np.asfortranarray(BIG)),
    "zeros among the wanted": (rounded(BIG), np.where(BIG > 0, BIG, 0)),
    "numbers below normal": (BIG * 5e-324, BIG * 1e-323),
    "overflow": (np.full(SHAPE, 1e308), np.full(SHAPE, -1e308)),
    "NaN and Inf": (np.where(BIG > 2, np.nan, BIG), np.where(BIG > 1, np.inf, BIG)),
    "orders that differ": (np.asfortranarray(rounded(BIG)), BIG),
    "single precision": (BIG.astype(np.float32), BIG),
}


def found(got, want, rtol, atol):
    result = measure(got, want, rtol, atol, 5)
    figures = [result.max_abs, result.max_rel, result.max_scaled, *result.excess, *result.apart]
    places = [axis.tolist() for axis in result.places]
    extent = result.extent
    return figures, places, (extent.count, extent.on_diagonal, extent.first, extent.last)


@pytest.mark.parametrize("tolerance", [(1e-10, 1e-12), (0.0, 1e-12), (1e-15, 0.0), (0.0, 0.0)], ids=str)
@pytest.mark.parametrize("pair", PAIRS)
def test_the_same_is_found(pair, tolerance, monkeypatch):
    monkeypatch.setattr(measuring, "MANY_AT_HAND", 1 << 60)
    monkeypatch.setattr(measuring, "MANY", 1 << 60)
    want = found(*PAIRS[pair], *tolerance)
    monkeypatch.setattr(measuring, "MANY_AT_HAND", 1)
    monkeypatch.setattr(measuring, "MANY", 1)
    got = found(*PAIRS[pair], *tolerance)
    np.testing.assert_array_equal(got[0], want[0])
    assert got[1:] == want[1:]


def test_it_is_taken_of_many_numbers_alone(monkeypatch):
    calls = []
    from port.reference import onepass

    passed = onepass.passed
    monkeypatch.setattr(onepass, "passed", lambda *parts: calls.append(1) or passed(*parts))
    measure(BIG, BIG, 0.0, 0.0, 5)
    assert not calls
    monkeypatch.setattr(measuring, "MANY_AT_HAND", BIG.size)
    monkeypatch.setattr(measuring, "MANY", BIG.size)
    measure(BIG, BIG, 0.0, 0.0, 5)
    assert calls
