"""How long the command line takes to start, in multiples of what it cannot do without.

    python benchmarks/startup.py [--rounds 9] [--out benchmarks/results/startup.csv]

`--help` and `--version` beside Python with an argument parser; `check` beside the import of what it needs, with the
compiled kernel (numba and one training step, which loads it from disk) and with NumPy alone. Each is a new process, in
turn. Medians of wall time and of the processor's (user and system, children too), and of both the multiples.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from publish import publish

NEEDED = "import argparse, numpy, scipy.linalg, scipy.special, pandas, jinja2, tabulate, tqdm"
KERNEL = """
import numba
from port import backprop
net = [backprop.Layer(numpy.eye(3, 2), numpy.zeros((3, 1)), "sigmoid")]
loss = backprop.losses.SquaredError()
for size in (1, 2):
    backprop.train(net, loss, numpy.eye(2), numpy.eye(3, 2), learning_rate=1, epochs=1, batch_size=size, progress=False)
"""
PARSER = "import argparse; argparse.ArgumentParser().parse_args([])"
MATPORT = "import sys; from port.cli import main; sys.exit(main())"


def commands(reports: str) -> dict[str, tuple[list[str], str]]:
    """Every command, and the name of the one that it is a multiple of."""
    python = [sys.executable, "-c"]
    check = [*python, MATPORT, "check", "--reports", reports]
    found = {
        "python -c pass": ([*python, "pass"], "python and a parser"),
        "python and a parser": ([*python, PARSER], "python and a parser"),
        "matport --help": ([*python, MATPORT, "--help"], "python and a parser"),
        "matport --version": ([*python, MATPORT, "--version"], "python and a parser"),
        "import what check needs, NumPy alone": ([*python, NEEDED], "import what check needs, NumPy alone"),
        "matport check, NumPy alone": (
            ["env", "MATPORT_KERNEL=off", *check],
            "import what check needs, NumPy alone",
        ),
    }
    if find_spec("numba"):
        found["import what check needs"] = ([*python, NEEDED + KERNEL], "import what check needs")
        found["matport check"] = (check, "import what check needs")
    return found


def taken(command: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(rounds: int) -> list[dict[str, object]]:
    """A row for every command."""
    with tempfile.TemporaryDirectory() as reports:
        found = commands(reports)
        runs = [{name: taken(command) for name, (command, _) in found.items()} for _ in range(rounds + 1)][1:]
    rows = []
    for name, (_, base) in found.items():
        wall, cpu = ([run[name][part] for run in runs] for part in (0, 1))
        multiples = [statistics.median(run[name][part] / run[base][part] for run in runs) for part in (0, 1)]
        rows.append(
            {
                "command": name,
                "milliseconds": round(1e3 * statistics.median(wall)),
                "best": round(1e3 * min(wall)),
                "processor": round(1e3 * statistics.median(cpu)),
                "multiple": round(multiples[0], 2),
                "of_processor": round(multiples[1], 2),
                "of": base,
                "rounds": rounds,
            }
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "startup.csv")
    options = parser.parse_args()
    rows = measure(options.rounds)
    publish(rows, options.out)


if __name__ == "__main__":
    main()
