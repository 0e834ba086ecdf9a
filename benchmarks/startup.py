"""How long the command line takes to start, in multiples of what it cannot do without.

    python benchmarks/startup.py [--rounds 9] [--out benchmarks/results/startup.csv]

`--help` and `--version` beside Python with an argument parser, `check` beside the import of what it needs, each a new
process, in turn. Medians of wall time and of the processor's (user and system, children too), whose multiple it is.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from publish import publish

NEEDED = "import argparse, numpy, scipy.linalg, scipy.special, pandas, jinja2, tabulate"
PARSER = "import argparse; argparse.ArgumentParser().parse_args([])"
MATPORT = "import sys; from port.cli import main; sys.exit(main())"


def commands(reports: str) -> dict[str, tuple[list[str], str]]:
    """Every command, and the name of the one that it is a multiple of."""
    python = [sys.executable, "-c"]
    return {
        "python -c pass": ([*python, "pass"], "python and a parser"),
        "python and a parser": ([*python, PARSER], "python and a parser"),
        "matport --help": ([*python, MATPORT, "--help"], "python and a parser"),
        "matport --version": ([*python, MATPORT, "--version"], "python and a parser"),
        "import what check needs": ([*python, NEEDED], "import what check needs"),
        "matport check": ([*python, MATPORT, "check", "--reports", reports], "import what check needs"),
    }


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
        wall, cpu, base_cpu = (
            [run[key][part] for run in runs] for key, part in ((name, 0), (name, 1), (base, 1))
        )
        rows.append(
            {
                "command": name,
                "milliseconds": round(1e3 * statistics.median(wall)),
                "best": round(1e3 * min(wall)),
                "processor": round(1e3 * statistics.median(cpu)),
                "multiple": round(statistics.median(a / b for a, b in zip(cpu, base_cpu, strict=True)), 2),
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
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows = measure(options.rounds)
    publish(rows, options.out)


if __name__ == "__main__":
    main()
