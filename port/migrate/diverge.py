"""Where do the two part? The first statement of a port that does not do what its original did, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from port.migrate.agree import TOLERANCE, shape_of
from port.migrate.align import LineMap, Parting, along_map, paired_along_map
from port.migrate.content import by_content, paired_by_content
from port.migrate.draft import Draft, drafts
from port.migrate.edits import Edit
from port.migrate.record import record_task
from port.migrate.repair import Repair, causes, idle_suspect, repairs, unchanged
from port.migrate.replay import Task
from port.migrate.substitute import substitutes
from port.migrate.trace import Event, Site, Trace
from port.migrate.translation import SourceMap
from port.reference.causes import Diagnosis
from port.reference.comparison import Tolerance

AnyMap = SourceMap | Mapping[int, int] | Mapping[str, SourceMap] | Mapping[str, Mapping[int, int]]
VALUES = ("class", "shape", "nan", "value")


@dataclass(frozen=True)
class Divergence:
    """The first statement that differs.

    kind: "missing", "class", "shape", "nan", "value", or "error" where one side failed. matlab, python: the events
    with the values of both sides (None where a side has none); the sites are the statements to look at. causes:
    why, best first; fix: the change of the Python statement that undoes it, where one was found. transposed:
    Python's variables that hold MATLAB's transposed, which is a layout and no difference.
    """

    kind: str
    detail: str
    matlab: Event | None
    python: Event | None
    matlab_site: Site | None
    python_site: Site | None
    causes: tuple[Diagnosis, ...] = ()
    fix: Edit | None = None
    transposed: tuple[str, ...] = ()
    renames: Mapping[str, str] | None = None

    @property
    def matlab_line(self) -> int | None:
        """The line of the MATLAB statement."""
        return self.matlab_site.line if self.matlab_site else None

    @property
    def python_line(self) -> int | None:
        """The line of the Python statement."""
        return self.python_site.line if self.python_site else None

    @property
    def cause(self) -> Diagnosis | None:
        """The likeliest cause."""
        return self.causes[0] if self.causes else None

    def __str__(self) -> str:
        sides = [
            told(self.matlab_site, self.matlab, self.kind),
            told(self.python_site, self.python, self.kind, self.matlab.site.shown if self.matlab else ""),
        ]
        sides = [side for side in sides if side]
        if self.cause:
            why = f"{self.cause.evidence} [{self.cause.code}]"
        else:
            why = self.detail or "no known cause explains it"
        return f"{'; '.join(sides)}: {why}" if sides else why


def first_divergence(
    a: Trace,
    b: Trace,
    map: AnyMap | None = None,
    tolerance: Tolerance = TOLERANCE,
    *,
    explain: bool = True,
) -> Divergence | None:
    """The first statement of the Python run `b` that does not do what the MATLAB run `a` did; None where all do.

    map: which MATLAB line is behind a line of Python, for translated code: the source map of the translation, or
    lines by line, or either by file. Without one, a port that reads like the translation of its original is
    taken for that; any other is aligned by its values, and differences of layout (samples in rows) are followed and
    not reported. explain: look for the cause, which runs the Python again with one statement changed at a time.
    """
    pair = paired(a, b, map, tolerance, explain)
    return None if (parting := pair.parting()) is None else pair.explained(parting)


def divergences(
    a: Trace,
    b: Trace,
    map: AnyMap | None = None,
    tolerance: Tolerance = TOLERANCE,
    *,
    limit: int = 20,
    explain: bool = True,
) -> list[Divergence]:
    """All statements that differ, up to `limit`, in the order in which they are met.

    Past each the Python is run again with MATLAB's values in place of what the statement sets, or with the change
    that undoes the difference where a value cannot be put there. Where neither helps, the statement and all that is
    computed from it counts as unknown, and the rest is compared. Arguments are those of `first_divergence`.
    """
    pair = paired(a, b, map, tolerance, explain)
    found: list[Divergence] = []
    while len(found) < limit and (parting := pair.parting()) is not None:
        item = pair.explained(parting)
        again = [other for other in found if place_of(other) == place_of(item)]
        if not again:
            found.append(item)
        following = pair.past(item, parting, first=not again)
        if following is None:
            break
        pair = following
    return found


def agreeing_lines(
    a: Trace, b: Trace, map: AnyMap | None = None, tolerance: Tolerance = TOLERANCE
) -> list[tuple[Site, Site]]:
    """The statements of MATLAB and Python that set the same values, in the order in which Python does them.

    For translated code those up to the first difference. Arguments are those of `first_divergence`.
    """
    pair = paired(a, b, map, tolerance, False)
    if pair.lines:
        return paired_along_map(pair.matlab, pair.python, pair.lines, tolerance)
    return paired_by_content(pair.matlab, pair.python, tolerance)


def paired(a: Trace, b: Trace, map: AnyMap | None, tolerance: Tolerance, explain: bool) -> "Pair":
    """Two runs, and what is known of how one was made from the other."""
    if (a.language, b.language) == ("python", "matlab"):
        a, b = b, a
    made = drafts(a, b) if map is None or explain else {}
    lines = {name: draft.lines for name, draft in made.items()} if map is None else line_map(map, b)
    return Pair(a, b, lines, made, tolerance, explain)


@dataclass(frozen=True)
class Pair:
    """Two runs to compare: along `lines` where there are any, else by content. passed: as `along_map` has it."""

    matlab: Trace
    python: Trace
    lines: LineMap
    drafts: Mapping[str, Draft]
    tolerance: Tolerance
    explain: bool
    passed: frozenset[tuple[str, int]] = frozenset()

    def parting(self) -> Parting | None:
        """Where they part."""
        if self.lines:
            return along_map(self.matlab, self.python, self.lines, self.tolerance, self.passed)
        return by_content(self.matlab, self.python, self.tolerance, self.passed)

    def explained(self, parting: Parting) -> Divergence:
        """The parting with its causes."""
        if not self.explain:
            return divergence(self.python, parting, [], False)
        found = repairs(
            self.matlab, self.python, parting, self.drafts, exact=bool(self.lines), tolerance=self.tolerance
        )
        return divergence(self.python, parting, found, True)

    def past(self, item: Divergence, parting: Parting, *, first: bool) -> "Pair | None":
        """The same, past a difference; None where there is no way past it. first: it was not met before."""
        task = self.python.replay
        if first and isinstance(task, Task) and unchanged(task, self.python.sources):
            step = self.step(task, item, parting)
            if step is not None:
                python = record_task(step)
                made = drafts(self.matlab, python) if self.drafts and step.changed else self.drafts
                return replace(self, python=python, drafts=made)
        passed = self.passed | {place for place in (place_of(item), event_place(item)) if place}
        if passed == self.passed or item.kind in ("missing", "error"):
            return None
        return replace(self, passed=passed)

    def step(self, task: Task, item: Divergence, parting: Parting) -> Task | None:
        """The run of Python that gets past: with MATLAB's values, or with the change that undoes the difference."""
        m, p = parting.matlab, parting.python
        by_value = parting.mismatch.kind in VALUES and (self.lines or item.fix is None)
        if by_value and m is not None and p is not None and p.kind != "result":
            values = substitutes(self.matlab, self.python, m, p)
            return replace(task, substitutes={**task.substitutes, **values})
        if item.fix is not None and item.python_site is not None:
            return replace(task, changed={**task.changed, item.python_site.file: item.fix.source})
        return None


