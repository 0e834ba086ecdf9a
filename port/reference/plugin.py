"""The pytest plugin: references from MATLAB as fixtures, and failures that say why.

    @pytest.mark.matport("softmax_crossentropy_iris")
    def test_gradients(matlab_reference):
        matlab_reference.assert_agrees(my_port.gradients(**matlab_reference.input))

    def test_every_case(matlab_case): ...              # one test a case of the suite

References are never written from here: `matport capture` makes them. Every pytest run of the environment loads this
file, so NumPy and all else is imported where it is first needed.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from port.errors import MatportError

if TYPE_CHECKING:
    from port.reference.case import Case
    from port.reference.comparison import Tolerance
    from port.reference.pytest_reference import Reference

MARKER = """matport(*cases, rtol=None, atol=None): the references of a test: names of cases, with * and ? for \
anything, or .mat files beside the test; a bound that is given replaces that of --matport-rtol or --matport-atol"""
SETTINGS = {
    "suite": ("DIR", "folder of reference cases (default: those matport ships)"),
    "report": ("DIR", "write what was compared to DIR: agreement.csv, agreement.md, summary.json"),
    "rtol": ("NUMBER", "relative tolerance of a comparison (default: matport's own)"),
    "atol": ("NUMBER", "tolerance relative to the largest magnitude (default: matport's own)"),
}
BOUNDS = ("rtol", "atol")
FIXTURES = ("matlab_case", "matlab_reference")
REFERENCE: "pytest.StashKey[Reference]" = pytest.StashKey()
FAILED: "pytest.StashKey[bool]" = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare every setting twice: as an option and as an ini key."""
    group = parser.getgroup("matport", "references from MATLAB")
    for name, (metavar, text) in SETTINGS.items():
        group.addoption(f"--matport-{name}", metavar=metavar, help=text)
        parser.addini(f"matport_{name}", f"{text}; the option --matport-{name} goes first")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; stop where a setting cannot be what it says."""
    config.addinivalue_line("markers", MARKER)
    for name in BOUNDS:
        _bound(config, name)
    report = _folder(config, "report")
    if report is not None and report.exists() and not report.is_dir():
        raise pytest.UsageError(f"--matport-report: {report} is not a folder")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collector(report), "matport-collector")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for every case that the marker names, or for every case of the suite."""
    wanted = [name for name in FIXTURES if name in metafunc.fixturenames]
    if not wanted:
        return
    marker = metafunc.definition.get_closest_marker("matport")
    names = marker.args if marker else ()
    if not names and wanted == ["matlab_reference"]:
        pytest.fail(
            'matlab_reference needs a mark that names its case: @pytest.mark.matport("CASE")', pytrace=False
        )
    paths = _paths_or_fail(metafunc, names)
    metafunc.parametrize(wanted[0], paths, ids=[path.stem for path in paths], indirect=True)


@pytest.fixture
def matlab_case(request: pytest.FixtureRequest) -> "Case":
    """One case of the suite, freshly read: `.name`, `.input`, `.expected`, `.meta`."""
    from port.reference.provenance import load_verified

    return load_verified(request.param)


@pytest.fixture
def matlab_reference(request: pytest.FixtureRequest) -> Iterator["Reference"]:
    """The reference that the mark names, or that of `matlab_case`: `.input`, `.expected`, `.assert_agrees(got)`.

    A test that asks for it and compares nothing fails.
    """
    from port.reference.pytest_reference import Reference

    path = getattr(request, "param", None) or request.getfixturevalue("matlab_case").path
    reference = Reference(path, _tolerance(request))
    request.node.stash[REFERENCE] = reference
    yield reference
    if not reference.comparisons and not request.node.stash.get(FAILED, False):
        pytest.fail(
            "matlab_reference was compared with nothing: call matlab_reference.assert_agrees(got)",
            pytrace=False,
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Send what a test compared along with its report, from a worker process too."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = not report.passed
        if REFERENCE in item.stash:
            report.matport = item.stash[REFERENCE].records(item.nodeid)  # type: ignore[attr-defined]
    return report


class Collector:
    """Gathers what the tests compared, in the process that reports; says so at the end and writes the report."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.rows: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the rows that came with a report."""
        self.rows.extend(getattr(report, "matport", ()))

    def pytest_sessionfinish(self) -> None:
        """Write the report, where one was asked for."""
        if self.folder is not None:
            from port.reference.pytest_reference import write_report

            write_report(self.folder, self.rows)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line: how many quantities agree, and where the report is."""
        if self.rows:
            agree = sum(row["ok"] for row in self.rows)
            written = f"; report: {self.folder}" if self.folder else ""
            terminalreporter.write_line(
                f"matport: {agree} of {len(self.rows)} quantities agree with their references{written}"
            )


def _paths_or_fail(metafunc: pytest.Metafunc, names: tuple[str, ...]) -> list[Path]:
    """The files that a test's names mean; the failure of its collection says which test has a name that means none."""
    try:
        return _paths(metafunc.config, names, metafunc.definition.path.parent)
    except MatportError as error:
        why = f"{metafunc.definition.nodeid}: {error}"
    pytest.fail(why, pytrace=False)


def _paths(config: pytest.Config, names: tuple[str, ...], beside: Path) -> list[Path]:
    """The .mat files that names mean, or those of the whole suite; CaseError where a name means none."""
    from port.reference.case import suite_files, suite_folder
    from port.reference.pytest_reference import named

    files = [name for name in names if name.endswith(".mat")]
    cases = [name for name in names if not name.endswith(".mat")]
    suite = suite_files(_folder(config, "suite") or suite_folder()) if cases or not names else ()
    return [*(beside / name for name in files), *(named(suite, cases) if cases else suite)]


def _setting(config: pytest.Config, name: str) -> str | None:
    value = config.getoption(f"matport_{name}")
    return str(value) if value is not None else config.getini(f"matport_{name}") or None


def _folder(config: pytest.Config, name: str) -> Path | None:
    """A folder: of an option, seen from where pytest was called; of an ini key, from where the ini file is."""
    value = _setting(config, name)
    if value is None:
        return None
    given = config.getoption(f"matport_{name}") is not None
    return (config.invocation_params.dir if given or not config.inipath else config.inipath.parent) / value


def _bound(config: pytest.Config, name: str) -> float | None:
    value = _setting(config, name)
    try:
        bound = None if value is None else float(value)
    except ValueError:
        raise pytest.UsageError(f"--matport-{name}: {value!r} is not a number") from None
    if bound is not None and not 0 <= bound < float("inf"):
        raise pytest.UsageError(f"--matport-{name}: {value} is no bound: a finite number from 0 is expected")
    return bound


def _tolerance(request: pytest.FixtureRequest) -> "Tolerance":
    """The default, replaced by the settings, replaced by what the mark says."""
    from dataclasses import replace

    from port.reference.comparison import DEFAULT

    marker = request.node.get_closest_marker("matport")
    given = marker.kwargs if marker else {}
    if given.keys() - {*BOUNDS}:
        pytest.fail(f"@pytest.mark.matport takes {MARKER.partition(':')[0]}", pytrace=False)
    settings = {name: _bound(request.config, name) for name in BOUNDS} | given
    try:
        return replace(DEFAULT, **{name: bound for name, bound in settings.items() if bound is not None})
    except MatportError as error:
        why = f"@pytest.mark.matport: {error}"
    pytest.fail(why, pytrace=False)
