"""A course folder becomes a Python project: translation, references, tests, and what is known of every function.

The work is done in stages, and what is known after each is kept in one `Migration`: a stage that fails, takes too
long or is interrupted leaves a project that can be read, and a report that says how far it came.
"""

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from port.errors import ArgumentError, EngineError, MatportError, SourceError
from port.migrate.folder import Written, translate_paths
from port.migrate.inside import add, restored, stored
from port.migrate.keep import STATE, keeper
from port.migrate.matlab_run import parsed_file
from port.migrate.migration import Migration
from port.migrate.recording import REFERENCES, known_cases, record
from port.migrate.references import facts_of, test_module
from port.migrate.settings import sources
from port.migrate.verify import (
    DIFFERS,
    NOT_EXERCISED,
    REFUSED,
    UNTOLD,
    Status,
    Verdict,
    carried,
    judged,
    located,
    run_tests,
)
from port.reference.case import Case
from port.reference.engine import OCTAVE, find_engine
from port.reference.provenance import write_manifest

DATA = (".mat", ".txt", ".csv", ".dat")
MOST_DATA = 64 << 20
Tell = Callable[[str], None]

PROJECT = """\
[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["."]
matport_suite = "references"
"""
README = """\
# {title} in Python

Translated from MATLAB by `matport migrate`. `MIGRATION.md` and `MIGRATION.html` say of every function whether it
computes what GNU Octave computed.

    pip install matport pytest
    pytest                        # the recorded calls, in Python, beside what Octave gave
    matport migrate --check .     # the same, and the report anew
    matport migrate COURSE -o .   # after a change of the MATLAB; what you edited here stays

- `*.py`: one a `.m`, statement for statement.
- `references/*.mat`: arguments and results of calls that the course's own scripts made in Octave.
- `tests/test_*.py`: the same calls in Python, one file a function.

More calls, other tolerances: `matport migrate --init COURSE` writes a `matport.toml` into the MATLAB folder.
"""


def translate_all(migration: Migration) -> None:
    """Write the translation, the data files and the project's own files."""
    if not migration.cases:
        known_cases(migration, migration.parsed)
    migration.written = _translated(migration)
    for item in migration.written:
        migration.files.write(item.target.as_posix(), item.translation.python.encode())
        row = _row(migration, item)
        migration.rows.setdefault(row.source, row)
    for path in sorted(migration.course.iterdir()):
        if path.suffix in DATA and path.is_file() and path.stat().st_size <= MOST_DATA:
            migration.files.write(path.name, path.read_bytes())
    migration.files.write("pyproject.toml", PROJECT.encode())
    migration.files.write("README.md", README.format(title=migration.course.name).encode())


def _translated(migration: Migration) -> list[Written]:
    """The translation of the course, by what its references say of parameters and of what is inside functions."""
    parameters = {
        name: [parameter for parameter in file.functions[0].parameters if parameter.isidentifier()]
        for name, file in migration.parsed.items()
        if not file.is_script and file.functions
    }
    cases = [case for group in migration.cases.values() for case in group]
    facts = facts_of(cases, parameters)
    add(facts, migration.observed)
    return translate_paths([migration.course], facts)


def _row(migration: Migration, item: Written) -> Status:
    """What is known of a file before anything ran."""
    notes = item.translation
    refusal = notes.refusals[0] if notes.refusals else None
    source = item.source.relative_to(migration.course)
    return Status(
        name=source.stem,
        kind="script" if notes.is_script else "function",
        source=source.as_posix(),
        python=item.target.as_posix(),
        status=REFUSED if refusal else NOT_EXERCISED,
        detail=f"line {refusal.line}: {refusal.text}"
        if refusal
        else _out_of_reach(source, is_script=notes.is_script),
        matlab_line=refusal.line if refusal else None,
        warnings=len(notes.warnings),
        refusals=len(notes.refusals),
    )


def _out_of_reach(source: Path, *, is_script: bool) -> str:
    """Why a file is not run, or not called from outside; empty where it can be."""
    if source.parent != Path():
        return "it lies in a subfolder: compared only where another function calls it"
    named = is_script or source.stem.isidentifier()
    return "" if named else f"nothing can call it: `{source.stem}` is no name in MATLAB"


def write_tests(migration: Migration) -> None:
    """Write a test file for every function that has references."""
    if not migration.cases:
        return
    write_manifest(migration.root / REFERENCES)
    for name, cases in migration.cases.items():
        text = test_module(name, cases, migration.course, migration.settings.rtol.get(name))
        migration.files.write(f"tests/test_{name}.py", text.encode())
        row = migration.rows[f"{name}.m"]
        migration.rows[f"{name}.m"] = replace(row, calls=len(cases))