def place_of(item: Divergence) -> tuple[str, int] | None:
    """The file and line of the statement of Python that is reported."""
    return (item.python_site.file, item.python_site.line) if item.python_site else None


def event_place(item: Divergence) -> tuple[str, int] | None:
    """The file and line of the statement of Python whose value differs."""
    return (item.python.file, item.python.line) if item.python else None


def divergence(python: Trace, parting: Parting, found: list[Repair], explain: bool) -> Divergence:
    """A parting with its causes; the statement to look at is the one whose change helps, or that does nothing."""
    why = causes(python, parting, found) if explain else []
    best = next((item for item in found if why and item.edit.code == why[0].code), None)
    idle = idle_suspect(python, parting.suspects) if explain and not found else None
    site = best.site if best else idle or parting.python_site
    return Divergence(
        parting.mismatch.kind,
        parting.mismatch.detail,
        parting.matlab,
        parting.python,
        parting.matlab_site,
        site,
        tuple(why),
        best.edit if best else None,
        parting.transposed,
        parting.renames,
    )


def line_map(given: AnyMap, python: Trace) -> LineMap:
    """The lines of MATLAB behind those of Python, by file."""
    if isinstance(given, SourceMap):
        return {python.entry: lines_of(given)}
    if all(isinstance(key, int) for key in given):
        return {python.entry: dict(given)}  # type: ignore[arg-type]
    return {str(name): lines_of(item) for name, item in given.items()}


def lines_of(item: Any) -> dict[int, int]:
    """Lines of MATLAB by lines of Python."""
    if isinstance(item, SourceMap):
        return {line: span.line for line, span in item.spans.items()}
    return dict(item)


def told(site: Site | None, event: Event | None, kind: str, known: str = "") -> str:
    """One side of the sentence: `delta2 at bp.m:10 is (3, 1)`; the name only where it is not `known`."""
    if event is None:
        return f"{site.file}:{site.line}" if site else ""
    where = f"{event.file}:{event.line or site.line if site else event.line}"
    is_shape = kind == "shape" and isinstance(event.part, np.ndarray)
    value = str(shape_of(event.part)) if is_shape else summary(event.part)
    return f"{where} is {value}" if event.site.shown == known else f"{event.site.shown} at {where} is {value}"


def summary(value: Any) -> str:
    """A value in a few words: the number, or shape and first elements."""
    if isinstance(value, np.ndarray):
        if value.size == 1:
            return f"{value.flat[0]:.6g}" if value.dtype.kind in "fc" else str(value.flat[0])
        shape = str(value.shape if value.ndim == 1 else shape_of(value))
        some = ", ".join(f"{item:.4g}" for item in value.ravel(order="F")[:3])
        return f"{shape} [{some}{', ...' if value.size > 3 else ''}]" if value.size else shape
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a struct of {', '.join(value)}"
    return repr(value)
