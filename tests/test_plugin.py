"""The pytest plugin: never green because something was left out, and red with the reason."""

import json
import subprocess
import sys
from importlib.metadata import entry_points

import numpy as np
import pytest

from port.reference import Case, plugin, save_case, suite_folder
from port.reference.case import suite_files
from port.reference.comparison import DEFAULT
from port.reference.provenance import write_manifest
from port.reference.pytest_reference import Reference

pytest_plugins = "pytester"

W = np.array([[1.0, 2.0], [3.0, 4.0]])
XOR = Case("xor", "the smallest one", None, {"x": W}, {"dW": [2 * W, 3 * W], "loss": np.full((1, 1), 0.5)})
IRIS = Case("iris", "another", None, {"x": W.T}, {"dW": [2 * W.T, 3 * W.T], "loss": np.full((1, 1), 0.5)})
PORT = """
import pytest

def gradients(x):
    return {"dW": [2 * x, 3 * x], "loss": [[0.5]]}
"""
MARKED = (
    PORT
    + """
@pytest.mark.matport("xor")
def test_port(matlab_reference):
    matlab_reference.assert_agrees({BODY})
"""
)
EVERY = (
    PORT
    + """
def test(matlab_case, matlab_reference):
    matlab_reference.assert_agrees(gradients({X}))
"""
)
RIGHT, WRONG = "gradients(**matlab_reference.input)", "gradients(matlab_reference.input['x'].T)"


@pytest.fixture(scope="module", autouse=True)
def _modules_are_loaded(tmp_path_factory):
    """NumPy cannot be loaded twice, and pytester forgets what a run inside it loaded: load all before."""
    path = save_case(XOR, tmp_path_factory.mktemp("warm") / "xor.mat")
    with pytest.raises(AssertionError):
        Reference(path, DEFAULT).assert_agrees({"dW": [W.T, W], "loss": 1.0})


