"""The recording stage: a course's scripts run in Octave, and the calls they make kept as references."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from port.errors import EngineError
from port.migrate import witness
from port.migrate.columns import load_sized
from port.migrate.inside import observed_inside
from port.migrate.migration import Migration
from port.migrate.references import case_of
from port.migrate.settings import FILE
from port.migrate.syntax import Blank, Comment, Unreadable
from port.migrate.verify import NOT_EXERCISED, RAN, REFUSED, STOPPED
from port.reference.case import Case, save_case
from port.reference.engine import OCTAVE, find_engine
from port.reference.provenance import values_hash

REFERENCES = "references"


def record(migration: Migration) -> None:
    """Run the scripts and the calls of the settings in Octave, and keep the calls they make as references."""
    functions = {
        name: file
        for name, file in migration.parsed.items()
        if name.isidentifier() and not file.is_script and file.functions
    }
    try:
        migration.engine = find_engine(OCTAVE)
    except EngineError as error:
        migration.problems.append(f"nothing was recorded: {error}")
        return
    seen: dict[str, list[witness.Seen]] = {}
    try:
        witness.watch(
            migration.course,
            functions,
            list(_runs(migration)),
            engine=migration.engine,
            timeout=migration.timeout,
            report=lambda run: _noted(migration, seen, run),
        )
    finally:
        for name, calls in seen.items():
            _keep(migration, name, calls)
    for source, row in migration.rows.items():
        if row.status == NOT_EXERCISED and not row.detail and row.name not in seen:
            migration.rows[source] = replace(row, detail="nothing that ran called it")
    cases = [case for group in migration.cases.values() for case in group]
    migration.observed = observed_inside(
        migration.course, functions, cases, migration.engine, migration.timeout
    )


def _runs(migration: Migration) -> Iterator[tuple[str, str]]:
    """Name and text of what is run: the calls given first, then the scripts; a class is neither."""
    for number, call in enumerate(migration.settings.calls, 1):
        yield f"{FILE}, call {number}", call.script()
    for name, file in migration.parsed.items():
        chosen = migration.settings.scripts
        unread = file.script and all(isinstance(part, Comment | Blank | Unreadable) for part in file.script)
        if file.is_script and not unread and (chosen is None or f"{name}.m" in chosen):
            yield f"{name}.m", file.source


def _noted(migration: Migration, seen: dict[str, list[witness.Seen]], run: witness.ScriptRun) -> None:
    """Take what a run showed."""
    for call in run.seen:
        seen.setdefault(call.function, []).append(call)
    for name, reason in run.notes.items():
        row = migration.rows[f"{name}.m"]
        if row.status == NOT_EXERCISED:
            migration.rows[f"{name}.m"] = replace(row, detail=f"called, but nothing to compare: {reason}")
    if run.script in migration.rows:
        row = migration.rows[run.script]
        if run.problem or row.status != REFUSED:
            ended = (
                replace(row, status=STOPPED, detail=run.problem) if run.problem else replace(row, status=RAN)
            )
            migration.rows[run.script] = replace(ended, calls=len(run.seen))
    elif run.problem:
        migration.problems.append(f"{run.script}: {run.problem}")


def known_cases(migration: Migration, names: Iterable[str]) -> None:
    """Take the references of an earlier run, by which that run translated."""
    folder = migration.root / REFERENCES
    for name in names:
        numbers = range(1, witness.MOST_CALLS + 1)
        paths = [path for n in numbers if (path := folder / f"{name}_{n}.mat").is_file()]
        if paths:
            migration.cases[name] = [load_sized(path) for path in paths]


def _keep(migration: Migration, name: str, calls: Sequence[witness.Seen]) -> None:
    """Write the calls of one function as references, equal ones once."""
    assert migration.engine is not None
    distinct = {values_hash({"i": dict(call.inputs), "c": call.call}): call for call in reversed(calls)}
    cases = []
    for number, call in enumerate(list(distinct.values())[::-1][: witness.MOST_CALLS], 1):
        case = case_of(call, number, migration.course, migration.engine)
        cases.append(_written_case(migration, case))
    migration.cases[name] = cases


def _written_case(migration: Migration, case: Case) -> Case:
    """Write a case among the references, and read back what lies there."""
    name = f"{REFERENCES}/{case.name}.mat"
    with tempfile.TemporaryDirectory(prefix="matport-") as folder:
        migration.files.write(name, save_case(case, Path(folder, "case.mat")).read_bytes())
    return load_sized(migration.root / name)
