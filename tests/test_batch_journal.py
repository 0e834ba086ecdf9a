"""What was finished is kept, whatever happens to the process, the disk or the file."""

import errno
import os
import subprocess
import sys

import pytest

from port.batch.journal import HEADER, Journal, whole_file
from port.batch.results import Outcome, Result
from port.errors import ArgumentError, MatportError


def outcome(key, detail="as it is: \n ü ✓"):
    numbers = (2, 0.1, float("inf"), 1e-300, 5.0)
    result = Result("case", "z{1}", "differ", "3x4", "3x4", *numbers, "(1,2)", "S03", "half", detail)
    return Outcome(key, "someone", "code.py", "f", "ran to its end", "", "bubblewrap", 0.25, (result,))


@pytest.fixture
def written(tmp_path):
    """A journal of three outcomes."""
    path = tmp_path / "journal.jsonl"
    with Journal(path, resume=False) as journal:
        for key in "abc":
            journal.append(outcome(key))
    return path


def keys(path):
    with Journal(path, resume=True) as journal:
        return [key for key in "abcd" if key in journal]


def test_outcomes_come_back_as_they_went(written):
    with Journal(written, resume=True) as journal:
        assert len(journal) == 3
        assert journal.read("b") == outcome("b")
        journal.append(outcome("d", "another"))
        assert journal.read("d") == outcome("d", "another")
    assert keys(written) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("cut", [1, 2, 10, 100])
def test_a_line_that_was_cut_short_is_cut_off(written, cut):
    whole = written.read_bytes()
    written.write_bytes(whole[:-cut])
    with Journal(written, resume=True) as journal:
        assert len(journal) == 2
        journal.append(outcome("c"))
    assert written.read_bytes() == whole


def test_a_header_that_was_cut_short_begins_anew(tmp_path):
    path = tmp_path / "journal.jsonl"
    for size in range(len(HEADER)):
        path.write_bytes(HEADER[:size])
        assert keys(path) == []
        assert path.read_bytes() == HEADER


def test_a_damaged_line_is_computed_anew_and_the_others_are_kept(written):
    lines = written.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"someone", b"anybody")
    written.write_bytes(b"".join(lines))
    assert keys(written) == ["a", "c"]


def test_a_line_of_another_version_is_computed_anew(written, monkeypatch):
    monkeypatch.setattr(Outcome, "as_dict", lambda self: {"key": self.key, "new": 1})
    with Journal(written, resume=True) as journal:
        journal.append(outcome("d"))
    assert keys(written) == ["a", "b", "c"]


def test_another_file_is_left_alone(tmp_path):
    path = tmp_path / "journal.jsonl"
    path.write_text("my diary\n")
    with pytest.raises(ArgumentError, match="is no journal of matport batch"):
        Journal(path, resume=True)
    assert path.read_text() == "my diary\n"


def test_without_resume_an_earlier_run_is_left_alone(written):
    before = written.read_bytes()
    with pytest.raises(ArgumentError, match="holds 3 outcomes of an earlier run"):
        Journal(written, resume=False)
    assert written.read_bytes() == before


def test_two_at_once_are_refused(written):
    with Journal(written, resume=True), pytest.raises(ArgumentError, match="another batch is writing"):
        Journal(written, resume=True)


def test_a_full_disk_keeps_what_is_there(written, monkeypatch):
    before, write = written.read_bytes(), os.pwrite

    def full(file, data, place):
        write(file, data[:20], place)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Journal(written, resume=True) as journal:
        monkeypatch.setattr(os, "pwrite", full)
        with pytest.raises(MatportError, match="No space left on device; 3 finished outcomes are kept"):
            journal.append(outcome("d"))
        monkeypatch.undo()
    assert written.read_bytes() == before
    assert keys(written) == ["a", "b", "c"]


def test_a_folder_that_takes_no_file_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MatportError, match=r"cannot be written: (Not a directory|File exists)"):
        Journal(tmp_path / "file" / "journal.jsonl", resume=False)


def test_a_table_is_whole_or_not_there(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old")
    with pytest.raises(MatportError, match="cannot be written: No space"), whole_file(path) as file:
        file.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["table.csv"]


def test_what_was_appended_survives_the_process(tmp_path):
    path = tmp_path / "journal.jsonl"
    script = (
        "import os, sys\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\n"
        "from port.batch.journal import Journal\n"
        "from test_batch_journal import outcome\n"
        "journal = Journal(Path(sys.argv[1]), resume=False)\n"
        "for key in 'abc': journal.append(outcome(key))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", script, str(path), os.path.dirname(__file__)]
    assert subprocess.run(command, check=False).returncode == -9
    assert keys(path) == ["a", "b", "c"]