@pytest.fixture
def course(pytester):
    """A folder of two cases with their manifest, and how to run a test file over it."""
    folder = pytester.mkdir("references")
    for case in (XOR, IRIS):
        save_case(case, folder / f"{case.name}.mat")
    write_manifest(folder)
    return folder


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch):
    """Other plugins take a second to load in every run."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def pytest_run(pytester, *arguments):
    return pytester.runpytest_inprocess(
        "-q", "-p", "no:cacheprovider", "-p", "port.reference.plugin", *arguments
    )


def run(pytester, source, *options):
    pytester.makepyfile(source)
    return pytest_run(pytester, "--matport-suite", "references", *options)


def test_agreement_passes_and_is_counted(pytester, course):
    result = run(pytester, MARKED.replace("{BODY}", RIGHT))
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["matport: 3 of 3 quantities agree with their references"])


def test_a_difference_fails_with_comparison_cause_and_remedy(pytester, course):
    result = run(pytester, MARKED.replace("{BODY}", WRONG))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*AssertionError: xor (the smallest one) differs from its reference, *references/xor.mat",
            "E*1 of 3 quantities agree; tolerance *",
            "E*dW{1} (2, 2): worst at (1,2) / [[]0, 1]: got 6.0, want 4.0; max abs 2*",
            "E*likely cause, from dW{1}:",
            "E*transpos*",
            "matport: 1 of 3 quantities agree with their references",
        ]
    )
    result.stdout.no_fnmatch_line("*pytest_reference.py*in assert_agrees*")


UNSAFE = {
    "compares nothing": "pass",
    "a quantity is missing": "matlab_reference.assert_agrees({'loss': [[0.5]]})",
    "nothing is given": "matlab_reference.assert_agrees({})",
    "one too many is given": "matlab_reference.assert_agrees({**GOOD, 'extra': [[1.0]]})",
    "another shape": "matlab_reference.assert_agrees({**GOOD, 'loss': [[0.5, 0.5]]})",
    "not a number": "matlab_reference.assert_agrees({**GOOD, 'loss': [[float('nan')]]})",
    "only what is not there": "matlab_reference.assert_agrees(GOOD, only=['nothing'])",
    "the difference is caught": "try: matlab_reference.assert_agrees({})\n    except ValueError: pass",
}


@pytest.mark.parametrize("body", UNSAFE.values(), ids=UNSAFE)
def test_a_test_that_proves_nothing_is_not_green(pytester, course, body):
    body = body.replace("GOOD", RIGHT)
    source = f'{PORT}\n@pytest.mark.matport("xor")\ndef test_port(matlab_reference):\n    {body}\n'
    assert run(pytester, source).ret == pytest.ExitCode.TESTS_FAILED


def test_a_skip_is_not_made_an_error(pytester, course):
    source = '@pytest.mark.matport("xor")\ndef test_port(matlab_reference):\n    pytest.skip("not yet")\n'
    run(pytester, f"import pytest\n{source}").assert_outcomes(skipped=1)


COLLECTION = {
    "no mark": ("def test(matlab_reference): pass", "matlab_reference needs a mark that names its case"),
    "no such case": (
        "@pytest.mark.matport('xor', 'oxr')\ndef test(matlab_reference): pass",
        "*.py::test: no reference case is called 'oxr'; in *references: iris, xor",
    ),
    "no such case among all": (
        "@pytest.mark.matport('digits*')\ndef test(matlab_case): pass",
        "no reference case is called 'digits*'",
    ),
}


@pytest.mark.parametrize(("source", "says"), COLLECTION.values(), ids=COLLECTION)
def test_a_reference_that_is_not_there_stops_the_run(pytester, course, source, says):
    result = run(pytester, f"import pytest\n{source}")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*{says}*"])


def test_a_suite_that_is_not_there_stops_the_run(pytester):
    result = run(pytester, "def test(matlab_case): pass")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*references: there is no such folder*"])


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("rtol=1e-3", 0),
        ("atol=1e-3", 0),
        ("rtol=1e-9", 1),
        ("rtol=-1", 1),
        ("rtol=float('nan')", 1),
        ("tol=1", 1),
    ],
)
def test_the_mark_can_set_the_tolerance(pytester, course, mark, status):
    source = MARKED.replace("{BODY}", f"{{**{RIGHT}, 'loss': [[0.5001]]}}").replace('"xor"', f'"xor", {mark}')
    result = run(pytester, source)
    assert result.ret == status
    result.stdout.no_fnmatch_line("*dataclasses.py*")


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--matport-rtol=1e-3",), 0),
        *(((f"--matport-atol={bound}",), 4) for bound in ("x", "nan", "-1", "inf")),
    ],
)
def test_the_tolerance_can_be_an_option(pytester, course, options, status):
    assert (
        run(pytester, MARKED.replace("{BODY}", f"{{**{RIGHT}, 'loss': [[0.5001]]}}"), *options).ret == status
    )


def test_every_option_is_an_ini_key_too(pytester, course):
    nested = pytester.mkdir("tests")
    pytester.makeini("[pytest]\nmatport_suite = references\nmatport_rtol = 1e-3\nmatport_report = out")
    source = MARKED.replace("{BODY}", f"{{**{RIGHT}, 'loss': [[0.5001]]}}")
    (nested / "test_ini.py").write_text(source)
    result = pytest_run(pytester, "--rootdir=.", "-c", "tox.ini", "tests")
    result.assert_outcomes(passed=1)
    assert (pytester.path / "out" / "agreement.csv").exists()


def test_every_case_has_a_readable_id(pytester, course):
    source = EVERY.replace("{X}", "matlab_case.input['x']")
    result = run(pytester, source, "-vv")
    result.stdout.fnmatch_lines(
        ["*::test[[]iris[]] PASSED*", "*::test[[]xor[]] PASSED*", "*6 of 6 quantities agree*"]
    )


def test_a_pattern_gives_a_test_for_each(pytester, course):
    result = run(pytester, MARKED.replace("{BODY}", RIGHT).replace('"xor"', '"*r*"'))
    result.assert_outcomes(passed=2)


def test_a_file_beside_the_test(pytester):
    save_case(XOR, pytester.path / "mine.mat")
    run(pytester, MARKED.replace("{BODY}", RIGHT).replace('"xor"', '"mine.mat"')).assert_outcomes(passed=1)


def test_only_some_quantities(pytester, course):
    result = run(
        pytester, MARKED.replace("{BODY}", "{'dW': [2 * matlab_reference.input['x'], 0.0]}, only=['dW{1}']")
    )
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*1 of 1 quantities agree*"])


def test_the_shipped_suite_is_the_default(pytester):
    pytester.makepyfile("def test(matlab_case): assert matlab_case.expected")
    result = pytest_run(pytester)
    result.assert_outcomes(passed=len(suite_files(suite_folder())))


def test_what_is_expected_cannot_be_changed(pytester, course):
    body = """
    expected = matlab_reference.expected
    for change in ("expected['loss'][0, 0] = 1", "expected['new'] = 1", "expected['dW'][0][...] = 0"):
        with pytest.raises((ValueError, TypeError)):
            exec(change)
    matlab_reference.input["x"] *= 1
    matlab_reference.assert_agrees(gradients(**matlab_reference.input))
