"""A course folder becomes a Python project: translation, references, tests, and what is known of every function.

The work is done in stages, and what is known after each is kept in one `Migration`: a stage that fails, takes too
long or is interrupted leaves a project that can be read, and a report that says how far it came.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from port.errors import ArgumentError, EngineError, MatportError, SourceError
from port.migrate import witness
from port.migrate.folder import Written, translate_paths
from port.migrate.keep import STATE, Keeper, keeper
from port.migrate.matlab_run import parsed_file
from port.migrate.references import case_of, facts_of, test_module
from port.migrate.settings import FILE, Settings, read_settings
from port.migrate.syntax import File
from port.migrate.translation import SourceMap
from port.migrate.verify import (
    DIFFERS,
    EQUAL,
    NOT_EXERCISED,
    RAN,
    REFUSED,
    STOPPED,
    UNTOLD,
    Status,
    Verdict,
    judged,
    located,
    run_tests,
)
from port.reference.case import Case, load_case, save_case
from port.reference.engine import OCTAVE, Engine, find_engine
from port.reference.provenance import values_hash, write_manifest

DATA = (".mat", ".txt", ".csv", ".dat")
MOST_DATA = 64 << 20
REFERENCES = "references"
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


@dataclass
class Migration:
    """What is known so far: `cases` by function, a row of `rows` for every function and script, `problems` to tell."""

    course: Path
    root: Path
    files: Keeper
    timeout: float
    settings: Settings = field(default_factory=Settings)
    written: list[Written] = field(default_factory=list)
    parsed: dict[str, File] = field(default_factory=dict)
    engine: Engine | None = None
    cases: dict[str, list[Case]] = field(default_factory=dict)
    rows: dict[str, Status] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """agree where every exercised function is equal, differ where one is not, else cannot-tell."""
        found = {row.status for row in self.rows.values()}
        if DIFFERS in found:
            return "differ"
        unsure = self.problems or found & {REFUSED, UNTOLD, STOPPED} or EQUAL not in found
        return "cannot-tell" if unsure else "agree"


def sources(course: Path) -> list[Path]:
    """The MATLAB files of the folder itself; SourceError where there is none."""
    if not course.is_dir():
        raise SourceError(f"{course} is no folder; give the folder of the MATLAB files")
    found = sorted(course.glob("*.m"))
    if not found:
        raise SourceError(f"{course} holds no .m file")
    return found


def begin(course: Path, root: Path, timeout: float) -> Migration:
    """A migration of which nothing is done yet.

    Raises SourceError for a folder without MATLAB, ArgumentError for one that is the output too, or settings that
    cannot be read.
    """
    course, root = course.resolve(), root.resolve()
    found = sources(course)
    if root == course or root in course.parents or course in root.parents:
        raise ArgumentError(f"{root} and {course} lie in each other; the project needs a folder of its own")
    migration = Migration(course, root, keeper(root), timeout, read_settings(course))
    migration.parsed = {path.stem: parsed_file(path) for path in found}
    return migration


def translate_all(migration: Migration) -> None:
    """Write the translation, the data files and the project's own files."""
    parameters = {
        name: [p for p in file.functions[0].parameters if p.isidentifier()]
        for name, file in migration.parsed.items()
        if not file.is_script and file.functions
    }
    cases = [case for group in migration.cases.values() for case in group]
    migration.written = translate_paths([migration.course], facts_of(cases, parameters))
    for item in migration.written:
        migration.files.write(item.target.as_posix(), item.translation.python.encode())
        row = _row(migration, item)
        migration.rows.setdefault(row.source, row)
    for path in sorted(migration.course.iterdir()):
        if path.suffix in DATA and path.is_file() and path.stat().st_size <= MOST_DATA:
            migration.files.write(path.name, path.read_bytes())
    migration.files.write("pyproject.toml", PROJECT.encode())
    migration.files.write("README.md", README.format(title=migration.course.name).encode())


