"""Hostile submissions, and the table of what became of each.

    python tests/hostile/attacks.py > table.md

Each attack is played between two runs of an honest submission; the table says how it ended, what it left behind and
whether the honest one noticed.
"""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import numpy as np

from port.batch.frames import describe
from port.batch.limits import Limits
from port.batch.sandbox import Job, Sandbox

LIMITS = Limits(seconds=2.0, memory=256, output=8)
HONEST = Job({"honest.py": b"def f(x): return x * 2, x.sum()"}, "honest.py")
CASES = [
    {"arguments": [np.arange(6.0).reshape(2, 3) + number], "outputs": ["twice", "sum"]} for number in range(3)
]


class Attack(NamedTuple):
    """What code does to the function `f(x)`, the endings it may have, and what its first case complains of."""

    name: str
    code: str
    endings: str
    says: str = ""


ANYWHERE = [
    Attack("infinite loop", "def f(x):\n while True: pass", "timeout"),
    Attack("memory at once", "import numpy\ndef f(x): return numpy.ones(10**10)", "finished", "MemoryError"),
    Attack("memory nobody counts", "import os\ndef f(x): os.memfd_create('x')", "finished", "not permitted"),
    Attack(
        "fork bomb",
        "import os\ndef f(x):\n while True:\n  try: os.fork()\n  except OSError: pass",
        "timeout",
    ),
    Attack("leaves quietly", "import os\ndef f(x): os._exit(0)", "exited"),
    Attack("kills itself", "import os\ndef f(x): os.kill(os.getpid(), 9)", "signal"),
    Attack(
        "signals all others",
        """
        import os
        def f(x):
            refused = 0
            for process in (1, os.getppid(), 0, -1):
                try: os.kill(process, 9)
                except (PermissionError, ProcessLookupError): refused += 1
            raise RuntimeError(f"refused {refused} times")
        """,
        "finished signal",
    ),
    Attack(
        "patches numpy",
        """
        import numpy
        numpy.allclose = numpy.array_equal = numpy.abs = lambda *given, **named: True
        def f(x): return x, x.sum()
        """,
        "finished",
    ),
    Attack(
        "prints a gigabyte",
        "for _ in range(32): print('x' * (1 << 25))\ndef f(x): return x, 0",
        "finished timeout",
    ),
    Attack(
        "patches sys.exit",
        "import os, sys\nsys.exit = os._exit = print\ndef f(x): return x, 0",
        "finished",
    ),
    Attack("exits", "import sys\ndef f(x): sys.exit(0)", "finished", "SystemExit: 0"),
    Attack(
        "ignores signals",
        """
        import signal
        def f(x):
            for number in range(1, 65):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            while True: pass
        """,
        "timeout",
    ),
    Attack(
        "leaves threads behind",
        """
        import threading, time
        def f(x):
            threading.Thread(target=time.sleep, args=(99,)).start()
            return x, 0
        """,
        "finished",
    ),
    Attack(
        "recurses without end",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return f(x)",
        "memory signal timeout finished",
    ),
    Attack("uses the network", "import socket\ndef f(x): socket.socket()", "finished", "not permitted"),
    Attack("floods the results", "import os\ndef f(x):\n while True: os.write(3, bytes(1 << 16))", "output"),
    Attack("returns too much", "import numpy\ndef f(x): return numpy.zeros(5 << 20), 0", "output"),
    Attack("spoils the results", "import os\ndef f(x): os.write(3, b'\\x09' * 99); return x, 0", "exited"),
    Attack(
        "pretends other frames",
        """
        import os, struct
        from port.batch.wire import pack
        def f(x):
            for lie in ({"case": "0", "values": 3}, {"case": 0, "values": {"twice": "text"}}, {"done": True}):
                frame = pack(lie)
                os.write(3, struct.pack("<Q", len(frame)) + frame)
            os._exit(0)
        """,
        "finished exited",
    ),
    Attack("returns a function", "def f(x): return f", "finished", "is a function"),
    Attack("returns a generator", "def f(x): return (each for each in x), 0", "finished", "generator"),
    Attack(
        "returns itself",
        "def f(x):\n a = []\n a.append(a)\n return a, 0",
        "finished",
        "value is nested too deeply, or holds itself",
    ),
    Attack(
        "returns a 10 GB sparse matrix",
        "import scipy.sparse\ndef f(x): return scipy.sparse.csc_array((10**5, 10**5)), 0",
        "finished",
        "too large",
    ),
    Attack(
        "returns objects",
        "import numpy\ndef f(x): return numpy.array([f, object()], dtype=object), 0",
        "finished",
        "f",
    ),
    Attack(
        "raises an error that raises",
        "class Odd(Exception):\n def __str__(self): raise Odd\ndef f(x): raise Odd",
        "exited",
    ),
    Attack("is no Python", "def f(x) return x", "finished", "SyntaxError"),
    Attack("does nothing", "x = 3", "finished", "defines none"),
]
NAMESPACES = [
    Attack(
        "memory by many",
        """
        import os, time
        def f(x):
            for _ in range(8):
                if os.fork() == 0:
                    held = bytearray(150 << 20)
                    time.sleep(60)
            time.sleep(60)
        """,
        "memory",
    ),
    Attack(
        "leaves a daemon behind",
        """
        import os, time
        def f(x):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0: time.sleep(99)
                os._exit(0)
            return x, 0
        """,
        "finished",
    ),
    Attack(
        "fills the disk",
        "def f(x):\n with open('big', 'wb') as file:\n  while True: file.write(bytes(1 << 20))",
        "finished",
        "OSError",
    ),
    Attack(
        "writes outside",
        f"""
        def f(x):
            written = []
            for path in ("/x", "/usr/x", "/code/x", "/dev/shm/x", "/etc/x", {str(Path(__file__))!r}):
                try: open(path, "w"); written.append(path)
                except OSError: pass
            raise RuntimeError(f"wrote {{written}}")
        """,
        "finished",
        "wrote []",
    ),
    Attack(
        "reads references and solutions",
        f"""
        import pathlib, port
        def f(x):
            package = pathlib.Path(port.__file__).parent
            places = [package / "matlab_ref", package.parent / "matlab_ref", pathlib.Path({str(Path(__file__))!r})]
            places += [package / "sigmoid_mse.py", package / "backprop" / "jacobian.py"]
            read = [path for place in places for path in (place, *place.rglob("*")) if _readable(path)]
            raise RuntimeError(f"read {{read}}")
        def _readable(path):
            try: return path.read_bytes() != b""
            except OSError: return False
        """,
        "finished",
        "read []",
    ),
    Attack(
        "looks around",
        """
        import os
        def f(x):
            found = os.listdir("/proc") + os.listdir(os.environ["TMPDIR"]) + os.listdir(".") + list(os.environ)
            raise RuntimeError(f"saw {sorted(found)}")
        """,
        "finished",
        "saw ['HOME', 'LANG', 'MKL_NUM_THREADS', 'NUMBA_NUM_THREADS', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', "
        "'PATH', 'PWD', 'PYTHONHASHSEED', 'TMPDIR']",
    ),
    Attack(
        "peeks at frames",
        """
        import gc, sys
        def f(x):
            frame, seen = sys._getframe(), []
            while frame := frame.f_back: seen += frame.f_locals
            held = [thing for thing in gc.get_objects() if isinstance(thing, dict) and "expected" in thing]
            raise RuntimeError(f"held {len(held)}, seen {'expected' in seen or 'want' in seen}")
        """,
        "finished",
        "held 0, seen False",
    ),
]


