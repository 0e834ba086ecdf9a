"""The same batch on a Dask cluster: the same tables, also when a worker is killed in the middle."""

import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec

import pytest
from batch_class import SUBMISSIONS, make_class

from port.batch.cluster import dask_pool
from port.batch.journal import HEADER
from port.batch.limits import Limits
from port.batch.run import JOURNAL, _tell_isolation
from port.batch.station import Settings
from port.cli import main
from port.errors import ArgumentError, MissingPartError

TABLES = ("results.csv", "submissions.csv", "mistakes.csv")
pytestmark = pytest.mark.skipif(
    not find_spec("distributed"), reason="Dask (matport[distributed]) is not here"
)


@contextmanager
def running(*command):
    """A process of this interpreter with its log, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.stderr.close()
        process.wait()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def batch(manifest, output, *options):
    """Start `matport batch` as a process of its own."""
    command = [sys.executable, "-m", "port", "batch", str(manifest), "-o", str(output), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def outcomes(output):
    path = output / JOURNAL
    return path.read_bytes().count(b"\n") - HEADER.count(b"\n") if path.exists() else 0


@pytest.mark.slow
def test_a_batch_on_a_cluster_that_loses_a_worker_is_complete(tmp_path):
    manifest = make_class(tmp_path, copies=8)
    assert main(["batch", str(manifest), "-o", str(tmp_path / "here"), "--jobs", "2"]) == 1
    address = f"tcp://127.0.0.1:{free_port()}"
    with ExitStack() as stack:
        port = address.rpartition(":")[2]
        stack.enter_context(
            running("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        )
        worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        lost, _ = [stack.enter_context(running(*worker)) for _ in range(2)]
        process = batch(manifest, tmp_path / "there", "--scheduler", address)
        deadline = time.monotonic() + 60
        while outcomes(tmp_path / "there") < 8 and time.monotonic() < deadline:
            time.sleep(0.02)
        lost.send_signal(signal.SIGKILL)
        _, complaint = process.communicate(timeout=120)
    assert process.returncode == 1, complaint
    assert outcomes(tmp_path / "there") == 8 * len(SUBMISSIONS)
    for name in TABLES:
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


@pytest.mark.slow
def test_a_cluster_of_this_machine_tells_the_same(tmp_path):
    manifest = make_class(tmp_path)
    assert main(["batch", str(manifest), "-o", str(tmp_path / "here"), "--jobs", "1"]) == 1
    process = batch(manifest, tmp_path / "there", "--scheduler", "local", "--jobs", "2")
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 1, complaint
    assert complaint.count("submissions are ") == 1 and "ISOLATED" in complaint.upper()
    for name in TABLES:
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_workers_that_isolate_in_other_ways_are_counted():
    told = []
    _tell_isolation(["isolated", "NOT ISOLATED", "isolated"], told.append)
    assert told == ["isolated (on 2 of 3 workers)", "NOT ISOLATED (on 1 of 3 workers)"]
    told.clear()
    _tell_isolation(["isolated", "isolated"], told.append)
    assert told == ["isolated"]


def test_an_address_without_scheduler_says_so(monkeypatch):
    monkeypatch.setattr("port.batch.cluster.CONNECT", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    with (
        pytest.raises(ArgumentError, match=rf"--scheduler {re.escape(address)}: no scheduler"),
        dask_pool(Settings(Limits()), address, 1),
    ):
        pass


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(MissingPartError, match=r"pip install 'matport\[distributed\]'"),
        dask_pool(Settings(), "local", 1),
    ):
        pass
