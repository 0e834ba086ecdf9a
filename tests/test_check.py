"""`matport check`: it agrees with the shipped references, and a bug seeded in the port or the engine is caught."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.io
from mat_files import CLASS, element, matrix, write_hdf5, write_level_5

import port
from port.cli import main
from port.cli.agreement import _by_number
from port.cli.since import changes, verdicts_before
from port.errors import ArgumentError
from port.reference import load_case, save_case, suite_folder
from port.reference.engine import Engine
from port.reference.routes import ROUTES
from port.reference.suite import matches, run_suite, select

PACKAGE = Path(port.__file__).parent

# id: file, what it says, what a bug makes of it, the cases to run, the quantity that must be named
SEEDED = {
    "factor 2 in the output delta of the port": (
        "sigmoid_mse.py",
        "delta = (a - y) * a * (1 - a)",
        "delta = 2 * (a - y) * a * (1 - a)",
        "sigmoid_mse_one_sample",
        "delta{2}",
    ),
    "dropped transpose on a square weight": (
        "sigmoid_mse.py",
        "weights[layer + 1].T @ delta",
        "weights[layer + 1] @ delta",
        "sigmoid_mse_square",
        "delta{1}",
    ),
    "1 - a left out": (
        "sigmoid_mse.py",
        "delta = (a - y) * a * (1 - a)",
        "delta = (a - y) * a",
        "sigmoid_mse_xor",
        "delta{2}",
    ),
    "softmax over the wrong axis": (
        "backprop/activations/columnwise.py",
        "return e / column_sums(e)",
        "return e / e.sum(axis=1, keepdims=True)",
        "softmax_crossentropy_iris",
        "a{2}",
    ),
    "only the diagonal of J": (
        "backprop/jacobian.py",
        "return self.diagonal * g - sum(",
        "return self.diagonal * g - 0 * sum(",
        "softmax_crossentropy_k2",
        "delta{2}",
    ),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The reports of one run over all shipped cases, and its exit status."""
    folder = tmp_path_factory.mktemp("reports")
    return main(["check", "--reports", str(folder)]), folder


def test_the_shipped_suite_agrees(report):
    status, folder = report
    summary = json.loads((folder / "summary.json").read_text())
    assert (status, summary["status"], summary["differences"]) == (0, "agree", [])
    assert summary["verdict"].startswith("AGREE: ")
    assert {path.name for path in folder.iterdir()} == {
        "agreement.csv",
        "agreement.md",
        "index.html",
        "summary.json",
    }


def test_port_and_engine_stay_within_the_stated_figures(report):
    rows = pd.read_csv(report[1] / "agreement.csv")
    worst = rows.groupby("task").max_scaled.max()
    assert worst["backprop"] <= 1e-12
    assert worst["train"] <= 1e-9
    assert worst["gradient_check"] <= 1e-8  # central differences: rounding of the loss over a step of 6e-6
    assert len(set(rows.case)) >= 16
    assert set(rows.route) == {route.name for route in ROUTES}


def test_four_routes_of_softmax_agree_with_each_other():
    case = load_case(suite_folder() / "softmax_crossentropy_one_sample.mat")
    outcomes = run_suite([case]).outcomes
    assert {outcome.route for outcome in outcomes} == {
        "engine",
        "engine, dense",
        "engine, components",
        "engine, fused",
    }
    first, *others = [outcome.got["dW"] for outcome in outcomes]
    for other in others:
        for ours, theirs in zip(first, other, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-14)


def seeded_check(tmp_path, file, old, new, expression):
    """Run the command from a copy of the package in which `old` reads `new`."""
    shutil.copytree(PACKAGE, tmp_path / "port", ignore=shutil.ignore_patterns("__pycache__", "matlab_ref"))
    source = tmp_path / "port" / file
    text = source.read_text()
    assert text.count(old) == 1, f"the seeded bug has lost its place in {file}"
    source.write_text(text.replace(old, new))
    command = [sys.executable, "-m", "port", "check", "-k", expression, "--suite", str(suite_folder())]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("bug", SEEDED.values(), ids=SEEDED)
