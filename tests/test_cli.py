"""Whatever stops a command is exit status 2 and one sentence; it is never 1, which would call a port wrong."""

import json
import os
import subprocess
import sys

import pytest

from port import cli
from port.cli import explain_cause, main
from port.errors import CaseError

STOPS = {
    "error of ours": (CaseError("in.mat: it is empty"), "in.mat: it is empty"),
    "Ctrl-C": (KeyboardInterrupt(), "interrupted"),
    "memory": (MemoryError("Unable to allocate 74.5 GiB"), "not enough memory: Unable to allocate 74.5 GiB"),
    "full disk": (OSError(28, "No space left on device", "out.csv"), "out.csv: no space left on device"),
    "full standard output": (OSError(28, "No space left on device"), "no space left on device"),
    "fault": (ZeroDivisionError("no"), "a fault of matport itself, which says nothing about your code"),
}


@pytest.fixture(params=STOPS.values(), ids=STOPS)
def stopped(request, monkeypatch):
    """What the command says when something stops it."""
    error, says = request.param

    def run(options):
        raise error

    monkeypatch.setattr(explain_cause, "run", run)
    return says


def test_what_stops_a_command_is_one_sentence_and_status_2(stopped, capsys):
    assert main(["explain-cause"]) == 2
    told = capsys.readouterr()
    assert told.err.splitlines()[-1] == f"matport: {stopped}"
    assert told.out == ""


def test_what_stops_a_command_is_one_document_with_json(stopped, capsys):
    assert main(["explain-cause", "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {"status": "cannot-tell", "error": stopped}


def test_a_fault_of_our_own_keeps_its_traceback(monkeypatch, capsys):
    monkeypatch.setattr(cli, "COMMANDS", {"no-such-module": "a command whose file is missing"})
    assert main(["no-such-module"]) == 2
    assert "ModuleNotFoundError" in capsys.readouterr().err


def played(*arguments, **streams):
    command = [sys.executable, "-m", "port", *arguments]
    return subprocess.run(command, stderr=subprocess.PIPE, timeout=60, check=False, **streams)


def test_a_reader_that_has_read_enough_is_no_error():
    unread, output = os.pipe()
    os.close(unread)
    with os.fdopen(output, "wb") as stdout:
        done = played("explain-cause", "--all", stdout=stdout)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_one_sentence():
    with open("/dev/full", "wb") as full:
        done = played("explain-cause", "--json", stdout=full)
    assert (done.returncode, done.stderr) == (2, b"matport: no space left on device\n")
