"""Run the tests of a migrated course, and say of every function whether it does what the reference recorded."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from port.errors import MatportError, MissingPartError
from port.migrate.diverge import first_divergence
from port.migrate.record import record_matlab, record_python, scalars
from port.migrate.scope import python_name
from port.migrate.trace import Trace
from port.migrate.translation import Translation
from port.reference.case import Case

EQUAL, DIFFERS, REFUSED, UNTOLD = "equal", "differs", "refused", "cannot tell"
NOT_EXERCISED, RAN, STOPPED = "not exercised", "ran", "stopped"
COLLECTING = 30.0
POLL = 0.1


@dataclass(frozen=True)
class Verdict:
    """What became of one test: passed, failed, skipped, or untold where it was stopped."""

    test: str
    outcome: str
    message: str = ""

    @property
    def file(self) -> str:
        """The name of its file."""
        return Path(self.test.partition("::")[0]).name

    @property
    def case(self) -> str:
        """The case of a test for one case; empty for another."""
        found = re.search(r"\[(.*)\]$", self.test)
        return found[1] if found else ""


@dataclass(frozen=True)
class Status:
    """One row of the report: a function or script, what is known of it, and where the two part."""

    name: str
    kind: str
    source: str
    python: str
    status: str
    detail: str = ""
    calls: int = 0
    matlab_line: int | None = None
    python_line: int | None = None
    warnings: int = 0
    refusals: int = 0
    cause: str = ""


def run_tests(root: Path, timeout: float) -> list[Verdict]:
    """The verdicts of all tests below `root`; one that takes longer than `timeout` seconds is given up, alone.

    Raises MissingPartError without pytest.
    """
    if importlib.util.find_spec("pytest") is None:
        raise MissingPartError("the generated tests need pytest: pip install pytest")
    found: dict[str, Verdict] = {}
    while True:
        told, hung = _tests_once(root, timeout, list(found))
        found |= told
        if not hung:
            return list(found.values())


def _tests_once(root: Path, timeout: float, done: Sequence[str]) -> tuple[dict[str, Verdict], bool]:
    """One run of pytest without the tests that are done; ended where a test takes too long."""
    with tempfile.TemporaryDirectory(prefix="matport-verdicts-") as folder:
        lines, output = Path(folder, "verdicts"), Path(folder, "output")
        lines.touch()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "port.migrate.verdicts",
            "-p",
            "no:cacheprovider",
        ]
        command += [f"--matport-verdicts={lines}", *(f"--deselect={test}" for test in done)]
        if os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD"):
            command += ["-p", "port.reference.plugin"]
        with output.open("wb") as printed:
            hung = _wait(command, root, lines, printed.fileno(), timeout)
        told = _told(lines, timeout)
        if not told and not done:
            message = output.read_text(encoding="utf-8", errors="replace").strip()[-500:]
            told = {"pytest": Verdict("pytest", "untold", message or "no test was found")}
        return told, hung and bool(told.keys() - set(done))


def _wait(command: Sequence[str], root: Path, lines: Path, output: int, timeout: float) -> bool:
    """Wait for a process that writes lines as it goes on; end it where it does not for too long."""
    package = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join([str(package), *(entry for entry in sys.path if entry)])
    environment = {**os.environ, "PYTHONPATH": paths, "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    try:
        seen, since, patience = 0, time.monotonic(), max(timeout, COLLECTING)
        while process.poll() is None:
            time.sleep(POLL)
            if (size := lines.stat().st_size) != seen:
                seen, since, patience = size, time.monotonic(), timeout
            if time.monotonic() - since > patience:
                return True
        return False
    finally:
        process.kill()
        process.wait()


def _told(lines: Path, timeout: float) -> dict[str, Verdict]:
    """The verdicts in a file; a test that only started took too long."""
    found: dict[str, Verdict] = {}
    for line in lines.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document["outcome"] == "started":
            document |= {"outcome": "untold", "message": f"Python took longer than {timeout:g} s"}
        found[document["test"]] = Verdict(**document)
    return found


def judged(row: Status, verdicts: Sequence[Verdict]) -> Status:
    """A function with the verdicts of its tests."""
    if not verdicts:
        return row
    row = row if row.status == REFUSED else replace(row, matlab_line=None, python_line=None, cause="")
    failed = [verdict for verdict in verdicts if verdict.outcome == "failed"]
    untold = [verdict for verdict in verdicts if verdict.outcome == "untold"]
    if not failed and not untold:
        return replace(row, status=EQUAL, detail="all recorded calls agree")
    worst = (failed or untold)[0]
    message = _first_line(worst.message)
    if worst.message.startswith("NotImplementedError"):
        return replace(row, status=REFUSED, detail=message.removeprefix("NotImplementedError: "))
    return replace(
        row, status=DIFFERS if failed else UNTOLD, detail=f"{worst.case}: {message}".removeprefix(": ")
    )


def _first_line(message: str) -> str:
    """The line of a failure that says most: of a comparison, the first quantity that differs."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    starts = [place for place, line in enumerate(lines) if "quantities agree; tolerance" in line]
    if starts and len(lines) > starts[0] + 1:
        return lines[starts[0] + 1].partition("; ")[0]
    return lines[0].removeprefix("AssertionError: ") if lines else ""


def located(
    row: Status,
    case: Case,
    folders: tuple[Path, Path],
    maps: Mapping[str, Mapping[int, int]],
    timeout: float,
) -> Status:
    """A function that differs with the first statement that does, where the two can be traced.

    folders: of the MATLAB and of the Python; maps: by Python file, the MATLAB line behind a line.
    """
    try:
        parting = first_divergence(*_traces(row, case, *folders, timeout), maps or None)
    except (MatportError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        return replace(row, detail=f"{row.detail} (it was not traced: {error})")
    if parting is None:
        return row
    return replace(
        row,
        matlab_line=parting.matlab_line,
        python_line=parting.python_line,
        detail=f"{row.detail}; {parting}",
        cause=parting.cause.code if parting.cause else "",
    )


def carried(translation: Translation, text: str) -> dict[int, int]:
    """The MATLAB line behind each line of a translation as its owner left it."""
    made = translation.python.splitlines()
    changes = SequenceMatcher(None, made, text.splitlines(), autojunk=False).get_opcodes()
    moved = {
        before + 1: after + 1
        for _, start, end, to, to_end in changes
        if end - start == to_end - to
        for before, after in zip(range(start, end), range(to, to_end), strict=True)
    }
    return {moved[line]: span.line for line, span in translation.source_map.spans.items() if line in moved}


def _traces(row: Status, case: Case, course: Path, root: Path, timeout: float) -> tuple[Trace, Trace]:
    """The recorded call once more on both sides, statement by statement."""
    call = str(case.meta["call"]).strip().rstrip(";")
    if "\n" in call or "@" in call:
        raise MatportError("its call takes a function handle or a seed")
    spelled = re.sub(r"[A-Za-z_]\w*", lambda found: python_name(found.group()), call)
    inputs = {name: scalars(value) for name, value in case.input.items()}
    named = {python_name(name): value for name, value in inputs.items()}
    return (
        record_matlab(course / row.source, call, case.input, timeout=timeout),
        record_python(root / row.python, spelled, named, timeout=timeout),
    )
