"""The files of a submission: what travels, what stays, and what is refused before anything is read."""

import os

import pytest

from port.batch import submission
from port.batch.manifest import Check
from port.batch.submission import read_submission
from port.errors import SourceError


def check(folder, code="main.py", own_folder=True):
    return Check("ann", folder / code, (), folder=folder if own_folder else None)


@pytest.fixture
def folder(tmp_path):
    """A submission of two files, with things that must not travel."""
    (tmp_path / "main.py").write_text("import help")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "data.txt").write_text("1 2")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("secret")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "main.pyc").write_bytes(b"")
    (tmp_path / "passwords.py").symlink_to("/etc/passwd")
    (tmp_path / "etc").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.py")
    return tmp_path


def test_regular_files_travel_and_nothing_else(folder):
    files, entry = read_submission(check(folder))
    assert (files, entry) == ({"main.py": b"import help", "sub/data.txt": b"1 2"}, "main.py")


def test_code_alone_travels_alone(folder):
    assert read_submission(check(folder, own_folder=False)) == ({"main.py": b"import help"}, "main.py")


def test_references_stay(folder):
    reference = folder / "sub" / "data.txt"
    assert list(read_submission(check(folder), hidden=frozenset({reference.resolve()}))[0]) == ["main.py"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("nothing.py", "cannot be read: No such file"),
        ("passwords.py", "is no regular file"),
        ("pipe.py", "is no regular file"),
        ("sub", "is no regular file"),
        ("../other.py", "is not in the folder of its submission"),
    ],
)
def test_code_that_is_none_is_refused(folder, code, says):
    with pytest.raises(SourceError, match=says):
        read_submission(check(folder, code))


def test_a_submission_too_large_is_refused(folder, monkeypatch):
    monkeypatch.setattr(submission, "LARGEST", 12)
    with pytest.raises(SourceError, match="more than"):
        read_submission(check(folder))
    monkeypatch.setattr(submission, "LARGEST", 1000)
    monkeypatch.setattr(submission, "MOST", 1)
    with pytest.raises(SourceError, match="holds more than 1 files"):
        read_submission(check(folder))
