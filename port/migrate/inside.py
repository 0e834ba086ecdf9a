"""What the recorded calls of a course show inside its functions: each call is made again and watched."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from port.errors import MatportError
from port.migrate.kinds import ANY, Environment, Kind, join
from port.migrate.observe import Facts, facts_of
from port.migrate.record import record_matlab
from port.migrate.syntax import File
from port.migrate.trace import Trace
from port.reference.case import Case
from port.reference.engine import Engine, Session

LONGEST = 10.0
"""Seconds that a watched call may take: it is far slower than the call itself."""


def observed_inside(
    course: Path, parsed: Mapping[str, File], cases: Iterable[Case], engine: Engine, timeout: float
) -> Facts:
    """What functions were given, and by `name@line` what their statements assigned, in all watched calls.

    Nothing is said of a function that a call reached which could not be watched to its end, nor of functions that
    share a name.
    """
    names = Counter(function.name for file in parsed.values() for function in file.functions)
    found: Facts = {}
    untold = {name for name, count in names.items() if count > 1}
    with Session(engine=engine) as session:
        for case in cases:
            trace = _watched(course, case, session, min(timeout, LONGEST))
            if trace is None or trace.failure is not None:
                untold |= {case.meta["function"], *_functions(trace)}
            if trace is not None:
                add(found, facts_of(trace))
    return {name: known for name, known in found.items() if name in names and name not in untold}


def _watched(course: Path, case: Case, session: Session, timeout: float) -> Trace | None:
    """A recorded call made again; None where the engine did not come back from it."""
    call = str(case.meta["call"]).splitlines()[-1].rstrip(";")
    source = course / f"{case.meta['function']}.m"
    try:
        return record_matlab(source, call, dict(case.input), timeout=timeout, session=session, root=course)
    except MatportError:
        return None


def _functions(trace: Trace | None) -> set[str]:
    return {event.site.function for event in trace.events} if trace is not None else set()


def add(found: Facts, facts: Facts) -> None:
    """Join what more calls showed to what is known: of a path that both have, what holds in all."""
    for name, known in facts.items():
        told: Environment = found.setdefault(name, {})
        for path, kind in known.items():
            told[path] = join(told.get(path, kind), kind)


def stored(facts: Facts) -> dict[str, dict[str, dict[str, Any]]]:
    """Facts as JSON holds them: of every kind what is not told by the defaults."""
    unknown = asdict(ANY)
    return {
        function: {
            path: {name: value for name, value in asdict(kind).items() if value != unknown[name]}
            for path, kind in known.items()
        }
        for function, known in facts.items()
    }


def restored(facts: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Facts:
    """Facts from what `stored` gave."""
    return {
        function: {path: Kind(**fields) for path, fields in known.items()}
        for function, known in facts.items()
    }
