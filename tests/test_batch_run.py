"""A batch tells what every submission gets wrong, goes on where it was cut off, and says why where it cannot."""

import json
import shutil
import sys

import pandas as pd
import pytest
from batch_class import RIGHT, SUBMISSIONS, make_cases, make_class

from port.batch.classroom import first_differences, histogram, mistakes
from port.batch.limits import Limits
from port.batch.results import VERDICTS
from port.batch.run import JOURNAL, run_batch
from port.batch.sandbox import Job, Sandbox
from port.batch.station import Settings
from port.cli import main
from port.errors import ArgumentError

SETTINGS = Settings(Limits(seconds=5.0))
COMMAND = [sys.executable, "-m", "port", "batch"]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The class, checked once: the folder, the rows by (submission, case, quantity), the submissions."""
    folder = tmp_path_factory.mktemp("class")
    batch = run_batch(make_class(folder), folder / "out", SETTINGS, jobs=1)
    rows = pd.read_csv(batch.results, keep_default_na=False).set_index(["submission", "case", "quantity"])
    return folder, rows, pd.read_csv(batch.submissions, keep_default_na=False).set_index("submission")


VERDICT_ROWS = [
    ("right", "z", "agree"),
    ("right", "loss", "agree"),
    ("one output, as a tuple", "a", "agree"),
    ("no half", "z", "agree"),
    ("no half", "loss", "differ"),
    ("elementwise", "z", "differ"),
    ("raises", "z", "failed"),
    ("forgets a", "a", "missing"),
    ("forgets a", "loss", "agree"),
    ("leaves", "loss", "stopped"),
]


@pytest.mark.parametrize(("submission", "quantity", "verdict"), VERDICT_ROWS)
def test_every_quantity_of_every_case_has_a_verdict(told, submission, quantity, verdict):
    _, rows, _ = told
    assert [rows.loc[submission, f"case_{number}", quantity]["verdict"] for number in (0, 1)] == [verdict] * 2
    assert verdict in VERDICTS


def test_there_is_a_row_for_every_submission_case_and_quantity(told):
    _, rows, _ = told
    assert len(rows) == len(SUBMISSIONS) * 2 * 3
    assert rows.index.is_unique


def test_a_submission_is_summed_up(told):
    _, rows, submissions = told
    assert list(submissions.index) == list(SUBMISSIONS)
    assert submissions.loc["right", ["verdict", "score", "quantities_agree"]].tolist() == ["agree", 1.0, 6]
    half = submissions.loc["no half"]
    assert (half["verdict"], half["score"], half["first_quantity"]) == ("differ", 0.0, "loss")
    assert "S03" in half["causes"].split()
    assert "s00_4.py:5: AttributeError" in rows.loc["raises", "case_0", "z"]["detail"]
    assert "s00_4.py:5: AttributeError" in submissions.loc["raises", "error"]
    assert submissions.loc["leaves", "ending"] == "left before its end (with status 0)"


def test_the_class_is_counted(told):
    _, _, submissions = told
    table = submissions.reset_index()
    counted = mistakes(table).set_index("code")["submissions"]
    assert counted["S03"] == 1
    assert counted["(failed)"] == counted["(stopped)"] == counted["(missing)"] == 1
    assert counted.sum() == (table["verdict"] == "differ").sum() == 5
    bins = histogram(table)
    assert bins["submissions"].tolist() == [5, *[0] * 9, 2]
    assert first_differences(table).set_index(["quantity", "verdict"])["submissions"].to_dict() == {
        ("z", "failed"): 1,
        ("z", "differ"): 1,
        ("z", "stopped"): 1,
        ("loss", "differ"): 1,
        ("a", "missing"): 1,
    }


def test_a_batch_cut_off_goes_on_where_it_was(told, tmp_path):
    folder, _, _ = told
    manifest = folder / "manifest.csv"

    def cut(done, total):
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(manifest, tmp_path, SETTINGS, jobs=1, progress=cut)
    assert not (tmp_path / "results.csv").exists()
    with pytest.raises(ArgumentError, match=r"holds \d outcomes of an earlier run: --resume"):
        run_batch(manifest, tmp_path, SETTINGS)
    kept = (tmp_path / JOURNAL).read_bytes()
    batch = run_batch(manifest, tmp_path, SETTINGS, jobs=1, resume=True)
    assert batch.repeated == kept.count(b"\n") - 1 >= 3
    assert (tmp_path / JOURNAL).read_bytes().startswith(kept)
    for table in ("results.csv", "submissions.csv"):
        assert (tmp_path / table).read_bytes() == (folder / "out" / table).read_bytes()


def test_code_that_changed_is_checked_again(tmp_path):
    manifest = make_class(tmp_path, submissions={"a": RIGHT, "b": RIGHT.replace("/ 2", "")})
    assert {each.verdict for each in run_batch(manifest, tmp_path / "out", SETTINGS, jobs=1).summaries} == {
        "agree",
        "differ",
    }
    (tmp_path / "s00_1.py").write_text(RIGHT)
    again = run_batch(manifest, tmp_path / "out", SETTINGS, jobs=1, resume=True)
    assert (again.repeated, {each.verdict for each in again.summaries}) == (1, {"agree"})


def test_calls_outputs_folders_and_what_cannot_be_told(tmp_path, capsys):
    (reference, _) = make_cases(tmp_path / "references")
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "main.py").write_text(
        "from help import product\n"
        "def forward(bias, data, matrix):\n"
        "    return product(matrix, data) + bias, 'no loss'\n"
    )
    (tmp_path / "team" / "help.py").write_text("def product(a, b): return a @ b\n")
    (tmp_path / "alone.py").write_text("from help import product\ndef f(W): return W\n")
    (tmp_path / "broken.mat").write_bytes(reference.read_bytes()[:300])
    (tmp_path / "manifest.toml").write_text(
        """
        [defaults]
        case = "references/case_0.mat"
        [[check]]
        submission = "team"
        code = "team/main.py"
        folder = "team"
        call = "[z, loss] = forward(b, x, W)"
        outputs = "z"
        [[check]]
        submission = "alone"
        code = "alone.py"
        [[check]]
        submission = "never handed in"
        code = "nothing.py"
        [[check]]
        submission = "asked for too much"
        code = "team/main.py"
        folder = "team"
        outputs = "z gradient"
        [[check]]
        submission = "unreadable reference"
        code = "team/main.py"
        case = ["broken.mat"]
        """
    )
    assert (
        main(["batch", str(tmp_path / "manifest.toml"), "-o", str(tmp_path / "out"), "--jobs", "1", "--json"])
        == 1
    )
    told = json.loads(capsys.readouterr().out)
    assert told["verdicts"] == {"cannot tell": 3, "agree": 1, "differ": 1}
    rows = pd.read_csv(tmp_path / "out" / "results.csv", keep_default_na=False).set_index("submission")
    assert rows.loc["team", ["quantity", "verdict"]].tolist() == ["z", "agree"]
    assert "No module named 'help'" in rows.loc["alone", "detail"].iloc[0]
    assert rows.loc["never handed in", "detail"].endswith(
        "nothing.py: cannot be read: No such file or directory"
    )
    assert "and no gradient" in rows.loc["asked for too much", "detail"]
    assert "broken.mat" in rows.loc["unreadable reference", "detail"]


def test_parquet_holds_what_csv_holds(told, tmp_path):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow (matport[parquet])")
    folder, _, _ = told
    shutil.copy(folder / "out" / JOURNAL, tmp_path)
    batch = run_batch(folder / "manifest.csv", tmp_path, SETTINGS, jobs=1, resume=True, table="parquet")
    assert (batch.repeated, batch.results.name) == (len(SUBMISSIONS), "results.parquet")
    for name in ("results", "submissions"):
        parquet = pd.read_parquet(tmp_path / f"{name}.parquet")
        parquet.to_csv(tmp_path / f"{name}.csv", index=False)
        want = pd.read_csv(folder / "out" / f"{name}.csv")
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / f"{name}.csv"), want)


def test_a_table_of_another_format_is_refused(told, tmp_path):
    folder, _, _ = told
    with pytest.raises(ArgumentError, match="csv or parquet, not 'xlsx'"):
        run_batch(folder / "manifest.csv", tmp_path, SETTINGS, table="xlsx")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "which manifest?"),
        (["m.csv", "--timeout", "0"], "greater than 0"),
        (["m.csv", "--jobs", "0"], "greater than 0"),
        (["m.txt"], "is a .csv or a .toml file"),
        (["nowhere.csv"], "cannot be read: No such file"),
        (["--init", "nowhere"], "there is no such folder"),
    ],
)
def test_a_command_that_cannot_be_served_is_told_in_one_sentence(options, says, capsys):
    assert main(["batch", *options]) == 2
    assert says in capsys.readouterr().err


def test_a_required_sandbox_that_is_not_there_refuses_to_run(told, tmp_path, monkeypatch, capsys):
    folder, _, _ = told
    monkeypatch.setenv("PATH", str(tmp_path))
    command = ["batch", str(folder / "manifest.csv"), "-o", str(tmp_path / "out"), "--require-sandbox"]
    assert main(command) == 2
    assert "a complete sandbox is required, but bubblewrap is not installed" in capsys.readouterr().err
    assert main([*command[:-1], "--resume", "--jobs", "1"]) == 1
    assert "NOT ISOLATED (bubblewrap is not installed)" in capsys.readouterr().err
    table = pd.read_csv(tmp_path / "out" / "submissions.csv", keep_default_na=False)
    assert set(table["isolation"]) == {"limits only"}
    assert table["verdict"].tolist() == ["agree", "agree", *["differ"] * 5]


def test_a_page_says_what_changed_since_the_last(told, tmp_path, capsys):
    folder, _, _ = told
    shutil.copy(folder / "out" / JOURNAL, tmp_path)
    command = [
        "batch",
        str(folder / "manifest.csv"),
        "-o",
        str(tmp_path),
        "--resume",
        "--jobs",
        "1",
        "--json",
    ]
    main(command)
    assert json.loads(capsys.readouterr().out)["since"] == "this is the first report here"
    table = pd.read_csv(tmp_path / "submissions.csv", keep_default_na=False)
    table.loc[table["submission"] == "right", "verdict"] = "cannot tell"
    table.loc[table["submission"] == "raises", "verdict"] = "agree"
    table[table["submission"] != "leaves"].to_csv(tmp_path / "submissions.csv", index=False)
    main(command)
    since = "1 now differ (raises); 1 now agree; 1 new"
    assert json.loads(capsys.readouterr().out)["since"] == since
    assert since in (tmp_path / "index.html").read_text(encoding="utf-8")


FUNCTIONS = {
    "the one the case names": ("def layer(W, b): return 1\ndef code(W): return 2", "1"),
    "the one of the file's name": ("def helper(W): return 1\ndef code(W, b): return 2", "2"),
    "the only one": ("def _helper(): pass\ndef mine(*given): return 3", "3"),
    "none of two": (
        "def one(): pass\ndef two(): pass",
        "name the function to call: code.py defines one, two",
    ),
    "no imported one": ("from math import floor\nfrom os import getcwd as layer", "code.py defines none"),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_without_a_name_a_function_is_found(function_sandbox, name):
    code, says = FUNCTIONS[name]
    run = function_sandbox.play(Job({"code.py": code.encode()}, "code.py", suggestion="layer"))
    assert says in (run.error or str(run.values[0]["out"]))


PARAMETERS = {
    "by name": ("def f(b, W): return (W, b)", "[1, 2]"),
    "in any case, with a final underscore": ("def f(B, w_): return (w_, B)", "[1, 2]"),
    "with a default": ("def f(W, c=7): return (W, c)", "[1, 7]"),
    "in order where a name is unknown": ("def f(weights, bias): return (weights, bias)", "[1, 2]"),
    "all, in order": ("def f(*given): return given", "[1, 2]"),
    "all, by name": ("def f(**named): return (named['W'], named['b'])", "[1, 2]"),
    "by position only": ("def f(b, /, W): return (W, b)", "[1, 2]"),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_get_the_fields_of_the_case(function_sandbox, name):
    code, returned = PARAMETERS[name]
    run = function_sandbox.play(Job({"code.py": code.encode()}, "code.py"))
    assert str([each.item() for each in run.values[0].values()]) == returned, run


@pytest.fixture(scope="module")
def function_sandbox():
    """One case: W is 1, b is 2; outputs `out` and `more`."""
    with Sandbox(SETTINGS.limits) as sandbox:
        sandbox.load([{"arguments": {"W": 1, "b": 2}, "outputs": ["out", "more"]}])
        yield sandbox
