"""`matport migrate`: a course folder in, a Python project out, with references, tests and a report."""

import argparse
import json
import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.cli.since import SINCE, Key, changes, verdicts_before
from port.cli.surroundings import surroundings
from port.errors import ArgumentError
from port.migrate.migration import Migration, begin
from port.migrate.project import migrate, recheck
from port.migrate.settings import write_initial
from port.migrate.verify import EQUAL, NOT_EXERCISED, RAN, REFUSED, STOPPED, UNTOLD
from port.report.migrate import migration_frame, migration_markdown, migration_page, verdict
from port.report.page import render
from port.report.tables import to_csv

STATUS = {"agree": AGREE, "differ": DIFFER, "cannot-tell": CANNOT_TELL}
TIMEOUT = 120.0
TABLE, KEYS = "migration.csv", ("name", "source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("course", nargs="?", type=Path, metavar="COURSE_DIR", help="folder of MATLAB files")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="folder of the Python project")
    parser.add_argument(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help=f"of a script in Octave, and of a test in Python (default: {TIMEOUT:g})",
    )
    parser.add_argument(
        "--init", type=Path, metavar="COURSE_DIR", help="write a matport.toml there, with guesses to edit"
    )
    parser.add_argument(
        "--check",
        type=Path,
        metavar="OUT",
        help="run the tests of a migrated project again, write its report",
    )


def run(options: argparse.Namespace) -> int:
    """Migrate, check again, or write settings; returns the exit status."""
    if options.timeout is not None and not options.timeout > 0:
        raise ArgumentError("--timeout is greater than 0")
    if sum(value is not None for value in (options.course, options.init, options.check)) != 1:
        raise ArgumentError("give one of COURSE_DIR -o OUT, --init COURSE_DIR and --check OUT")
    if options.init is not None:
        return _init(options)
    root = options.check or options.output
    if root is None:
        raise ArgumentError("where does the project go? Give -o OUT")
    before = verdicts_before(root / TABLE, KEYS, "status")
    report = partial(write_report, before=before)
    if options.check is not None:
        return _tell(recheck(root, options.timeout, report), before, options.json)
    migration = begin(options.course, root, options.timeout or TIMEOUT)
    return _tell(migrate(migration, _progress, report), before, options.json)


def write_report(migration: Migration, before: Mapping[Key, str]) -> None:
    """Write MIGRATION.html, MIGRATION.md and migration.csv into the project; `before` has the statuses of the last."""
    frame = migration_frame([asdict(row) for row in migration.rows.values()])
    engine = migration.engine
    facts = {
        "Course": os.path.relpath(migration.course, migration.root),
        "Engine": f"{engine.name} {engine.version}"
        if engine
        else migration.files.about.get("engine") or "none",
        "Again": "matport migrate --check .",
        SINCE: _since(before, migration),
        **surroundings(),
    }
    told = (frame, migration.status, facts, [*migration.problems, *migration.untested])
    migration.files.write(TABLE, to_csv(frame).encode())
    migration.files.write("MIGRATION.md", migration_markdown(*told).encode())
    migration.files.write("MIGRATION.html", render(migration_page(*told)).encode())


def _since(before: Mapping[Key, str], migration: Migration) -> str:
    now: dict[Key, str] = {(row.name, row.source): row.status for row in migration.rows.values()}
    return changes(before, now, agree=(EQUAL, RAN), untold=(REFUSED, UNTOLD, NOT_EXERCISED, STOPPED))


def _init(options: argparse.Namespace) -> int:
    path = write_initial(options.init)
    print(
        json.dumps({"settings": str(path)})
        if options.json
        else f"{path}: look it over, then: matport migrate {shlex.quote(str(options.init))} -o OUT"
    )
    return AGREE


def _progress(text: str) -> None:
    print(f"{text} ...", file=sys.stderr)


def _tell(migration: Migration, before: Mapping[Key, str], as_json: bool) -> int:
    """Print what was found; returns the exit status."""
    frame = migration_frame([asdict(row) for row in migration.rows.values()])
    kept = [
        f"{name} was changed by you and stays; what is new is in {name}.new" for name in migration.files.kept
    ]
    if as_json:
        document = {
            "status": migration.status,
            "rows": [asdict(row) for row in migration.rows.values()],
            "since": _since(before, migration),
            "problems": [*migration.problems, *migration.untested],
            "kept": migration.files.kept,
            "output": str(migration.root),
        }
        print(json.dumps(document, indent=2))
    else:
        shown = frame[["name", "status", "calls", "detail"]]
        print(shown.to_markdown(index=False, maxcolwidths=[None, None, None, 90]))
        print(verdict(frame, migration.status), f"report: {migration.root / 'MIGRATION.html'}", sep="\n")
    for text in (*migration.problems, *migration.untested, *kept):
        print(f"matport: {text}", file=sys.stderr)
    return STATUS[migration.status]
