"""Killed at any moment, a batch goes on with --resume: nothing finished is lost, nothing is done twice."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_class import RIGHT, SUBMISSIONS, make_class

from port.batch.journal import HEADER
from port.batch.limits import Limits
from port.batch.run import JOURNAL, run_batch
from port.batch.station import Settings

TABLES = ("results.csv", "submissions.csv", "mistakes.csv", "histogram.csv", "first_differences.csv")
SETTINGS = Settings(Limits(seconds=5.0))


def command(manifest, output, *options):
    return [sys.executable, "-m", "port", "batch", str(manifest), "-o", str(output), "--jobs", "2", *options]


def finish(manifest, output):
    """Run or go on to the end; returns the tables."""
    done = subprocess.run(command(manifest, output, "--resume"), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return [(output / name).read_bytes() for name in TABLES]


def whole_lines(path):
    """The journal's lines that were finished when it was cut off."""
    content = path.read_bytes() if path.exists() else b""
    return [line for line in content.splitlines(keepends=True) if line.endswith(b"\n")]


def kill_at(manifest, output, seconds):
    """Start or go on, kill the parent after so many seconds; says whether it was still at work."""
    process = subprocess.Popen(
        command(manifest, output, "--resume"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


@pytest.mark.slow
def test_killing_a_batch_at_fifty_moments_loses_nothing(tmp_path):
    """It goes on after each; whenever a run has come to its end, another begins."""
    draw = random.Random(50)
    manifest = make_class(tmp_path, copies=4)
    lines = 4 * len(SUBMISSIONS) + 1
    begin = time.monotonic()
    want = finish(manifest, tmp_path / "uninterrupted")
    lasts = time.monotonic() - begin
    killed, output = 0, tmp_path / "killed"
    while killed < 50:
        before = whole_lines(output / JOURNAL)
        working = kill_at(manifest, output, draw.uniform(0.0, 1.1 * lasts))
        after = whole_lines(output / JOURNAL)
        assert after[: len(before)] == before
        assert len(set(after)) == len(after) <= lines
        killed += working
        if not working:
            assert [(output / name).read_bytes() for name in TABLES] == want
            shutil.rmtree(output)
    assert finish(manifest, output) == want
    assert len(whole_lines(output / JOURNAL)) == lines


def family(pid):
    """Processes under one, each as (pid, when it started)."""
    parents, started = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        child = int(path.parent.name)
        parents[child], started[child] = int(fields[1]), fields[19]
    found = {pid}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return {(child, started[child]) for child in found if child in started}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system does not show its processes")
def test_a_killed_batch_leaves_no_process(tmp_path):
    hangs = "import time\ndef layer(W, b, x): time.sleep(99)"
    manifest = make_class(tmp_path, submissions={"a": hangs, "b": hangs})
    process = subprocess.Popen(
        command(manifest, tmp_path / "out", "--timeout", "99"), stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while len(members := family(process.pid)) < 10 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    alive = [pid for pid, started in members if Path(f"/proc/{pid}").exists()]
    while alive and time.monotonic() < deadline:
        time.sleep(0.05)
        alive = [pid for pid, started in members if any(one == (pid, started) for one in family(pid))]
    assert len(members) >= 10
    assert alive == []


def in_a_small_file_system(script, folder):
    """Run a shell script where `folder` is a file system of 16 KiB; skips where that is not permitted."""
    mount = f"mount -t tmpfs -o size=16k none {folder}"
    unshare = ["unshare", *([] if os.geteuid() == 0 else ["-r"]), "-m", "sh", "-c"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*unshare, mount], capture_output=True, check=False).returncode
    ):
        pytest.skip("no file system can be mounted here (unshare -m)")
    return subprocess.run([*unshare, f"{mount} && {script}"], capture_output=True, text=True, check=False)


def test_a_disk_that_is_full_is_told_once_and_nothing_is_lost(tmp_path):
    manifest = make_class(tmp_path, copies=30, submissions={"right": RIGHT})
    small, kept = tmp_path / "small", tmp_path / "kept"
    small.mkdir()
    run = " ".join(command(manifest, small / "out"))
    done = in_a_small_file_system(f"{run}; status=$?; cp -r {small}/out {kept}; exit $status", small)
    assert done.returncode == 2, done.stderr
    message = done.stderr.splitlines()[-1]
    assert "No space left on device" in message
    assert "finished outcomes are kept, go on with --resume" in message
    assert "Traceback" not in done.stderr
    lines = (kept / JOURNAL).read_bytes()
    assert lines.startswith(HEADER)
    assert lines.endswith(b"\n")
    batch = run_batch(manifest, kept, SETTINGS, resume=True)
    assert batch.repeated == len(lines.splitlines()) - 1 > 0
    assert len(batch.summaries) == 30


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path):
    manifest = make_class(tmp_path)
    done = subprocess.run(command(manifest, "/proc/matport"), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("matport: /proc/matport/journal.jsonl: cannot be written")
