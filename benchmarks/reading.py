"""Reading .mat files beside scipy.io: the shipped references, and one matrix of 100 MB.

    python benchmarks/reading.py [--rounds 7] [--out benchmarks/results/reading.csv]

One thread; rounds are interleaved, figures are medians in milliseconds. Ours keeps MATLAB's classes and sets limits
against files that lie, which scipy.io does not.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from threads import THREADS  # isort: skip  (before NumPy)

import numpy as np
from publish import publish
from scipy.io import loadmat, savemat

from port.reference import suite_folder
from port.reference.matfile import read_mat


def ways(folder: Path) -> dict[tuple[str, str], Callable[[], object]]:
    """(What is read, by what) -> how."""
    references = sorted(suite_folder().glob("*.mat"))
    large = folder / "large.mat"
    savemat(large, {"x": np.random.default_rng(0).standard_normal((1000, 12_500))})
    many, one = f"{len(references)} references", "a matrix of 100 MB"
    return {
        (many, "matport"): lambda: [read_mat(path) for path in references],
        (many, "scipy.io"): lambda: [loadmat(path) for path in references],
        (one, "matport"): lambda: read_mat(large),
        (one, "scipy.io"): lambda: loadmat(large),
    }


def seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def measure(rounds: int) -> list[dict[str, object]]:
    """A row for every way."""
    with tempfile.TemporaryDirectory() as folder:
        found = ways(Path(folder))
        taken = [{key: 1e3 * seconds(way) for key, way in found.items()} for _ in range(rounds + 1)][1:]
    return [
        {
            "what": what,
            "by": by,
            "milliseconds": round(statistics.median(row[what, by] for row in taken), 2),
            "best": round(min(row[what, by] for row in taken), 2),
            "rounds": rounds,
            "threads": THREADS,
        }
        for what, by in found
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "reading.csv")
    options = parser.parse_args()
    rows = measure(options.rounds)
    publish(rows, options.out)


if __name__ == "__main__":
    main()