def verify(migration: Migration) -> None:
    """Run the tests, and trace what differs."""
    if not migration.cases:
        return
    try:
        verdicts = run_tests(migration.root, migration.timeout)
    except MatportError as error:
        migration.untested.append(str(error))
        return
    _judge(migration, verdicts)
    failed = {verdict.case for verdict in verdicts if verdict.outcome == "failed"}
    for source, row in migration.rows.items():
        case = next((case for case in migration.cases.get(row.name, ()) if case.name in failed), None)
        if row.status == DIFFERS and case is not None and migration.engine is not None:
            migration.rows[source] = _located(migration, row, case)


def _judge(migration: Migration, verdicts: Sequence[Verdict]) -> None:
    """Give every function its verdict, those of subfolders none; a test of no function that does not pass has a row of
    its own.
    """
    files = {
        source: f"test_{row.name}.py" if source == f"{row.name}.m" else ""
        for source, row in migration.rows.items()
        if row.kind != "test"
    }
    migration.rows = {source: migration.rows[source] for source in files}
    for source, file in files.items():
        own = [verdict for verdict in verdicts if verdict.file == file]
        migration.rows[source] = judged(migration.rows[source], own)
    for verdict in verdicts:
        if verdict.file not in files.values() and verdict.outcome in ("failed", "untold"):
            row = Status(verdict.file, "test", verdict.test, verdict.file, UNTOLD)
            migration.rows[verdict.test] = judged(row, [verdict])


def _located(migration: Migration, row: Status, case: Case) -> Status:
    """Where the two part."""
    course, root = migration.course, migration.root
    maps = {
        item.target.as_posix(): carried(item.translation, (root / item.target).read_text(encoding="utf-8"))
        for item in migration.written
        if (root / item.target).is_file()
    }
    return located(row, case, (course, root), maps, migration.timeout)


STAGES: tuple[tuple[str, Callable[[Migration], None]], ...] = (
    ("translating", translate_all),
    ("recording in Octave", record),
    ("translating with what was seen", translate_all),
    ("writing tests", write_tests),
    ("running the tests", verify),
)


def migrate(migration: Migration, tell: Tell, finish: Callable[[Migration], None]) -> Migration:
    """Go through the stages; `finish` writes the report, also where a stage fails or is interrupted.

    Raises KeyboardInterrupt again where it was interrupted.
    """
    try:
        for name, stage in STAGES:
            tell(name)
            stage(migration)
    except MatportError as error:
        migration.problems.append(str(error))
    except KeyboardInterrupt:
        migration.problems.append(f"it was interrupted while {name}; run it again to go on")
        raise
    finally:
        finish(migration)
        save(migration)
    return migration


def save(migration: Migration) -> None:
    """Write down what is known, for `--check`."""
    migration.files.about = {
        "course": os.path.relpath(migration.course, migration.root),
        "timeout": migration.timeout,
        "engine": f"{migration.engine.name} {migration.engine.version}"
        if migration.engine
        else migration.files.about.get("engine", ""),
        "observed": stored(migration.observed),
        "problems": migration.problems,
        "rows": [asdict(row) for row in migration.rows.values()],
    }
    migration.files.save()


def recheck(root: Path, timeout: float | None, finish: Callable[[Migration], None]) -> Migration:
    """Run the tests of a migrated project again and write its report anew.

    Raises ArgumentError for a folder that no migration wrote.
    """
    root = root.resolve()
    if not (root / STATE).is_file():
        raise ArgumentError(f"{root} was not written by `matport migrate`: it has no {STATE}")
    files = keeper(root)
    about: dict[str, Any] = files.about
    try:
        course = (root / about["course"]).resolve()
        migration = Migration(course, root, files, timeout or float(about["timeout"]))
        migration.rows = {row["source"]: Status(**row) for row in about["rows"]}
        migration.problems = list(about["problems"])
        migration.observed = restored(about.get("observed", {}))
    except (KeyError, TypeError, ValueError) as error:
        raise ArgumentError(f"{root / STATE}: it cannot be used ({json.dumps(str(error))})") from None
    known_cases(migration, [row.name for row in migration.rows.values()])
    with suppress(EngineError, SourceError):
        migration.parsed = {path.stem: parsed_file(path) for path in sources(course)}
        migration.written = _translated(migration)
        migration.engine = find_engine(OCTAVE)
    try:
        verify(migration)
    except KeyboardInterrupt:
        migration.untested.append("it was interrupted while running the tests")
        raise
    finally:
        finish(migration)
        save(migration)
    return migration