def test_a_seeded_bug_is_caught_and_named(tmp_path, bug):
    file, old, new, case, quantity = bug
    done = seeded_check(tmp_path, file, old, new, case)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "DIFFER: " in done.stdout
    assert case in done.stdout
    assert quantity in done.stdout
    rows = pd.read_csv(tmp_path / "reports" / "agreement.csv")
    bad = rows[rows.verdict == "differ"]
    assert quantity in set(bad.quantity)
    assert bad.at_matlab.str.fullmatch(r"\(\d+,\d+\)").all()
    assert bad.at_python.str.fullmatch(r"\[\d+, \d+\]").all()
    worst = bad.sort_values("excess").iloc[-1]
    assert f"worst at {worst.at_matlab} / {worst.at_python}" in done.stdout


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are chosen on Linux alone")
def test_several_processes_find_what_one_finds(tmp_path):
    """With one core there is one process; what training says when it starts is said once by however many."""
    (tmp_path / "numba").mkdir()
    (tmp_path / "numba" / "__init__.py").write_text("raise ImportError('seeded')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for unset in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MATPORT_KERNEL"):
        environment.pop(unset, None)

    def found(reports, cores):
        script = (
            f"import os, sys; os.sched_setaffinity(0, {cores}); from port.cli import main; sys.exit(main())"
        )
        command = [sys.executable, "-c", script, "check", "-k", "iris", "--reports", str(reports)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
        return done.stdout.replace(str(reports), ""), (reports / "agreement.csv").read_bytes()

    cores = os.sched_getaffinity(0)
    assert found(tmp_path / "one", {min(cores)}) == found(tmp_path / "all", cores)


def test_a_bug_that_raises_is_a_difference(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("no")

    monkeypatch.setattr(port.sigmoid_mse, "backprop", broken)
    result = run_suite([load_case(suite_folder() / "sigmoid_mse_xor.mat")])
    assert result.status == "differ"
    assert result.outcomes[0].error == "ZeroDivisionError: no"


def _mat(tmp_path, variables):
    scipy.io.savemat(tmp_path / "bad.mat", variables)


def _truncated(tmp_path):
    whole = (suite_folder() / "sigmoid_mse_iris.mat").read_bytes()
    (tmp_path / "bad.mat").write_bytes(whole[: len(whole) // 2])


def _object_array(path):
    """`expected` is an object of an old MATLAB class."""
    write_level_5(path / "bad.mat", matrix("expected", CLASS["object"], (1, 1), element(1, b"inline")))


UNREADABLE = {
    "no such folder": lambda path: path.rmdir(),
    "no cases": lambda path: None,
    "truncated": _truncated,
    "v7.3 without a case": lambda path: write_hdf5(path / "bad.mat", {"x": np.eye(2)}),
    "not a .mat": lambda path: (path / "bad.mat").write_text("hello"),
    "empty file": lambda path: (path / "bad.mat").write_bytes(b""),
    "without expected": lambda path: _mat(path, {"input": {"x": 1.0}, "meta": {"schema": 1.0}}),
    "object array": _object_array,
}


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path, capsys, make):
    suite = tmp_path / "suite"
    suite.mkdir()
    make(suite)
    assert main(["check", "--suite", str(suite), "--reports", str(tmp_path / "reports")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("matport: ") and err.count("\n") == 1
    assert str(suite) in err
    assert not (tmp_path / "reports").exists()


def test_an_expectation_that_nothing_computes_is_not_called_agreement(tmp_path, capsys):
    case = load_case(suite_folder() / "sigmoid_mse_xor.mat")
    case.expected["surprise"] = np.eye(2)
    suite = tmp_path / "suite"
    suite.mkdir()
    save_case(case, suite / "xor.mat")
    assert main(["check", "--suite", str(suite), "--reports", str(tmp_path / "reports")]) == 2
    assert "xor: surprise" in capsys.readouterr().err


def test_a_case_without_a_python_side_cannot_be_told(tmp_path, capsys):
    suite = tmp_path / "suite"
    suite.mkdir()
    scipy.io.savemat(suite / "mine.mat", {"expected": {"J": 1.0}})
    assert main(["check", "--suite", str(suite), "--reports", str(tmp_path / "reports")]) == 2
    out, err = capsys.readouterr()
    assert "mine: J" in err
    assert out.startswith("matport check compares what matport itself computes") and "Empty" not in out


def test_a_name_cannot_steer_the_terminal(tmp_path, capsys):
    suite = tmp_path / "suite"
    suite.mkdir()
    case = load_case(suite_folder() / "sigmoid_mse_xor.mat")
    save_case(
        replace(case, name="red \x1b[31m", meta={**case.meta, "name": "red \x1b[31m"}), suite / "xor.mat"
    )
    assert main(["check", "--suite", str(suite), "--reports", str(tmp_path / "reports")]) == 0
    out = capsys.readouterr().out
    assert "red \u241b[31m" in out and "\x1b" not in out


def test_json_is_one_document_on_standard_output(tmp_path, capsys):
    arguments = ["check", "-k", "sigmoid_mse_xor", "--json", "--reports", str(tmp_path)]
    assert main(arguments) == 0
    document = json.loads(capsys.readouterr().out)
    assert document == json.loads((tmp_path / "summary.json").read_text())


def test_the_document_keeps_its_schema(report, tmp_path):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads((Path(__file__).parents[1] / "docs" / "report.schema.json").read_text())
    jsonschema.validate(json.loads((report[1] / "summary.json").read_text()), schema)
    case = load_case(suite_folder() / "sigmoid_mse_xor.mat")
    case.expected["loss"] = case.expected["loss"] * 2
    suite = tmp_path / "suite"
    suite.mkdir()
    save_case(case, suite / "xor.mat")
    assert main(["check", "--suite", str(suite), "--reports", str(tmp_path)]) == 1
    different = json.loads((tmp_path / "summary.json").read_text())
    jsonschema.validate(different, schema)
    assert {row["quantity"] for row in different["differences"]} == {"loss"}


def test_parquet_holds_the_rows_of_the_csv(tmp_path):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    main(["check", "-k", "sigmoid_mse_xor", "--parquet", "--reports", str(tmp_path)])
    rows = pd.read_parquet(tmp_path / "agreement.parquet")
    written = pd.read_csv(tmp_path / "agreement.csv")
    assert list(rows.columns) == list(written.columns)
    np.testing.assert_array_equal(rows.max_scaled, written.max_scaled)


def test_a_report_says_what_changed_since_the_last(tmp_path):
    arguments = ["check", "-k", "sigmoid_mse_xor", "--reports", str(tmp_path)]
    main(arguments)
    summary = json.loads((tmp_path / "summary.json").read_text())
    summary["summary"][0]["verdict"] = "differ"
    (tmp_path / "summary.json").write_text(json.dumps(summary))
    main(arguments)
    assert (
        json.loads((tmp_path / "summary.json").read_text())["facts"]["Since the last report"] == "1 now agree"
    )


def test_what_differs_is_named_in_the_order_of_its_numbers():
    names = ["dW{10}", "loss", "weights{3,12}", "dW{2}", "weights{3,2}", "biases{20}"]
    told = ["biases{20}", "dW{2}", "dW{10}", "loss", "weights{3,2}", "weights{3,12}"]
    assert sorted(names, key=_by_number) == told


CHANGES = {
    "the first": ({}, {"f": "agree"}, "this is the first report here"),
    "the same": ({"f": "differ", "g": "agree"}, {"f": "failed", "g": "agree"}, "no verdict has changed"),
    "worse": ({"b": "agree", "a": "agree"}, {"b": "differ", "a": "shape"}, "2 now differ (a, b)"),
    "untold": ({"f": "differ"}, {"f": "cannot tell"}, "1 now cannot be told (f)"),
    "better": ({"f": "cannot tell", "g": "differ"}, {"f": "agree", "g": "agree"}, "2 now agree"),
    "others": ({"f": "agree", "g": "agree"}, {"f": "agree", "h": "agree"}, "1 new; 1 gone"),
    "many": (
        dict.fromkeys("abcd", "agree"),
        dict.fromkeys("abcd", "differ"),
        "4 now differ (a, b, c and 1 more)",
    ),
}


@pytest.mark.parametrize(("before", "now", "told"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_counted_and_named(before, now, told):
    old, new = ({(name,): verdict for name, verdict in side.items()} for side in (before, now))
    assert changes(old, new, untold=("cannot tell",)) == told


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"summary": 1}', '{"summary": [1]}', '{"summary": [{"case": "f"}]}', "[" * 100_000],
)
def test_a_report_that_cannot_be_read_is_none(tmp_path, text):
    for name in ("summary.json", "submissions.csv", "other.txt"):
        (tmp_path / name).write_text(text)
        assert verdicts_before(tmp_path / name, ("case",)) == {}
    assert verdicts_before(tmp_path, ("case",)) == {}


def test_a_live_run_makes_the_chosen_cases_alone(tmp_path, monkeypatch, capsys):
    asked = []

    def remade(folder, *, scripts, engine):
        asked.append(scripts)
        return [suite_folder() / "sigmoid_mse_xor.mat"]

    monkeypatch.setattr("port.cli.check.find_engine", lambda name: Engine(name, Path("octave"), "7.3.0"))
    monkeypatch.setattr("port.cli.check.remake_references", remade)
    assert main(["check", "--live", "-k", "sigmoid_mse_xor", "--reports", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert asked == [["references_sigmoid_mse.m"]]
    assert "running references_sigmoid_mse.m in GNU Octave 7.3.0" in told.err
    assert "live GNU Octave 7.3.0" in told.out


def test_a_live_run_of_cases_of_others_runs_nothing(tmp_path, monkeypatch, capsys):
    case = load_case(suite_folder() / "sigmoid_mse_xor.mat")
    (tmp_path / "suite").mkdir()
    save_case(replace(case, meta={**case.meta, "script": "mine.m"}), tmp_path / "suite" / "mine.mat")
    monkeypatch.setattr("port.cli.check.find_engine", lambda name: Engine(name, Path("octave"), "7.3.0"))
    options = ["check", "--live", "--suite", str(tmp_path / "suite"), "--reports", str(tmp_path / "reports")]
    assert main(options) == 2
    assert "none of these cases is matport's: nothing for GNU Octave 7.3.0" in capsys.readouterr().err


def test_an_interrupted_run_leaves_the_earlier_report_whole(tmp_path, monkeypatch, capsys):
    arguments = ["check", "-k", "sigmoid_mse_xor", "--reports", str(tmp_path)]
    main(arguments)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("port.report.tables.os.fsync", interrupted)
    assert main(arguments) == 2
    assert "interrupted" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("expression", "name", "wanted"),
    [
        ("digits", "sigmoid_digits", True),
        ("DIGITS", "sigmoid_digits", True),
        ("not digits", "sigmoid_digits", False),
        ("digits and not train", "train_digits", False),
        ("(iris or xor) and softmax", "softmax_xor", True),
        ("iris or xor and softmax", "sigmoid_iris", True),
    ],
)
def test_k_selects_by_words(expression, name, wanted):
    assert matches(expression, name) is wanted


@pytest.mark.parametrize(
    "expression", ["and", "digits digits", "(digits", "not", "__import__('os')", "iris)"]
)
def test_k_refuses_what_is_no_expression(expression):
    with pytest.raises(ArgumentError, match="-k"):
        select([load_case(suite_folder() / "sigmoid_mse_xor.mat")], expression)
