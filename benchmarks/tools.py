"""The tools beside their nearest neighbours: reading .mat files, translating, recording.

    python benchmarks/tools.py [--rounds 7] [--out benchmarks/results/tools.csv]

One thread; rounds are interleaved, figures are medians. Reading is of the shipped references and of one matrix of 100
MB; translation of the tests' corpus; recording of a loop of 1,000 statements, in Octave's case beside the same run
without it, a new Octave both times.
"""

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which

from threads import THREADS  # isort: skip

import numpy as np
from scipy.io import loadmat, savemat

from port.migrate import record_matlab, record_python, translate
from port.reference import suite_folder
from port.reference.matfile import read_mat

CORPUS = Path(__file__).parents[1] / "tests" / "translate"
MATLAB_LOOP = "function s = summed(n)\ns = 0;\nfor k = 1:n\ns = s + sqrt(k);\nend\nend\n"
PYTHON_LOOP = (
    "def summed(n):\n    s = 0\n    for k in range(1, n + 1):\n        s = s + k ** 0.5\n    return s\n"
)
Ways = dict[str, tuple[str, Callable[[], object]]]


def reading(folder: Path) -> Ways:
    """Way -> (what is done, how)."""
    references = sorted(suite_folder().glob("*.mat"))
    large = folder / "large.mat"
    savemat(large, {"x": np.random.default_rng(0).standard_normal((1000, 12_500))})
    all_of_them, one = f"{len(references)} references", "a matrix of 100 MB"
    return {
        "matport, references": (all_of_them, lambda: [read_mat(path) for path in references]),
        "scipy.io, references": (all_of_them, lambda: [loadmat(path) for path in references]),
        "matport, large": (one, lambda: read_mat(large)),
        "scipy.io, large": (one, lambda: loadmat(large)),
    }


def translating(_: Path) -> Ways:
    sources = [path.read_bytes() for path in sorted(CORPUS.rglob("*.m"))]
    lines = sum(source.count(b"\n") for source in sources)
    return {
        "matport translate": (f"{len(sources)} files, {lines} lines", lambda: [translate(s) for s in sources])
    }


def recording(folder: Path) -> Ways:
    matlab, python = folder / "summed.m", folder / "summed.py"
    matlab.write_text(MATLAB_LOOP)
    python.write_text(PYTHON_LOOP)
    call = "summed(1000)"
    run = [sys.executable, "-c", f"import numpy; from summed import summed; {call}"]
    ways: Ways = {
        "record_python": ("1,000 rounds", lambda: record_python(python, call)),
        "python": ("1,000 rounds", lambda: subprocess.run(run, cwd=folder, check=True)),
    }
    if which("octave-cli"):
        octave = ["octave-cli", "--norc", "--quiet", "--eval", f"{call};"]
        ways["record_matlab"] = ("1,000 rounds", lambda: record_matlab(matlab, call))
        ways["octave-cli"] = (
            "1,000 rounds",
            lambda: subprocess.run(octave, cwd=folder, stderr=subprocess.DEVNULL, check=True),
        )
    else:
        print("Octave: left out, octave-cli is not installed", file=sys.stderr)
    return ways


def seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def measure(rounds: int) -> list[dict[str, object]]:
    """A row for every way."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for group in (reading, translating, recording):
            ways = group(Path(folder))
            taken = [{name: seconds(way) for name, (_, way) in ways.items()} for _ in range(rounds + 1)][1:]
            for name, (what, _) in ways.items():
                times = [row[name] * 1e3 for row in taken]
                rows.append(
                    {
                        "way": name,
                        "what": what,
                        "milliseconds": round(statistics.median(times), 2),
                        "best": round(min(times), 2),
                        "rounds": rounds,
                        "threads": THREADS,
                    }
                )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "tools.csv")
    options = parser.parse_args()
    rows = measure(options.rounds)
    with options.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"| {' | '.join(rows[0])} |\n{'|---' * len(rows[0])}|")
    print("\n".join(f"| {' | '.join(map(str, row.values()))} |" for row in rows))


if __name__ == "__main__":
    main()
