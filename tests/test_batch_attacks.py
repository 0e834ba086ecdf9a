"""Foreign code does its worst; the submissions before and after it come out the same, and nothing is left."""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import numpy as np
import pytest

from port.batch import bubblewrap, launch
from port.batch.limits import ENDINGS, Limits
from port.batch.sandbox import Job, Sandbox
from port.errors import MissingPartError

LIMITS = Limits(seconds=2.0, memory=256, output=8)
HONEST = Job({"honest.py": b"def f(x): return x * 2, x.sum()"}, "honest.py")
CASES = [
    {"arguments": [np.arange(6.0).reshape(2, 3) + number], "outputs": ["twice", "sum"]} for number in range(3)
]
SECRET = "MATPORT_TEST_SECRET"
needs_bubblewrap = pytest.mark.skipif(not bubblewrap.installed(), reason="bubblewrap (bwrap) is not here")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")


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
        "RecursionError",
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
        "looks around",
        """
        import os
        def f(x):
            found = os.listdir("/proc") + os.listdir("/tmp") + os.listdir(".") + list(os.environ)
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


def assert_unmoved(sandbox, before, processes):
    """Another submission gets bit for bit what it got before, and no process is left."""
    after = sandbox.play(HONEST)
    assert after.ending == before.ending
    assert after.values.keys() == before.values.keys() == {0, 1, 2}
    for number, values in before.values.items():
        for name, array in values.items():
            np.testing.assert_array_equal(after.values[number][name], array, strict=True)
    assert len(descendants(sandbox._warm._process.pid)) == processes if sandbox._warm else True


def assert_ended(attack, run):
    assert run.ending.kind in attack.endings.split(), run
    assert run.ending.kind in ENDINGS
    assert attack.says in (run.error or run.errors.get(0, "")), run


@pytest.fixture(scope="module")
def isolated():
    """A sandbox behind bubblewrap, started while the environment held a secret."""
    os.environ[SECRET] = "must not be inherited"
    with Sandbox(LIMITS, require=True) as sandbox:
        sandbox.load(CASES)
        before = sandbox.play(HONEST)
        yield sandbox, before, len(descendants(sandbox._warm._process.pid))
    del os.environ[SECRET]


@pytest.fixture(scope="module")
def bare():
    """A sandbox of a machine without bubblewrap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bubblewrap, "installed", lambda: None)
        sandbox = Sandbox(LIMITS)
    with sandbox:
        sandbox.load(CASES)
        before = sandbox.play(HONEST)
        yield sandbox, before, len(descendants(sandbox._warm._process.pid))


@needs_bubblewrap
@pytest.mark.parametrize("attack", [*ANYWHERE, *NAMESPACES], ids=lambda attack: attack.name)
def test_an_attack_behind_bubblewrap_changes_nothing_for_others(isolated, attack):
    sandbox, before, processes = isolated
    assert_ended(attack, play(sandbox, attack))
    assert_unmoved(sandbox, before, processes)


@linux
@pytest.mark.parametrize("attack", ANYWHERE, ids=lambda attack: attack.name)
def test_an_attack_without_bubblewrap_changes_nothing_for_others(bare, attack):
    sandbox, before, processes = bare
    assert_ended(attack, play(sandbox, attack))
    assert_unmoved(sandbox, before, processes)


@needs_bubblewrap
@pytest.mark.parametrize("attack", ANYWHERE[5:8] + NAMESPACES[-2:], ids=lambda attack: attack.name)
def test_without_nested_namespaces_each_submission_gets_a_fresh_template(monkeypatch, attack):
    start = "from port.batch.template"
    denied = f"import port.batch.guard\nport.batch.guard.can_nest = lambda: False\n{start}"
    monkeypatch.setattr(launch, "BOOT", launch.BOOT.replace(start, denied, 1))
    with Sandbox(LIMITS) as sandbox:
        assert sandbox.isolation.bubblewrap
        assert not sandbox.isolation.nested
        assert "fresh interpreter" in str(sandbox.isolation)
        sandbox.load(CASES)
        before = sandbox.play(HONEST)
        play(sandbox, attack)
        assert_unmoved(sandbox, before, 0)


