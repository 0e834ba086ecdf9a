"""How a step grows: time a sample from a batch of 128 to one of 10,000, and the memory a run holds.

    python benchmarks/growth.py [--rounds 11] [--out benchmarks/results/growth.csv]

One thread, float64, 784-300-100-10, sigmoid + MSE and softmax + CE. `held` is what NumPy holds at most while a plan is
laid out and makes a step, beyond the samples that are given, and `of_data` the samples as the plan keeps them; both in
units of 8 bytes. `bound` is parameters and their step, and two activations' worth of a batch.
"""

import argparse
import statistics
import tracemalloc
from itertools import pairwise
from pathlib import Path

from threads import THREADS  # isort: skip  (before NumPy)

import numpy as np
from peers import RATE, Problem, laid_out, problem
from publish import publish
from step import LOSSES, seconds

SIZES = (784, 300, 100, 10)
BATCHES = (128, 512, 1024, 2048, 4096, 10000)


def ways(p: Problem) -> dict:
    """The kernel and NumPy alone, as functions that take so many steps."""
    from peers import matport_kernel, matport_planned

    return {"matport, kernel": matport_kernel(p), "matport, NumPy": matport_planned(p)}


def held(p: Problem, *, kernel: bool) -> float:
    """The most numbers held beyond what was there before, while a plan is laid out and makes a step."""
    laid_out(p, kernel=kernel)
    tracemalloc.start()
    plan = laid_out(p, kernel=kernel)
    if kernel:
        plan.walk(np.arange(p.samples), p.samples, RATE, straight=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 8


def measure(loss: str, rounds: int) -> list[dict[str, object]]:
    """A row for every batch and way; the rounds go through all batches in turn."""
    problems = {batch: problem(SIZES, loss, batch) for batch in BATCHES}
    runs = {(batch, name): run for batch, p in problems.items() for name, run in ways(p).items()}
    for run in runs.values():
        run(2)
    taken = [{key: seconds(run, 1 + 2000 // key[0]) for key, run in runs.items()} for _ in range(rounds)]
    parameters = sum(K * (S + 1) for S, K in pairwise(SIZES))
    return [
        {
            "loss": loss,
            "batch": batch,
            "way": name,
            "microseconds_a_sample": round(
                statistics.median(row[batch, name] for row in taken) / batch * 1e6, 3
            ),
            "best": round(min(row[batch, name] for row in taken) / batch * 1e6, 3),
            "held": round(held(problems[batch], kernel=name == "matport, kernel")),
            "of_data": batch * (SIZES[0] + 1 + SIZES[-1]),
            "bound": 4 * parameters + 2 * batch * sum(SIZES[1:]),
            "rounds": rounds,
            "threads": THREADS,
        }
        for batch, name in runs
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "growth.csv")
    options = parser.parse_args()
    rows = [row for loss in LOSSES for row in measure(loss, options.rounds)]
    publish(rows, options.out)


if __name__ == "__main__":
    main()
