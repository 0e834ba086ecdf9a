"""The comparison beside NumPy's own, in time and memory, and the diagnosis by size.

    python benchmarks/compare.py [--sizes 1e4,1e6,1e8] [--rounds 5] [--out benchmarks/results/compare.csv]

One thread, float64. Three relations: equal arrays, the same with rounding in every element, the same with one element
changed. Every round runs every way once, in turn; a figure is the median, `best` the least, `of_reading` the least
over the least time to read both arrays once (their maxima). `extra` is the most memory asked for, in bytes an element.
"""

import argparse
import os
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np
from publish import publish

from port.reference import compare, diagnose

Way = Callable[[np.ndarray, np.ndarray], object]
READING = "reading both"
SHORT = 2e6
"""Elements in all rounds of arrays that are small: what takes microseconds is measured more often."""


def silenced(check: Callable[..., object], **options: object) -> Way:
    """An assertion of numpy.testing whose failure is an answer too."""

    def way(got: np.ndarray, want: np.ndarray) -> object:
        try:
            return check(got, want, **options)
        except AssertionError as error:
            return error

    return way


WAYS: dict[str, Way] = {
    READING: lambda got, want: (got.max(), want.max()),
    "matport compare": lambda got, want: compare(got, want),
    "numpy.allclose": lambda got, want: np.allclose(got, want, rtol=1e-10, atol=0),
    "assert_allclose": silenced(np.testing.assert_allclose, rtol=1e-10),
    "assert_array_max_ulp": silenced(np.testing.assert_array_max_ulp, maxulp=4),
}


def relations(n: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """(got, want) by what the two have to do with each other."""
    want = np.random.default_rng(0).standard_normal(n)
    changed = want.copy()
    changed[n // 2] += 1
    return {
        "equal": (want.copy(), want),
        "rounding everywhere": (want * (1 + 2e-15), want),
        "one element changed": (changed, want),
    }


def measure(n: int, rounds: int) -> list[dict[str, object]]:
    """A row for every relation and way."""
    rows = []
    rounds = max(rounds, min(200, int(SHORT / n)))
    for relation, (got, want) in relations(n).items():
        taken = [{name: seconds(way, got, want) for name, way in WAYS.items()} for _ in range(rounds)]
        best = {name: min(row[name] for row in taken) for name in WAYS}
        for name, way in WAYS.items():
            rows.append(
                {
                    "elements": n,
                    "relation": relation,
                    "way": name,
                    "milliseconds": round(1e3 * statistics.median(row[name] for row in taken), 4),
                    "best": round(1e3 * best[name], 4),
                    "of_reading": round(best[name] / best[READING], 2),
                    "extra": round(asked_for(way, got, want) / n, 2),
                    "rounds": rounds,
                }
            )
    return rows


def diagnoses(rounds: int) -> list[dict[str, object]]:
    """The time of a diagnosis, of arrays of no relation (the whole search) and of two mistakes at once."""
    rows = []
    for side in (20, 200, 1000):
        rng = np.random.default_rng(side)
        want, other = rng.standard_normal((side, side)), rng.standard_normal((side, side))
        for relation, got in (("no relation", other), ("transposed, without 1/m", 8 * want.T)):
            taken = [seconds(lambda got, want: diagnose(want, got), got, want) for _ in range(rounds + 1)][1:]
            rows.append(
                {
                    "elements": side * side,
                    "relation": relation,
                    "way": "matport diagnose",
                    "milliseconds": round(1e3 * statistics.median(taken), 2),
                    "best": round(1e3 * min(taken), 2),
                    "of_reading": "",
                    "extra": "",
                    "rounds": rounds,
                }
            )
    return rows


def seconds(way: Way, got: np.ndarray, want: np.ndarray) -> float:
    start = time.perf_counter()
    way(got, want)
    return time.perf_counter() - start


def asked_for(way: Way, got: np.ndarray, want: np.ndarray) -> int:
    """The most bytes held at once during a call."""
    tracemalloc.start()
    way(got, want)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1e4,1e6,1e8")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "compare.csv")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = [row for size in options.sizes.split(",") for row in measure(int(float(size)), options.rounds)]
    rows += diagnoses(options.rounds)
    publish(rows, options.out)


if __name__ == "__main__":
    main()
