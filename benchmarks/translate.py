"""The translator's speed, in lines of MATLAB a second after start-up, without Octave.

    python benchmarks/translate.py [--rounds 3] [--out benchmarks/results/translate.csv]

Times are of the processor, with those of the formatter's processes; a figure is the median over the rounds. `plain` is
without the formatter. `start-up` is the command on a file of one line, in a process of its own.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from publish import publish

from port.migrate import translate, translation
from port.migrate.folder import translate_paths
from port.migrate.lexer import normalise

ROOT = Path(__file__).parent.parent
OWN = sorted((ROOT / "tests" / "translate").glob("*/*.m"))


def seconds(work: Callable[[], object]) -> float:
    """The processor's time for some work, its child processes included."""
    before, _ = os.times(), work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def long_file(lines: int) -> bytes:
    """One file of at least so many lines: our own functions one after the other, under names of their own."""
    text: list[str] = []
    count = 0
    while len(text) < lines:
        for path in OWN:
            source = normalise(path.read_bytes())
            if source.startswith("function") and len(text) < lines:
                text += source.replace(path.stem, f"part{count}", 1).splitlines()
                count += 1
    return "\n".join(text).encode()


def folder_of(target: Path, lines: int) -> int:
    """Copy files of our own into a folder until it has so many lines; returns how many it has."""
    count = 0
    for number, path in enumerate(OWN):
        if count >= lines:
            break
        source = path.read_bytes()
        (target / f"{path.stem}_{number}.m").write_bytes(source)
        count += source.count(b"\n")
    return count


def works(folder: Path) -> dict[str, tuple[int, Callable[[], object]]]:
    """The lines of every work, and the work."""
    lines = folder_of(folder, 2_000)
    long = long_file(10_000)
    sources = [path.read_bytes() for path in OWN]
    return {
        "own corpus, file by file": (
            sum(source.count(b"\n") for source in sources),
            lambda: [translate(source) for source in sources],
        ),
        "one long file": (long.count(b"\n"), lambda: translate(long)),
        "a folder": (lines, lambda: translate_paths([folder])),
    }


def measure(rounds: int) -> list[dict[str, object]]:
    """A row for every work, with the formatter and without."""
    rows = []
    formatter = translation.ruff_command
    with tempfile.TemporaryDirectory() as name:
        for work, (lines, run) in works(Path(name)).items():
            for way, command in (("formatted", formatter), ("plain", lambda: None)):
                translation.ruff_command = command
                taken = statistics.median(seconds(run) for _ in range(rounds))
                translation.ruff_command = formatter
                rows.append(row(f"{work}, {way}", lines, taken))
    rows.append(row("start-up", 1, statistics.median(seconds(start) for _ in range(rounds))))
    return rows


def row(work: str, lines: int, taken: float) -> dict[str, object]:
    """One row of the table."""
    return {"work": work, "lines": lines, "seconds": round(taken, 3), "lines a second": round(lines / taken)}


def start() -> None:
    """The command on one line of MATLAB."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "one.m"
        source.write_text("x = 1;\n", encoding="utf-8")
        command = [sys.executable, "-m", "port", "translate", str(source), "-o", f"{name}/out"]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "translate.csv")
    options = parser.parse_args()
    started = time.perf_counter()
    rows = measure(options.rounds)
    publish(rows, options.out)
    print(f"{time.perf_counter() - started:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()
