"""What recording costs: a run of 100,000 events on both sides, in seconds and in memory.

    python benchmarks/record.py [--events 100000] [--size 3] [--side python|matlab]

A loop sets four variables a turn, of which two are small arrays that change. Each side runs in its own processes and is
timed from the call to the finished trace; processor time and peak memory are those of this process and of the
largest of those it started. Prints JSON.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from port.migrate import record_matlab, record_python

MATLAB = """function w = descend(w, n)
for k = 1:n
  g = 2 * w + k / n;
  s = sum(g(:));
  w = w - 1e-6 * g;
end
"""
PYTHON = """import numpy as np


def descend(w, n):
    for k in range(1, int(n) + 1):
        g = 2 * w + k / n
        s = np.sum(g)
        w = w - 1e-6 * g
    return w
"""
SIDES = {"python": ("descend.py", PYTHON, record_python), "matlab": ("descend.m", MATLAB, record_matlab)}
EVENTS_A_TURN = 4


def main() -> None:
    """Time one side here, or both, each in a process of its own, so that neither's memory counts for the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=3, help="rows and columns of the arrays")
    parser.add_argument("--side", choices=SIDES)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(timed(options.side, options.events, options.size)))
        return
    found = {
        side: json.loads(
            subprocess.run(
                [
                    sys.executable,
                    __file__,
                    "--side",
                    side,
                    "--events",
                    str(options.events),
                    "--size",
                    str(options.size),
                ],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for side in SIDES
    }
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "load": os.getloadavg()[0]}
    print(json.dumps({**found, "machine": machine}, indent=2))


def timed(side: str, events: int, size: int) -> dict[str, float | int | str]:
    """What recording one side takes."""
    name, source, record = SIDES[side]
    turns = events // EVENTS_A_TURN
    inputs = {
        "w": [[float(row + column) for column in range(size)] for row in range(size)],
        "n": float(turns),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_text(source, encoding="utf-8")
        began = time.perf_counter()
        trace = record(file, "descend(w, n)", as_arrays(inputs), timeout=600.0)
        wall = time.perf_counter() - began
    if trace.failure:
        raise SystemExit(f"{side}: {trace.failure.message}")
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "engine": trace.engine,
        "events": len(trace.events),
        "wall_s": round(wall, 2),
        "cpu_s_here": round(own.ru_utime + own.ru_stime, 2),
        "cpu_s_engine": round(children.ru_utime + children.ru_stime, 2),
        "peak_mib_here": own.ru_maxrss // 1024,
        "peak_mib_engine": children.ru_maxrss // 1024,
    }


def as_arrays(inputs: dict[str, object]) -> dict[str, object]:
    """Lists of lists as arrays."""
    import numpy as np

    return {name: np.array(value) if isinstance(value, list) else value for name, value in inputs.items()}


if __name__ == "__main__":
    main()