"""
    run(pytester, f'{PORT}\n@pytest.mark.matport("xor")\ndef test(matlab_reference):{body}').assert_outcomes(
        passed=1
    )


def test_a_reference_that_was_edited_is_refused(pytester, course):
    before = (course / "xor.mat").read_bytes()
    save_case(
        Case("xor", "the smallest one", None, XOR.input, {**XOR.expected, "loss": 0.6}), course / "xor.mat"
    )
    result = run(pytester, MARKED.replace("{BODY}", f"{{**{RIGHT}, 'loss': [[0.6]]}}"))
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*xor.mat: it does not hold what was recorded*matport capture*"])
    (course / "xor.mat").write_bytes(before)
    (course / "new.mat").write_bytes(before)
    result = run(pytester, MARKED.replace("{BODY}", RIGHT).replace('"xor"', '"new"'))
    result.stdout.fnmatch_lines(["*new.mat: the manifest beside it does not list it*"])


def test_no_option_writes_references(pytester, course):
    before = {path.name: path.read_bytes() for path in course.iterdir()}
    run(pytester, MARKED.replace("{BODY}", WRONG), "--matport-report=references-report")
    assert {path.name: path.read_bytes() for path in course.iterdir()} == before
    help_text = pytest_run(pytester, "--help").stdout.str()
    assert not any(
        word in help_text.partition("matport")[2][:900] for word in ("generate", "update", "regen", "force")
    )


def test_the_ledger_counts(pytester, course):
    (course / "ledger.toml").write_text(
        "[[intended]]\ncase='xor'\nquantity='loss'\nbecause='half the loss'\nat_most=0.5\n"
    )
    halved = MARKED.replace("{BODY}", f"{{**{RIGHT}, 'loss': [[0.25]]}}")
    run(pytester, halved).assert_outcomes(passed=1)
    result = run(pytester, MARKED.replace("{BODY}", RIGHT))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*loss: the difference that is meant is not there (meant because half the loss)"]
    )


@pytest.mark.parametrize("workers", [(), ("-p", "xdist", "-n2")], ids=["one process", "xdist"])
def test_the_report_holds_every_comparison(pytester, course, workers):
    source = EVERY.replace("{X}", "matlab_case.input['x'] + (matlab_case.name == 'iris')")
    result = run(pytester, source, "--matport-report=out", *workers)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["matport: 4 of 6 quantities agree with their references; report: *out"])
    summary = json.loads((pytester.path / "out" / "summary.json").read_text())
    assert (summary["quantities"], summary["agree"]) == (6, 4)
    bad = {(row["case"], row["quantity"]) for row in summary["rows"] if not row["ok"]}
    assert bad == {("iris", "dW{1}"), ("iris", "dW{2}")}
    lines = (pytester.path / "out" / "agreement.csv").read_text().splitlines()
    assert len(lines) == 7
    assert "4 of 6 quantities agree" in (pytester.path / "out" / "agreement.md").read_text()


def test_a_report_folder_that_is_a_file_stops_at_once(pytester, course):
    (pytester.path / "out").write_text("")
    assert (
        run(pytester, MARKED.replace("{BODY}", RIGHT), "--matport-report=out").ret
        == pytest.ExitCode.USAGE_ERROR
    )


def test_it_is_loaded_by_itself_and_can_be_switched_off(pytester, monkeypatch):
    (entry,) = entry_points(group="pytest11", name="matport")
    assert entry.load() is plugin
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    pytester.makepyfile("def test(): pass\ndef test_case(matlab_case): pass")
    pytester.runpytest_subprocess("-p", "no:matport").assert_outcomes(passed=1, errors=1)


def test_it_costs_other_projects_nothing():
    program = """
import sys, pytest
before = set(sys.modules)
import port.reference.plugin
print(*sorted(name for name in set(sys.modules) - before))
"""
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) == {"port", "port.errors", "port.reference", "port.reference.plugin"}
