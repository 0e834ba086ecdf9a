"""Foreign code does its worst; the submissions before and after it come out the same, and nothing is left."""

import os
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from hostile.attacks import (
    ANYWHERE,
    CASES,
    HONEST,
    LIMITS,
    NAMESPACES,
    Attack,
    complaint,
    descendants,
    play,
    same,
)

from port.batch import bubblewrap, launch
from port.batch import sandbox as sandbox_module
from port.batch.limits import ENDINGS
from port.batch.sandbox import Sandbox
from port.errors import MissingPartError

SECRET = "MATPORT_TEST_SECRET"
NOT_NESTED = "this system lets no namespaces be nested; the tests of fresh templates stand for it"
needs_bubblewrap = pytest.mark.skipif(not bubblewrap.installed(), reason="bubblewrap (bwrap) is not here")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")


def assert_unmoved(sandbox, before, processes):
    """Another submission gets bit for bit what it got before, and no process is left."""
    after = sandbox.play(HONEST)
    assert before.values.keys() == {0, 1, 2}
    assert same(before, after)
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
        if not sandbox.isolation.nested:
            pytest.skip(NOT_NESTED)
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
@pytest.mark.parametrize("attack", [*ANYWHERE[5:7], NAMESPACES[-1]], ids=lambda attack: attack.name)
def test_without_nested_namespaces_each_submission_gets_a_fresh_template(monkeypatch, attack):
    start = "from port.batch.template"
    denied = f"import port.batch.guard\nport.batch.guard.can_nest = lambda temporary: False\n{start}"
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


@needs_bubblewrap
def test_the_temporary_folder_moves_where_the_interpreter_lies_below_it(monkeypatch):
    """The template, another interpreter, is told where it is, and mounts it anew for each submission."""
    for module in (bubblewrap, launch, sandbox_module):
        monkeypatch.setattr(module, "TEMPORARY", Path("/scratch"))
    leave = "import os\ndef f(x):\n open('left', 'w').close()\n return x, os.getcwd() == '/scratch'"
    find = "import os\ndef f(x): raise RuntimeError(f'found {os.listdir()} in {os.getcwd()}')"
    with Sandbox(LIMITS) as sandbox:
        if not sandbox.isolation.nested:
            pytest.skip(NOT_NESTED)
        sandbox.load(CASES)
        assert play(sandbox, Attack("", leave, "finished")).values[0]["sum"].item()
        assert "found [] in /scratch" in complaint(sandbox, find)


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
