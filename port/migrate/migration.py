"""What is known of a migration while it goes on: the course, the project, the references, a row a function."""

from dataclasses import dataclass, field
from pathlib import Path

from port.errors import ArgumentError
from port.migrate.folder import Written
from port.migrate.inside import restored
from port.migrate.keep import Keeper, keeper
from port.migrate.matlab_run import parsed_file
from port.migrate.observe import Facts
from port.migrate.settings import Settings, read_settings, sources
from port.migrate.syntax import File
from port.migrate.verify import DIFFERS, EQUAL, REFUSED, STOPPED, UNTOLD, Status
from port.reference.case import Case
from port.reference.engine import Engine


@dataclass
class Migration:
    """What is known so far.

    cases: the references, by function; observed: what these showed of the variables inside the functions. rows: one
    for every function and script, by source. problems: what was in the way of recording; untested: what was in the
    way of the last run of the tests.
    """

    course: Path
    root: Path
    files: Keeper
    timeout: float
    settings: Settings = field(default_factory=Settings)
    written: list[Written] = field(default_factory=list)
    parsed: dict[str, File] = field(default_factory=dict)
    engine: Engine | None = None
    cases: dict[str, list[Case]] = field(default_factory=dict)
    observed: Facts = field(default_factory=dict)
    rows: dict[str, Status] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    untested: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """agree where every exercised function is equal, differ where one is not, else cannot-tell."""
        found = {row.status for row in self.rows.values()}
        if DIFFERS in found:
            return "differ"
        unsure = self.problems or self.untested or found & {REFUSED, UNTOLD, STOPPED} or EQUAL not in found
        return "cannot-tell" if unsure else "agree"


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
    migration.observed = restored(migration.files.about.get("observed", {}))
    return migration