@needs_bubblewrap
def test_a_submission_cannot_read_references_solutions_or_files_of_the_user(tmp_path):
    near = next(Path(np.__file__).parent.rglob("*.npy"), Path(np.__file__).parent / "version.py")
    reference = tmp_path / "reference.mat"
    reference.write_text("secret")
    package = Path(bubblewrap.PACKAGE)
    paths = [
        near,
        reference,
        Path(__file__),
        package / "sigmoid_mse.py",
        package / "backprop" / "jacobian.py",
    ]
    assert all(path.exists() for path in paths)
    code = f"""
        from pathlib import Path
        def _readable(path):
            try: return path.read_bytes() != b""
            except OSError: return False
        def f(x):
            paths = [Path(path) for path in {[str(path) for path in paths]!r}]
            raise RuntimeError(f"read {{[path.name for path in paths if _readable(path)]}}")
    """
    with Sandbox(LIMITS, hidden=[near, reference]) as sandbox:
        sandbox.load(CASES)
        assert "read []" in complaint(sandbox, code)


@needs_bubblewrap
def test_what_one_submission_leaves_the_next_does_not_find(isolated):
    sandbox, before, processes = isolated
    leave = "import numpy\nnumpy.matport = 1\ndef f(x):\n open('left', 'w').write('x')\n return x, 0"
    find = """
        import os, numpy
        def f(x): raise RuntimeError(f"found {os.listdir('.')} {hasattr(numpy, 'matport')}")
    """
    assert play(sandbox, Attack("", leave, "finished")).values
    assert "found [] False" in complaint(sandbox, find)
    assert_unmoved(sandbox, before, processes)


@linux
def test_what_one_submission_holds_the_next_does_not_inherit(bare):
    """The template, whose memory all inherit, never reads code or results; the child looks through all it has."""
    sandbox, _, _ = bare
    secret = "def f(x):\n mark = 'my ' + 'own solution, bought dearly'\n return x, 0\n# my own solution, bought dearly"
    search = """
        import os
        def f(x):
            mark, found = "my own".encode() + b" solution, bought", 0
            with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
                for line in maps:
                    start, end = (int(place, 16) for place in line.split()[0].split("-"))
                    if " rw" in line and "[v" not in line:
                        memory.seek(start)
                        found += memory.read(end - start).count(mark)
            raise RuntimeError(f"found {found - 1}")
    """
    for _ in range(3):
        assert play(sandbox, Attack("", secret, "finished")).values
    assert "found 0" in complaint(sandbox, search)
    its_own = "kept = 'my own solution, bought dearly'\n"
    assert "found 0" not in complaint(sandbox, its_own + dedent(search))


def test_a_machine_without_bubblewrap_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(bubblewrap, "installed", lambda: None)
    with Sandbox(LIMITS) as sandbox:
        assert "NOT ISOLATED (bubblewrap is not installed)" in str(sandbox.isolation)
        assert "the references among them" in str(sandbox.isolation)
    with pytest.raises(MissingPartError, match="apt install bubblewrap"):
        Sandbox(LIMITS, require=True)


def test_a_bubblewrap_that_does_not_work_says_why(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: no permissions to create a namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "installed", lambda: str(program))
    with pytest.raises(MissingPartError, match="no permissions to create a namespace"):
        Sandbox(LIMITS, require=True)


@needs_bubblewrap
def test_a_template_that_is_gone_is_replaced(isolated):
    sandbox, before, processes = isolated
    sandbox._warm._process.kill()
    sandbox._warm._process.wait()
    assert_unmoved(sandbox, before, processes)


def test_no_temporary_folder_is_left_without_bubblewrap(bare):
    sandbox, _, _ = bare
    leave = "import os\nos.makedirs('a/b')\nopen('a/b/c', 'w').close()\ndef f(x): return x, 0"
    assert play(sandbox, Attack("", leave, "finished")).values
    assert not list(Path(tempfile.gettempdir()).glob("matport-*/temporary/a"))