def _row(migration: Migration, item: Written) -> Status:
    """What is known of a file before anything ran."""
    notes = item.translation
    refusal = notes.refusals[0] if notes.refusals else None
    return Status(
        name=item.source.stem,
        kind="script" if notes.is_script else "function",
        source=item.source.relative_to(migration.course).as_posix(),
        python=item.target.as_posix(),
        status=REFUSED if refusal else NOT_EXERCISED,
        detail=f"line {refusal.line}: {refusal.text}" if refusal else "",
        matlab_line=refusal.line if refusal else None,
        warnings=len(notes.warnings),
        refusals=len(notes.refusals),
    )


def record(migration: Migration) -> None:
    """Run the scripts and the calls of the settings in Octave, and keep the calls they make as references."""
    _known_cases(migration)
    functions = {name: f for name, f in migration.parsed.items() if not f.is_script and f.functions}
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


def _runs(migration: Migration) -> Iterator[tuple[str, str]]:
    """Name and text of what is run: the calls given first, then the scripts."""
    for number, call in enumerate(migration.settings.calls, 1):
        yield f"{FILE}, call {number}", call.script()
    for name, file in migration.parsed.items():
        chosen = migration.settings.scripts
        if file.is_script and (chosen is None or f"{name}.m" in chosen):
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


def _known_cases(migration: Migration) -> None:
    """The references of an earlier run."""
    folder = migration.root / REFERENCES
    for name in migration.parsed:
        numbers = range(1, witness.MOST_CALLS + 1)
        paths = [path for n in numbers if (path := folder / f"{name}_{n}.mat").is_file()]
        if paths:
            migration.cases[name] = [load_case(path) for path in paths]


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
    import tempfile

    name = f"{REFERENCES}/{case.name}.mat"
    with tempfile.TemporaryDirectory(prefix="matport-") as folder:
        migration.files.write(name, save_case(case, Path(folder, "case.mat")).read_bytes())
    return load_case(migration.root / name)


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
    verdicts = run_tests(migration.root, migration.timeout)
    _judge(migration, verdicts)
    maps = {item.target.name: item.translation.source_map for item in migration.written}
    for source, row in migration.rows.items():
        if row.status == DIFFERS and migration.engine is not None:
            migration.rows[source] = _located(migration, row, verdicts, maps)


def _judge(migration: Migration, verdicts: Sequence[Verdict]) -> None:
    """Give every function its verdict; a test of nobody that fails is a problem."""
    for source, row in migration.rows.items():
        own = [v for v in verdicts if Path(v.test.partition("::")[0]).name == f"test_{row.name}.py"]
        migration.rows[source] = judged(row, own)
    names = {f"test_{row.name}.py" for row in migration.rows.values()}
    for verdict in verdicts:
        if verdict.outcome != "passed" and Path(verdict.test.partition("::")[0]).name not in names:
            migration.problems.append(f"{verdict.test} {verdict.outcome}: {verdict.message.splitlines()[-1]}")


def _located(
    migration: Migration, row: Status, verdicts: Sequence[Verdict], maps: dict[str, SourceMap]
) -> Status:
    failed = {verdict.case for verdict in verdicts if verdict.outcome == "failed"}
    for case in migration.cases.get(row.name, ()):
        if case.name in failed:
            return located(row, case, migration.course, migration.root, maps, migration.timeout)
    return row


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
        "course": str(migration.course),
        "timeout": migration.timeout,
        "engine": f"{migration.engine.name} {migration.engine.version}" if migration.engine else "",
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
        rows = {row["source"]: Status(**row) for row in about["rows"]}
        migration = Migration(Path(about["course"]), root, files, timeout or float(about["timeout"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ArgumentError(f"{root / STATE}: it cannot be used ({json.dumps(str(error))})") from None
    migration.rows = rows
    try:
        _judge(migration, run_tests(root, migration.timeout))
    except MatportError as error:
        migration.problems.append(str(error))
    finally:
        finish(migration)
        migration.files.save()
    return migration
