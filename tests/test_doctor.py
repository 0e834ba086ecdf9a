"""`matport doctor` tells what is there and how to get what is not."""

import json

import pytest

from port.cli import main
from port.reference import doctor


def test_what_is_installed_is_found(capsys):
    assert main(["doctor", "--json"]) == 0
    parts = {part["name"]: part for part in json.loads(capsys.readouterr().out)["parts"]}
    assert parts["numpy"]["found"]
    assert {"GNU Octave", "MATLAB", "BLAS", "dask", "bwrap"} <= parts.keys()


@pytest.fixture
def empty_machine(monkeypatch):
    """Nothing is installed but Python."""
    monkeypatch.setattr(doctor, "_version", lambda name: "")
    monkeypatch.setattr(doctor, "find_engines", lambda: [])
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)


def test_what_is_missing_is_told_with_a_way_to_get_it(empty_machine, capsys):
    assert main(["doctor"]) == 2
    told = capsys.readouterr().out
    for way in (
        "pip install numpy",
        "apt install octave",
        "brew install octave",
        "winget install GNU.Octave",
    ):
        assert way in told


def test_every_missing_part_has_a_line_for_every_system(empty_machine):
    for finding in doctor.examine():
        if finding.missing:
            assert finding.get.keys() == {"Debian/Ubuntu", "macOS", "Windows"}
            assert all(finding.get.values())
