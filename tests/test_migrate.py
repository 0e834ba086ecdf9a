"""`matport migrate`: a course folder in, a project out whose tests pass, and what is left when something goes wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from engines import needs_octave
from octave_values import run_octave

from port.cli import main
from port.errors import ArgumentError, EngineError, SourceError
from port.migrate import recording, runtime
from port.migrate.columns import load_sized, read_sized
from port.migrate.inside import observed_inside, restored, stored
from port.migrate.keep import keeper
from port.migrate.migration import Migration
from port.migrate.parser import parse
from port.migrate.project import _judge
from port.migrate.references import replayed
from port.migrate.settings import read_settings, write_initial
from port.migrate.verify import Status, Verdict, run_tests
from port.migrate.witness import _left_out, _spelled, drawing
from port.reference.case import Case, save_case
from port.reference.comparison import Tolerance
from port.reference.engine import OCTAVE, find_engine
from port.reference.matvalue import object_array
from port.reference.pytest_reference import Reference

COURSE = Path(__file__).parent / "course"
FUNCTIONS = {
    "checkNNGradients", "computeNumericalGradient", "debugInitializeWeights", "displayDigits", "nnCostFunction",
    "predict", "randInitializeWeights", "sigmoid", "sigmoidGradient",
}  # fmt: skip
SQUARE = "function y = square(x)\ny = x .^ 2;\nend\n"


def folder(path: Path, **files: str) -> Path:
    """A course folder of MATLAB files."""
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.m").write_text(text)
    return path


def statuses(out: Path) -> dict[str, str]:
    """The status of every function and script, as the summary has it."""
    return dict(pd.read_csv(out / "migration.csv")[["name", "status"]].itertuples(index=False))


def leftovers(out: Path) -> list[Path]:
    """Files that a write in the middle would leave."""
    return [
        path for path in out.rglob("*") if path.name.endswith(".part") or path.name.startswith(".matport-")
    ]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the plugins that happen to be installed: importing them takes longer than the tests."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture(name="no_octave")
def _no_octave(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str | None = None) -> None:
        raise EngineError("GNU Octave was not found on the PATH; install GNU Octave")

    monkeypatch.setattr(recording, "find_engine", missing)


# -- the course, as a new user would do it ------------------------------------------------------------


@needs_octave
@pytest.mark.slow
def test_a_course_becomes_a_project_whose_tests_pass(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = {path: path.read_bytes() for path in COURSE.iterdir() if path.is_file()}
    assert main(["migrate", str(COURSE), "-o", str(out)]) == 0
    assert before == {path: path.read_bytes() for path in COURSE.iterdir() if path.is_file()}
    found = statuses(out)
    assert found.keys() == FUNCTIONS | {"ex4"}
    assert {name for name, status in found.items() if status == "equal"} == FUNCTIONS - {"checkNNGradients"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "port.reference.plugin"]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "21 passed" in done.stdout
    assert not leftovers(out)
    cost = (out / "nnCostFunction.py").read_text(encoding="utf-8")
    assert "d2 = (d3 @ Theta2[:, 1:]) * sigmoidGradient(z2)" in cost
    assert "mtimes" not in cost


@needs_octave
def test_what_calls_show_inside_functions_is_what_holds_in_all(tmp_path: Path) -> None:
    texts = {
        "whole": "function r = whole(x)\ny = x * 2;\nr = twin(y');\nend\nfunction r = twin(x)\nr = x;\nend\n",
        "broken": "function r = broken(x)\ny = helper(x);\nr = missing_one(y);\nend\n",
        "helper": "function z = helper(x)\nz = x + 1;\nend\nfunction r = twin(x)\nr = x;\nend\n",
    }
    course = folder(tmp_path / "course", **texts)
    parsed = {name: parse(text) for name, text in texts.items()}
    given = [("whole", np.ones((2, 3))), ("whole", np.ones((4, 3))), ("broken", np.ones((2, 2)))]
    cases = [
        Case(f"{name}_{n}", input={"x": x}, meta={"function": name, "call": f"r = {name}(x);"})
        for n, (name, x) in enumerate(given)
    ]
    found = observed_inside(course, parsed, cases, find_engine(OCTAVE), 20.0)
    assert found.keys() == {"whole"}
    assert (found["whole"]["y@2"].rows, found["whole"]["y@2"].cols) == (None, 3)
    assert found["whole"]["r@3"].rows == found["whole"]["x"].cols == 3
    assert restored(json.loads(json.dumps(stored(found)))) == found


@needs_octave
def test_an_edit_stays_and_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = folder(tmp_path / "course", square=SQUARE, main="y = square([1 2; 3 4]);\n")
    out = tmp_path / "out"
    assert main(["migrate", str(course), "-o", str(out)]) == 0
    edited = (out / "square.py").read_text().replace("**2", "**3").replace("** 2", "** 3")
    (out / "square.py").write_text(edited)

    capsys.readouterr()
    assert main(["migrate", "--check", str(out), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    row = next(row for row in document["rows"] if row["name"] == "square")
    assert (row["status"], row["matlab_line"], row["cause"]) == ("differs", 2, "P04")
    assert "the number 3 is another" in row["detail"]
    assert "the number 3 is another" in (out / "MIGRATION.html").read_text()
    assert document["since"] == "1 now differ (square)"
    assert "- Since the last report: 1 now differ (square)\n" in (out / "MIGRATION.md").read_text()
    assert "** 3" in edited.splitlines()[row["python_line"] - 1].replace("**3", "** 3")

    assert main(["migrate", str(course), "-o", str(out)]) == 1
    assert (out / "square.py").read_text() == edited
    assert not list(out.rglob("*.new"))

    (course / "square.m").write_text(SQUARE.replace("x .^ 2", "x .* x + 0"))
    capsys.readouterr()
    main(["migrate", str(course), "-o", str(out)])
    assert (out / "square.py").read_text() == edited
    assert "x * x" in (out / "square.py.new").read_text()
    assert (
        "square.py was changed by you and stays; what is new is in square.py.new" in capsys.readouterr().err
    )


@needs_octave
@pytest.mark.slow
def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    course = folder(tmp_path / "course", square=SQUARE, main="y = square(3);\n")
    out = tmp_path / "out"
    assert main(["migrate", str(course), "-o", str(out)]) == 0
    files = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert main(["migrate", str(course), "-o", str(out)]) == 0
    again = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    report = {out / name for name in ("MIGRATION.md", "MIGRATION.html", ".matport.json")}
    assert again.keys() == files.keys() and {path for path in files if again[path] != files[path]} == report
    first, same = b"this is the first report here", b"no verdict has changed"
    for path in report - {out / ".matport.json"}:
        assert again[path] == files[path].replace(first, same)


@needs_octave
def test_a_call_of_the_settings_is_recorded(tmp_path: Path) -> None:
    course = folder(tmp_path / "course", square=SQUARE, twice="function y = twice(x)\ny = x * 2;\nend\n")
    path = write_initial(course)
    text = path.read_text()
    assert "y = square(x)" in text and "y = twice(x)" in text
    path.write_text(text.replace('call = "y = twice(x)"', 'call = "y = twice(single(4))"'))
    out = tmp_path / "out"
    assert main(["migrate", str(course), "-o", str(out)]) == 0
    assert statuses(out) == {"square": "equal", "twice": "equal"}


@needs_octave
def test_handles_scripts_that_clear_and_random_numbers(tmp_path: Path) -> None:
    course = folder(
        tmp_path / "course",
        slope="function g = slope(f, x)\ng = (f(x + 0.5) - f(x - 0.5));\nend\n",
        noise="function W = noise(n)\nW = randn(n, 2) + rand(n, 2);\nend\n",
        parts="function [a, b] = parts(s, varargin)\na = s.x{1} + numel(varargin); b.y = upper(s.name);\nend\n",
        records="function s = records(t)\ns = struct('a', {t(end).a, 2}); s(2).b = {1, 'two'};\nend\n",
        main=(
            "records(struct('a', {1, 5}));\n"
            "clear all; close all;\nk = 3; inner = @(t) k * t;\ng = slope(@(x) inner(x) .^ 2, [1 2]);\n"
            "clear all\nnoise(3);\ns.x = {5}; s.name = 'net'; [a, b] = parts(s, 1, 'two');\n"
        ),
    )
    out = tmp_path / "out"
    assert main(["migrate", str(course), "-o", str(out)]) == 0
    names = ("slope", "noise", "parts", "records")
    assert statuses(out) == {**dict.fromkeys(names, "equal"), "main": "ran"}


@needs_octave
def test_a_function_that_is_not_exercised_says_why(tmp_path: Path) -> None:
    names = {"my-layer 2": "layer", "unused": "unused", "drawn": "drawn", "a script": ""}
    texts = {n: f"function {f}(x)\nx;\nend\n" if f else "drawn(1);\n" for n, f in names.items()}
    course = folder(tmp_path / "course", **texts)
    folder(course / "old", square=SQUARE)
    assert main(["migrate", str(course), "-o", str(tmp_path / "out")]) == 2
    rows = pd.read_csv(tmp_path / "out" / "migration.csv").set_index("name")
    assert rows["status"].to_dict() == {
        **dict.fromkeys([*names, "square"], "not exercised"),
        "a script": "ran",
    }
    told = rows["detail"].dropna().to_dict()
    assert told == {
        "my-layer 2": "nothing can call it: `my-layer 2` is no name in MATLAB",
        "unused": "nothing that ran called it",
        "drawn": "called, but nothing to compare: it returns nothing",
        "square": "it lies in a subfolder: compared only where another function calls it",
    }


# -- when something goes wrong ------------------------------------------------------------------------


@pytest.mark.usefixtures("no_octave")
def test_without_octave_the_translation_and_a_report_are_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["migrate", str(COURSE), "-o", str(out)]) == 2
    assert "GNU Octave was not found" in capsys.readouterr().err
    assert set(statuses(out).values()) == {"not exercised"}
    assert "nothing was recorded: GNU Octave was not found" in (out / "MIGRATION.md").read_text()
    assert "<html" in (out / "MIGRATION.html").read_text()
    assert (out / "nnCostFunction.py").is_file()
    assert not leftovers(out)


@needs_octave
@pytest.mark.parametrize(
    ("ending", "told"),
    [
        pytest.param("model = fitcsvm(1, 2);", "'fitcsvm' undefined", id="a-toolbox-function"),
        pytest.param("x = 1;\nerror('no such data');", "no such data", id="an-error-in-the-middle"),
        pytest.param("while true\nend", "longer than 2 s", id="an-infinite-loop"),
    ],
)
def test_what_was_recorded_before_a_script_stopped_is_kept(tmp_path: Path, ending: str, told: str) -> None:
    course = folder(tmp_path / "course", square=SQUARE, main=f"y = square(3);\n{ending}\n")
    out = tmp_path / "out"
    assert main(["migrate", str(course), "-o", str(out), "--timeout", "2"]) == 2
    table = pd.read_csv(out / "migration.csv").set_index("name")
    assert table.loc["square", "status"] == "equal"
    assert table.loc["main", "status"] == "stopped"
    assert told in table.loc["main", "detail"]
    assert told in (out / "MIGRATION.md").read_text()
    assert not leftovers(out)


@needs_octave
def test_an_interruption_leaves_a_report_and_whole_files(tmp_path: Path) -> None:
    course = folder(tmp_path / "course", square=SQUARE, main="y = square(3);\nwhile true\nend\n")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "port", "migrate", str(course), "-o", str(out)]
    restore = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a job in the background ignores it
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=restore)
    assert process.stderr is not None
    told = list(takewhile(lambda line: "recording in Octave" not in line, process.stderr))
    assert process.poll() is None, "".join(told)
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    errors = process.communicate(timeout=60)[1]
    assert process.returncode == 2, errors
    assert "Traceback" not in errors
    assert "interrupted while recording" in (out / "MIGRATION.md").read_text()
    assert statuses(out)["main"] == "stopped"
    assert not leftovers(out)


def test_a_test_that_hangs_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "def test_one():\n    pass\n\n\ndef test_hang():\n    while True:\n        pass\n\n\n"
        "def test_two():\n    assert 1 + 1 == 3\n"
    )
    found = {verdict.test.partition("::")[2]: verdict for verdict in run_tests(tmp_path, 1.0)}
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "test_one": "passed",
        "test_hang": "untold",
        "test_two": "failed",
    }
    assert "longer than 1 s" in found["test_hang"].message


# -- the parts ----------------------------------------------------------------------------------------


def test_a_call_is_spelled_with_what_its_handles_captured() -> None:
    file = parse("function y = f(h, k)\ny = h(k);\nend\n")
    handle = {"matport_handle": "@(x) x * k", "names": ["k"], "values": [np.array([[2.0]])]}
    record = {
        "given": [handle, np.array([[7.0]])],
        "results": [np.array([[14.0]])],
        "seed": np.array([[0.0]]),
    }
    seen = _spelled("f", file.functions[0], record, "main.m")
    assert seen.call == "y = f(@(x) x * k, k_given);"
    assert {name: value.item() for name, value in seen.inputs.items()} == {"k_given": 7.0, "k": 2.0}


def test_handles_that_captured_different_values_of_one_name_are_refused() -> None:
    file = parse("function y = f(g, h)\ny = g(1) + h(1);\nend\n")
    handles = [
        {"matport_handle": "@(x) x * k", "names": ["k"], "values": [np.array([[v]])]} for v in (1.0, 2.0)
    ]
    with pytest.raises(SourceError, match="two variables called k"):
        _spelled(
            "f", file.functions[0], {"given": handles, "results": [], "seed": np.zeros((1, 1))}, "main.m"
        )


def test_what_draws_random_numbers_through_others_is_known() -> None:
    files = {
        "a": parse("function y = a()\ny = b();\nend\n"),
        "b": parse("function y = b()\ny = randn(2);\nend\n"),
        "c": parse("function y = c()\ny = 1;\nend\n"),
    }
    assert drawing(files) == {"a", "b"}


@pytest.mark.parametrize(
    ("ours", "theirs", "kept", "beside"),
    [
        pytest.param("new", "old", "new", None, id="replaced-where-nobody-changed-it"),
        pytest.param("old", "mine", "mine", None, id="kept-where-there-is-nothing-new"),
        pytest.param("new", "mine", "mine", "new", id="kept-and-the-new-one-beside-it"),
        pytest.param("new", "new", "new", None, id="both-made-the-same-change"),
        pytest.param("new", None, "new", None, id="written-again-where-it-was-removed"),
    ],
)
def test_three_ways(tmp_path: Path, ours: str, theirs: str | None, kept: str, beside: str | None) -> None:
    first = keeper(tmp_path)
    first.write("a/x.py", b"old")
    first.save()
    target = tmp_path / "a" / "x.py"
    target.unlink() if theirs is None else target.write_text(theirs)
    second = keeper(tmp_path)
    second.write("a/x.py", ours.encode())
    assert target.read_text() == kept
    new = target.with_name("x.py.new")
    assert (new.read_text() if new.exists() else None) == beside
    assert second.kept == (["a/x.py"] if beside else [])


def test_a_file_that_was_there_before_stays(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("mine")
    files = keeper(tmp_path)
    files.write("x.py", b"ours")
    assert (tmp_path / "x.py").read_text() == "mine"
    assert files.kept == ["x.py"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scripts = 3", "`scripts` is a list of file names"),
        ('scripts = ["none.m"]', "no script none.m"),
        ("script = []", "`script` is unknown"),
        ('[[call]]\nfunction = "f"', "has the texts `function` and `call`"),
        ('[rtol]\nf = "a"', "rtol of f is a number"),
        ("rtol = 1", "`rtol` is a table"),
        ("a = = 1", "it cannot be read"),
    ],
)
def test_settings_that_cannot_be_used_are_said_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "matport.toml").write_text(text)
    with pytest.raises(ArgumentError, match=r"matport\.toml") as caught:
        read_settings(tmp_path)
    assert told in str(caught.value)


def test_a_function_of_a_subfolder_has_not_the_verdict_of_its_namesake(tmp_path: Path) -> None:
    rows = {
        source: Status("square", "function", source, source.replace(".m", ".py"), "not exercised")
        for source in ("square.m", "old/square.m")
    }
    migration = Migration(tmp_path, tmp_path, keeper(tmp_path), 60.0, rows=rows)
    _judge(migration, [Verdict("tests/test_square.py::test_square[square_1]", "passed")])
    assert [row.status for row in migration.rows.values()] == ["equal", "not exercised"]


def test_the_settings_that_are_written_can_be_read(tmp_path: Path) -> None:
    course = folder(tmp_path / "course", square=SQUARE, other="function other(a)\nend\n", main="square(2);\n")
    write_initial(course)
    settings = read_settings(course)
    assert settings.scripts == ("main.m",)
    assert [call.function for call in settings.calls] == ["other"]
    with pytest.raises(ArgumentError, match="is there already"):
        write_initial(course)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["migrate"], "give one of"),
        (["migrate", "nowhere", "-o", "out"], "is no folder"),
        (["migrate", "empty", "-o", "out"], "holds no .m file"),
        (["migrate", "over", "-o", "out"], "those below do: week1. Give one of these"),
        (["migrate", "course"], "-o OUT"),
        (["migrate", "course", "-o", "course"], "lie in each other"),
        (["migrate", "course", "-o", "course/out"], "lie in each other"),
        (["migrate", "course", "-o", "out", "--timeout", "0"], "greater than 0"),
        (["migrate", "--check", "empty"], "was not written by"),
        (["migrate", "--init", "empty"], "holds no .m file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    folder(tmp_path / "course", square=SQUARE)
    (tmp_path / "over").mkdir()
    folder(tmp_path / "over" / "week1", square=SQUARE)
    assert main(arguments) == 2
    errors = capsys.readouterr().err
    assert told in errors and errors.count("\n") == 1
    assert not Path("out").exists() or os.listdir("out") == []


def column(*items: object) -> np.ndarray:
    """An n x 1 cell as a case holds it."""
    return object_array(items, (len(items), 1))


CELLS = {
    "a row stays a list": ([np.eye(2), "a"], lambda c: c, [1, 2]),
    "a column": (column(np.eye(2), "a"), lambda c: c, [2, 1]),
    "a column of texts": (column("a", "bc"), lambda c: c, [2, 1]),
    "a column of structs": (column({"a": np.eye(2)}, {"a": "b"}), lambda c: c, [2, 1]),
    "a column in a row": ([column(np.eye(2), "b", "c"), "d"], lambda c: c[0], [3, 1]),
    "a column in a struct": ({"w": column("a", "b", "c")}, lambda c: c.w, [3, 1]),
    "a row in an array of structs": (
        np.array([[(["a", "b"],), (column("a", "b"),)]], [("w", object)]),
        lambda c: c[0, 0].w,
        [1, 2],
    ),
    "a column in an array of structs": (
        np.array([[(["a", "b"],), (column("a", "b"),)]], [("w", object)]),
        lambda c: c[0, 1].w,
        [2, 1],
    ),
    "a cell of rows and columns": (object_array([np.eye(2)] * 6, (2, 3)), lambda c: c, [2, 3]),
    "one item": ([np.eye(2)], lambda c: c, [1, 1]),
    "no item": ([], lambda c: c, [0, 0]),
    "no item in a column": (np.empty((0, 1), object), lambda c: c, [0, 1]),
}


@pytest.mark.parametrize(("value", "part", "size"), CELLS.values(), ids=CELLS.keys())
def test_cells_keep_their_sizes_from_record_to_test(
    tmp_path: Path, value: Any, part: Callable[[Any], Any], size: list[int]
) -> None:
    case = Case("f_1", input={"c": value}, expected={"s": np.array([size], float), "c": value})
    path = save_case(case, tmp_path / "f_1.mat")
    again = save_case(load_sized(path), tmp_path / "again.mat")
    for written in (path, again):
        reference = Reference(written, Tolerance())
        reference.assert_agrees(replayed(lambda c: (runtime.size(part(c)), c), reference))


@needs_octave
def test_a_file_that_scipy_cannot_read_is_read_without_sizes(tmp_path: Path) -> None:
    path = tmp_path / "x.mat"
    run_octave("c = {1; 2}; save('-v7', 'x.mat', 'c');", tmp_path)
    assert read_sized(path)["c"].shape == (2, 1)
    run_octave("c = {1; sparse([true false])}; save('-v7', 'x.mat', 'c');", tmp_path)
    assert len(read_sized(path)["c"]) == 2


@needs_octave
@pytest.mark.slow
def test_a_class_is_refused_and_not_run(tmp_path: Path) -> None:
    texts = {
        "net": "% A class.\nclassdef net\n  properties\n    w\n  end\nend\n",
        "square": SQUARE,
        "main": "y = square(2);\n",
    }
    course, out = folder(tmp_path / "course", **texts), tmp_path / "out"
    main(["migrate", str(course), "-o", str(out)])
    rows = pd.read_csv(out / "migration.csv").set_index("name")
    assert rows["status"].to_dict() == {"net": "refused", "square": "equal", "main": "ran"}
    assert "a class is not translated" in rows["detail"]["net"]


@needs_octave
@pytest.mark.slow
def test_a_course_of_columns_of_cells_is_equal(tmp_path: Path) -> None:
    texts = {
        "weights": "function w = weights(n)\nw = cell(n, 1);\nfor k = 1:n\n  w{k} = k * ones(k);\nend\nend\n",
        "counts": "function [s, n] = counts(w)\ns = size(w);\nn = cellfun(@numel, w);\nend\n",
        "main": "w = weights(3);\n[s, n] = counts(w);\n[s, n] = counts({1, 2});\n",
    }
    course, out = folder(tmp_path / "course", **texts), tmp_path / "out"
    assert main(["migrate", str(course), "-o", str(out)]) == 0
    assert statuses(out) == {"weights": "equal", "counts": "equal", "main": "ran"}


def test_a_state_file_that_is_damaged_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".matport.json").write_text("{")
    with pytest.raises(ArgumentError, match="cannot be used"):
        keeper(tmp_path)


def test_the_course_has_the_shape_of_a_course() -> None:
    assert {path.stem for path in COURSE.glob("*.m")} == FUNCTIONS | {"ex4"}


def test_links_that_lead_nowhere_or_back_are_left_out_of_the_copy(tmp_path: Path) -> None:
    course, data = tmp_path / "course", tmp_path / "data"
    for folder in (course, data):
        folder.mkdir()
    names = {"round": "round", "nowhere": "gone", "up": "..", "here": ".", "data": "../data"}
    for name, target in names.items():
        try:
            (course / name).symlink_to(target, target_is_directory=True)
        except OSError:
            pytest.skip("links cannot be made here")
    assert _left_out(str(course), [*names]) == {"round", "nowhere", "up", "here"}
