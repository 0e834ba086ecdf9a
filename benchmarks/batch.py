"""How long a class takes: submissions x cases in isolation, beside the same calls in one process.

    python benchmarks/batch.py [--submissions 600] [--cases 24] [--jobs 2]

The class is made up: `port/sigmoid_mse.py` as it is or with one of five mistakes, each submission's rounding its own,
against cases computed by `port.sigmoid_mse` itself: what is timed is the way there and back. Prints JSON.
"""

import argparse
import json
import os
import platform
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from port import sigmoid_mse
from port.batch.initial import init_manifest
from port.batch.run import run_batch
from port.batch.sandbox import Job, Sandbox
from port.reference import Case, load_suite, save_case

SOURCE = Path(sigmoid_mse.__file__).read_text(encoding="utf-8")
MISTAKES = (
    ("", ""),
    ("* a * (1 - a)", "* a * (1 + a)"),
    (".sum() / 2", ".sum()"),
    ("a = 1 / (1 + np.exp(-z))", "a = np.tanh(z)"),
    ("delta = (a - y)", "delta = (y - a)"),
    ("(a - y) ** 2", "(a - y) ** 3"),
)
SIZES = ((4, 5, 3), (2, 2, 1), (8, 6, 6, 2))
ALONE = 100


def main() -> None:
    """Time a class and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=600)
    parser.add_argument("--cases", type=int, default=24)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases = make_class(folder, options.submissions, options.cases)
        plain, isolated, kind = one_by_one(folder, cases, min(options.submissions, ALONE))
        manifest = init_manifest(folder, function="backprop")
        before = processor_seconds()
        with memory_watched() as samples:
            batch = run_batch(manifest, folder / "out", jobs=options.jobs)
        busy = processor_seconds() - before
    figures = {
        "submissions": options.submissions,
        "cases": options.cases,
        "jobs": options.jobs,
        "seconds": round(batch.seconds, 2),
        "processor_seconds": round(busy, 2),
        "load_before": round(load, 2),
        "ms_per_submission": round(1e3 * batch.seconds / options.submissions, 2),
        "ms_run_in_process": round(1e3 * plain, 2),
        "ms_run_isolated": round(1e3 * isolated, 2),
        "overhead_ratio": round(isolated / plain, 2),
        "isolation": kind,
        "memory_mib": memory_figures(samples),
        "machine": {"processors": os.cpu_count(), "system": platform.platform(), "numpy": np.__version__},
    }
    print(json.dumps(figures, indent=2))


def make_class(folder: Path, submissions: int, cases: int) -> tuple[Case, ...]:
    """Write references and submissions into a folder; returns the references."""
    (folder / "references").mkdir(parents=True)
    for number in range(cases):
        save_case(_case(number), folder / "references" / f"case_{number:02}.mat")
    for number in range(submissions):
        was, now = MISTAKES[number % len(MISTAKES)]
        if was not in SOURCE:
            raise SystemExit(f"sigmoid_mse.py has no {was!r} any more that a mistake could replace")
        text = SOURCE.replace(was, now, 1) if was else SOURCE
        text = text.replace("z = weights[layer] @ a", f"z = (1 + {number} * 2.0**-52) * weights[layer] @ a")
        (folder / f"student_{number:04}.py").write_text(text, encoding="utf-8")
    return load_suite(folder / "references")


def _case(number: int) -> Case:
    draw = np.random.default_rng(number)
    sizes = SIZES[number % len(SIZES)]
    weights = [draw.standard_normal(shape) for shape in zip(sizes[1:], sizes[:-1], strict=True)]
    biases = [draw.standard_normal((size, 1)) for size in sizes[1:]]
    x, y = draw.standard_normal((sizes[0], 5)), draw.random((sizes[-1], 5))
    passed = sigmoid_mse.backprop(weights, biases, x, y)
    expected = {"z": passed.z, "a": passed.a, "delta": passed.delta, "dW": passed.dw, "db": passed.db}
    return Case(
        name=f"case_{number:02}",
        input={"weights": weights, "biases": biases, "x": x, "y": y},
        expected={**expected, "loss": np.array([[passed.loss]])},
        meta={"function": "sigmoid_mse", "task": "backprop"},
    )


def one_by_one(folder: Path, cases: tuple[Case, ...], count: int) -> tuple[float, float, str]:
    """Seconds a submission to run all cases: in this process, and in the sandbox; and what that is."""
    files = sorted(folder.glob("student_*.py"))[:count]
    begin = time.perf_counter()
    for file in files:
        module = ModuleType("student")
        exec(compile(file.read_text(encoding="utf-8"), file.name, "exec"), vars(module))
        for case in cases:
            with np.errstate(all="ignore"):
                module.backprop(**case.input)
    plain = (time.perf_counter() - begin) / count
    with Sandbox() as sandbox:
        sandbox.load([{"arguments": case.input, "outputs": list(case.expected)} for case in cases])
        sandbox.play(Job({"a.py": b"def backprop(): pass"}, "a.py"))
        begin = time.perf_counter()
        for file in files:
            sandbox.play(Job({file.name: file.read_bytes()}, file.name, "backprop"))
        return plain, (time.perf_counter() - begin) / count, str(sandbox.isolation)


def processor_seconds() -> float:
    """Of this process and of all its descendants that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def memory_watched() -> Iterator[list[tuple[int, int]]]:
    """Samples, four a second, of (MiB of this process, MiB of all its descendants)."""
    samples: list[tuple[int, int]] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.25):
            samples.append(_resident())

    thread = threading.Thread(target=watch)
    thread.start()
    yield samples
    over.set()
    thread.join()


def _resident() -> tuple[int, int]:
    parents, resident = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)], resident[int(folder.name)] = int(fields[1]), int(fields[21]) * 4096
    family = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    others = sum(resident.get(pid, 0) for pid in family - {os.getpid()})
    return resident[os.getpid()] >> 20, others >> 20


def memory_figures(samples: list[tuple[int, int]]) -> dict[str, list[int]]:
    """Median of the second and of the last fifth of the run: equal where memory is flat."""
    fifth = max(1, len(samples) // 5)
    early, late = samples[fifth : 2 * fifth] or samples, samples[-fifth:]
    return {
        name: [int(np.median([sample[place] for sample in part])) for part in (early, late)]
        for place, name in enumerate(("parent", "workers"))
    }


if __name__ == "__main__":
    main()
