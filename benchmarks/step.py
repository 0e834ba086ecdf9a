"""One step of gradient descent, matport and its peers side by side in one run.

    python benchmarks/step.py [--batches 1,10,128,1024,10000] [--networks 784-30-10,784-300-100-10] [--threads 1]
        [--rounds 21] [--slice 0.003] [--most 12] [--only NAME ...] [--out benchmarks/results/step-1-thread.csv]

Every round times every peer for a slice of time, one after the other; a figure is the median over the rounds, a
multiple the median of each round's quotient by the bare products of the same round. The best of all rounds stands
beside it, for on a machine with other work the median is that work's too. There are `rounds` rounds, fewer where they
would take more than `most` seconds, never less than 5. A peer that is not installed is left out by name.

On more threads than one a slice is longer, for a run is measured, not how its threads wake up; and before each, those
of the peer before are given time to fall asleep.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

if "--threads" in sys.argv:
    os.environ["MATPORT_BENCH_THREADS"] = sys.argv[sys.argv.index("--threads") + 1]

from threads import THREADS  # isort: skip  (before NumPy)

import numpy as np
from peers import BARE, MOST_SAMPLES, PEERS, Problem, Step, problem
from publish import keep

COLUMNS = (
    "network", "loss", "batch", "peer", "microseconds", "multiple", "best_microseconds", "best_multiple", "rounds",
    "threads",
)  # fmt: skip
LOSSES = ("sigmoid + MSE", "softmax + CE")
ASLEEP = 0.15
"""Seconds after which the threads of a peer that is done hold nobody up."""


def available(only: list[str]) -> dict[str, Callable[[Problem], Step]]:
    """The peers that are installed; the others are named on standard error."""
    from importlib.util import find_spec

    found = {}
    for name, (needs, peer) in PEERS.items():
        if only and name not in (*only, BARE):
            continue
        if shutil.which(needs) if needs == "octave-cli" else find_spec(needs):
            found[name] = peer
        else:
            print(f"{name}: left out, {needs} is not installed", file=sys.stderr)
    return found


def seconds(step: Step, count: int) -> float:
    """Of one step, on the mean of `count`."""
    if THREADS > 1:
        time.sleep(ASLEEP)
        step(1)
    start = time.perf_counter()
    step(count)
    return (time.perf_counter() - start) / count


def measure(p: Problem, peers: dict, options: argparse.Namespace) -> dict[str, list[float]]:
    """Seconds a step of every peer in every round."""
    steps = {name: peer(p) for name, peer in peers.items() if p.samples <= MOST_SAMPLES.get(name, p.samples)}
    counts, round_takes = {}, 0.0
    for name, step in steps.items():
        step(2)
        once = min(seconds(step, 2) for _ in range(2))
        counts[name] = max(1, min(2000, int(options.slice / once)))
        round_takes += counts[name] * once + (ASLEEP if THREADS > 1 else 0)
    rounds = max(5, min(options.rounds, int(options.most / round_takes)))
    rows = [{name: seconds(step, counts[name]) for name, step in steps.items()} for _ in range(rounds)]
    return {name: [row[name] for row in rows] for name in steps}


def figures(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    peers = available(options.only)
    for network in options.networks.split(","):
        for loss in LOSSES:
            for batch in map(int, options.batches.split(",")):
                found = measure(problem(tuple(map(int, network.split("-"))), loss, batch), peers, options)
                print(f"{network}, {loss}, {batch}: {len(found[BARE])} rounds", file=sys.stderr)
                for name, times in found.items():
                    values = (network, loss, batch, name, *summary(times, found[BARE]), len(times), THREADS)
                    yield dict(zip(COLUMNS, values, strict=True))


def summary(times: list[float], bare: list[float]) -> tuple[float, float, float, float]:
    """Microseconds and multiple, the median and the best."""
    quotients = [t / b for t, b in zip(times, bare, strict=True)]
    median, best = statistics.median(times) * 1e6, min(times) * 1e6
    return (
        round(median, 2), round(statistics.median(quotients), 3), round(best, 2), round(min(times) / min(bare), 3),
    )  # fmt: skip


def table(rows: list[dict[str, object]]) -> str:
    """Multiples of the bare products, the best in brackets: a row a peer, a column a batch size; products in us."""
    lines = []
    for network, loss in dict.fromkeys((row["network"], row["loss"]) for row in rows):
        part = [row for row in rows if (row["network"], row["loss"]) == (network, loss)]
        batches = list(dict.fromkeys(row["batch"] for row in part))
        lines += ["", f"| {network}, {loss} | " + " | ".join(map(str, batches)) + " |"]
        lines += ["|---" * (len(batches) + 1) + "|"]
        for name in dict.fromkeys(row["peer"] for row in part):
            cells = {row["batch"]: shown(row) for row in part if row["peer"] == name}
            lines.append(f"| {name} | " + " | ".join(cells.get(batch, "") for batch in batches) + " |")
    return "\n".join(lines)


def shown(row: dict[str, object]) -> str:
    """A cell: microseconds for the products, multiples for all else."""
    if row["peer"] == BARE:
        return f"{float(row['microseconds']):.0f} ({float(row['best_microseconds']):.0f}) us"
    return f"{float(row['multiple']):.2f} ({float(row['best_multiple']):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batches", default="1,10,128,1024,10000")
    parser.add_argument("--networks", default="784-30-10,784-300-100-10")
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument(
        "--slice", type=float, default=0.003 if THREADS == 1 else 0.05, help="seconds a peer has in a round"
    )
    parser.add_argument("--most", type=float, default=12, help="seconds that all rounds of a column may take")
    parser.add_argument("--only", nargs="*", default=[], choices=list(PEERS))
    plural = "s" if THREADS > 1 else ""
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parent / "results" / f"step-{THREADS}-thread{plural}.csv"
    )
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rows = list(figures(options))
    keep(rows, options.out)
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}"
    print(f"{versions}, {THREADS} thread{plural}, float64")
    print(table(rows))


if __name__ == "__main__":
    main()
