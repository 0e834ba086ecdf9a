"""Hostile files: each is read or refused with one of our own errors, quickly and in little memory."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hostile.make_corpus import make_corpus

from port.batch.limits import Limits
from port.batch.sandbox import Job, Sandbox
from port.errors import CaseError

HERE = Path(__file__).parent / "hostile"
SECONDS, MEBIBYTES = 2.0, 512
BUSY = 4
"""How much longer things may take on a machine that does something else too."""


def read_all(paths):
    """What became of every file, read one after another in one process; a crash would end it and be told."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, str(HERE / "read_corpus.py")],
        input="".join(f"{path}\n" for path in paths),
        capture_output=True,
        env=environment,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"crashed on {lines[-1]}: {done.stderr[-2000:]}"
    return lines[1::2]


def assert_harmless(told, count):
    assert len(told) == count
    strange = [each for each in told if each["what"] not in ("read", "refused")]
    assert strange == []
    assert max(each["seconds"] for each in told) < SECONDS
    assert max(each["peak_mib"] for each in told) < MEBIBYTES
    outcomes = Counter(each["what"] for each in told)
    assert outcomes["refused"] > count / 2
    assert outcomes["read"] > 0


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """All files that are built to lie, and some mutants."""
    return make_corpus(tmp_path_factory.mktemp("corpus"), 800, seed=3)


def test_hostile_files_are_read_or_refused(some):
    assert_harmless(read_all(some), 800)


@pytest.mark.slow
def test_five_thousand_hostile_files_are_read_or_refused(tmp_path):
    paths = make_corpus(tmp_path, 5200, seed=1)
    assert_harmless(read_all(paths), 5200)


def read_isolated(sandbox, path):
    """Seconds and outcome of reading one file in a sandbox."""
    begin = time.monotonic()
    try:
        sandbox.read(path.read_bytes(), path)
    except CaseError as error:
        assert str(error).startswith(str(path))
        return time.monotonic() - begin, "refused"
    return time.monotonic() - begin, "read"


def assert_isolated_reading_is_harmless(paths):
    with Sandbox(Limits(seconds=BUSY * SECONDS, memory=MEBIBYTES)) as sandbox:
        told = [read_isolated(sandbox, path) for path in paths]
    assert {what for _, what in told} == {"read", "refused"}
    assert max(seconds for seconds, _ in told) < BUSY * SECONDS


def test_hostile_files_are_read_or_refused_in_isolation(some):
    assert_isolated_reading_is_harmless(some[:100:3] + some[100::50])


@pytest.mark.slow
def test_five_thousand_hostile_files_are_read_or_refused_in_isolation(tmp_path):
    assert_isolated_reading_is_harmless(make_corpus(tmp_path, 5200, seed=2))


def test_a_reader_that_crashes_costs_a_sentence(tmp_path, monkeypatch):
    """Should the HDF5 library crash, it is the child that dies."""
    from port.batch import launch

    crash = "import port.reference.case as case\ncase.load_case = lambda *a, **k: __import__('os').abort()\n"
    begin = "from port.batch.template"
    monkeypatch.setattr(launch, "BOOT", launch.BOOT.replace(begin, f"{crash}{begin}", 1))
    path = tmp_path / "crashes.mat"
    path.write_bytes(b"\x89HDF\r\n\x1a\n")
    with (
        Sandbox() as sandbox,
        pytest.raises(CaseError, match=r"crashes\.mat: the reader died from a signal \(SIGABRT\)"),
    ):
        sandbox.read(path.read_bytes(), path)


MATLAB = {
    "parentheses": b"x = " + b"(" * 50_000,
    "blocks": b"if 1\n" * 20_000,
    "nothing": bytes(10_000),
    "every byte": bytes(range(256)) * 50,
    "a quote": b"x = '" * 1000,
}


@pytest.mark.parametrize("name", MATLAB)
def test_hostile_matlab_ends_in_the_sandbox(name):
    with Sandbox(Limits(seconds=SECONDS)) as sandbox:
        sandbox.load([{"arguments": [], "outputs": ["x"]}])
        run = sandbox.play(Job({"code.m": MATLAB[name]}, "code.m"))
    assert run.ending.kind in ("finished", "timeout", "memory", "signal")
    assert run.values == {}