def play(sandbox, attack):
    """The run of an attack; one that only time can stop gets little of it."""
    code = dedent(attack.code).encode()
    sandbox.limits = replace(LIMITS, seconds=0.4) if attack.endings == "timeout" else LIMITS
    run = sandbox.play(Job({"attack.py": code}, "attack.py"))
    sandbox.limits = LIMITS
    return run


def complaint(sandbox, code):
    """What the first case of some code complains of."""
    run = play(sandbox, Attack("", code, "finished"))
    return run.error or run.errors[0]


def descendants(pid):
    """Processes under one, by reading every parent the system tells of."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {pid}
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    return family - {pid}


def same(before, after):
    """Whether two runs of the honest submission ended alike, with the same bits."""
    return before.ending == after.ending and {
        (number, name): array.tobytes()
        for number, values in before.values.items()
        for name, array in values.items()
    } == {
        (number, name): array.tobytes()
        for number, values in after.values.items()
        for name, array in values.items()
    }


def main():
    """Play every attack and print the table as Markdown."""
    with Sandbox(LIMITS) as sandbox:
        sandbox.load(CASES)
        before = sandbox.play(HONEST)
        resting = descendants(sandbox._warm._process.pid)
        attacks = ANYWHERE + (NAMESPACES if sandbox.isolation.bubblewrap else [])
        print(f"Submissions were {sandbox.isolation}.\n")
        print("| attack | how it ended | what its first case says | processes left | next submission |")
        print("|---|---|---|---|---|")
        for attack in attacks:
            run = play(sandbox, attack)
            left = len(descendants(sandbox._warm._process.pid) - resting)
            says = (run.error or run.errors.get(0, "")).replace("|", "/")[:90]
            unmoved = "the same bits" if same(before, sandbox.play(HONEST)) else "CHANGED"
            print(f"| {attack.name} | {describe(run.ending)} | {says} | {left} | {unmoved} |")


if __name__ == "__main__":
    main()
