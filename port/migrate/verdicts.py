"""A pytest plugin that writes each test's verdict as soon as it is known, so that a test that hangs costs no other."""

import json
from pathlib import Path

import pytest

OPTION = "--matport-verdicts"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the verdicts go."""
    parser.addoption(OPTION, required=True, metavar="FILE")


def pytest_configure(config: pytest.Config) -> None:
    """Write verdicts, a JSON document a line."""
    config.pluginmanager.register(Verdicts(Path(config.getoption(OPTION))))


class Verdicts:
    """Appends to a file what happens to each test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test starts."""
        self._tell(nodeid, "started", "")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test was made, or did not get so far."""
        if report.when == "call" or report.outcome == "failed":
            self._tell(report.nodeid, report.outcome, _message(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be imported."""
        if report.outcome == "failed":
            self._tell(report.nodeid, "failed", _message(report))

    def _tell(self, test: str, outcome: str, message: str) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"test": test, "outcome": outcome, "message": message}) + "\n")


def _message(report: pytest.TestReport | pytest.CollectReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr or "")
