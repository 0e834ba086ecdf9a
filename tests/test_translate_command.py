"""`matport translate`: what it writes, says and returns."""

import json
from pathlib import Path

import numpy as np
import pytest
from engines import needs_octave

from port.cli import main
from port.reference.matfile import write_mat

COST = "function J = cost(W, x)\nJ = sum(sum((W * x) .^ 2)) / size(x, 2);\nend\n"


@pytest.fixture(name="course")
def _course(tmp_path: Path) -> Path:
    (tmp_path / "cost.m").write_text(COST)
    write_mat(tmp_path / "in.mat", {"W": np.arange(6.0).reshape(2, 3), "x": np.ones((3, 4))})
    return tmp_path


def test_a_folder_becomes_modules(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", str(course), "-o", str(course / "out"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [file["target"] for file in document["files"]] == ["cost.py"]
    assert "def cost(" in (course / "out" / "cost.py").read_text()


def test_a_refusal_is_no_success(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "bad.m").write_text("function r = bad(s)\nr = eval(s);\nend\n")
    assert main(["translate", str(course / "bad.m"), "-o", str(course / "out")]) == 2
    assert "bad.m:2:1: refused" in capsys.readouterr().err


def test_a_missing_path_is_said_in_a_sentence(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", str(course / "none.m"), "-o", str(course / "out")]) == 2
    assert "neither a file nor a folder" in capsys.readouterr().err


def test_a_neighbour_that_is_not_translated_is_named(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "twice.m").write_text("function r = twice(W, x)\nr = 2 * cost(W, x);\nend\n")
    arguments = ["translate", str(course / "twice.m"), "-o", str(course / "out")]
    assert main(arguments) == 0
    said = f"needs cost.py, which is not there: translate the whole folder, {course}"
    assert said in capsys.readouterr().err
    assert main(["translate", str(course / "cost.m"), "-o", str(course / "out")]) == 0
    assert main(arguments) == 0
    assert said not in capsys.readouterr().err


@needs_octave
def test_without_a_neighbour_nothing_is_compared(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "twice.m").write_text("function r = twice(W, x)\nr = 2 * cost(W, x);\nend\n")
    arguments = ["translate", str(course / "twice.m"), "-o", str(course / "out"), "--json"]
    assert main([*arguments, "--inputs", str(course / "in.mat")]) == 2
    document = json.loads(capsys.readouterr().out)
    assert (document["status"], document["compared_with"]) == ("cannot-tell", None)


@needs_octave
def test_observed_and_compared(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--call", "J = cost(W, x)", "--inputs", str(course / "in.mat"), "--annotate"]
    assert main(["translate", str(course / "cost.m"), "-o", str(course / "out"), *options]) == 0
    text = (course / "out" / "cost.py").read_text()
    assert "W @ x" in text
    assert "W is (2, 3), x is (3, 4)" in text
    assert "equal to GNU Octave" in capsys.readouterr().err


@needs_octave
def test_a_function_is_called_as_it_declares_itself(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["translate", str(course / "cost.m"), "-o", str(course / "out"), "--json"]
    assert main([*arguments, "--inputs", str(course / "in.mat")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["status"], document["differences"]) == ("agree", [])
    assert document["compared_with"].startswith("GNU Octave")


@needs_octave
def test_a_call_that_fails_tells_nothing(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["translate", str(course / "cost.m"), "-o", str(course / "out"), "--json"]
    assert main([*arguments, "--call", "cost(W, x"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert (document["status"], document["compared_with"]) == ("cannot-tell", None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["in.mat"], "in.mat is no MATLAB file"),
        (["cost.m", "--inputs", "other.mat"], "cost.m takes W, x: give --inputs IN.mat"),
    ],
    ids=["data", "inputs of other names"],
)
def test_what_is_given_by_mistake_is_said(course, arguments, says, monkeypatch, capsys) -> None:
    monkeypatch.chdir(course)
    write_mat(course / "other.mat", {})
    assert main(["translate", *arguments, "-o", "out"]) == 2
    assert says in capsys.readouterr().err
    assert not (course / "out").exists()


@needs_octave
def test_what_a_script_assigns_is_observed_and_compared(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "steps.m").write_text(
        "lambda = 2;\nh = W * x;\nstep = lambda * h';\nlast = step(end, 2:end);\n"
    )
    arguments = ["translate", str(course / "steps.m"), "-o", str(course / "out")]
    assert main([*arguments, "--inputs", str(course / "in.mat")]) == 0
    assert "step = lambda_ * h.T\n" in (course / "out" / "steps.py").read_text()
    assert "last = step[[-1], 1:]" in (course / "out" / "steps.py").read_text()
    assert "equal to GNU Octave" in capsys.readouterr().err


@needs_octave
def test_handles_globals_and_what_was_cleared_are_no_differences(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "steps.m").write_text("global G\nG = 5;\nf = @(x) x + G;\ny = f(2);\nk = 1;\nclear k\n")
    assert main(["translate", str(course / "steps.m"), "-o", str(course / "out"), "--call", "steps"]) == 0
    assert "equal to GNU Octave" in capsys.readouterr().err
