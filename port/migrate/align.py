"""Find where two traces of translated code part: step by step along the source map.

Events of statements without a counterpart are passed over. Where the runs take different ways, the blame is on the
condition or the loop that chose, not on what was done next.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from port.migrate.agree import Mismatch, mismatch
from port.migrate.flow import Flow
from port.migrate.replay import ALWAYS
from port.migrate.trace import Event, Site, Trace
from port.reference.comparison import Tolerance

LineMap = Mapping[str, Mapping[int, int]]
"""For each file of Python, the line of MATLAB behind a line of Python."""
Place = Hashable


@dataclass(frozen=True)
class Parting:
    """Where the runs part: the events (None where a side has none), the statements, and how they differ.

    suspects: the Python statements that may be the cause, most likely first. transposed: the variables that
    Python holds in the other layout. renames: Python's names for variables of MATLAB.
    """

    mismatch: Mismatch
    matlab: Event | None
    python: Event | None
    matlab_site: Site | None
    python_site: Site | None
    suspects: tuple[Site, ...] = ()
    transposed: tuple[str, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)


def along_map(matlab: Trace, python: Trace, lines: LineMap, tolerance: Tolerance) -> Parting | None:
    """Walk through both traces in step; None where nothing differs."""
    return MapWalk(matlab, python, lines, tolerance).parting()


class MapWalk:
    """The walk through two traces along a source map."""

    def __init__(self, matlab: Trace, python: Trace, lines: LineMap, tolerance: Tolerance) -> None:
        self.matlab, self.python, self.lines, self.tolerance = matlab, python, lines, tolerance
        m_places = self.places(matlab, self.matlab_place)
        p_places = self.places(python, self.python_place)
        common = set(m_places) & set(p_places)
        self.m = [
            (event, place) for event, place in zip(matlab.events, m_places, strict=True) if place in common
        ]
        self.p = [
            (event, place) for event, place in zip(python.events, p_places, strict=True) if place in common
        ]
        self.compared: dict[tuple[str, str], Mismatch | None] = {}

    def places(self, trace: Trace, place: Any) -> list[Place]:
        """The name that a statement has on both sides, for every event; results are named by position."""
        known = {site: place(site) for site in {event.site for event in trace.events}}
        results = [event.site for event in trace.events if event.kind == "result"]
        known |= {site: ("result", number) for number, site in enumerate(results)}
        return [known[event.site] for event in trace.events]

    @staticmethod
    def matlab_place(site: Site) -> Place:
        stem, name = PurePosixPath(site.file).stem, site.name.rstrip("_")
        if site.kind == "argument":
            return stem, site.function, name
        return stem, site.line, "test" if site.kind == "test" else name

    def python_place(self, site: Site) -> Place:
        stem, name = PurePosixPath(site.file).stem.rstrip("_"), site.name.rstrip("_")
        line = self.lines.get(site.file, {}).get(site.line)
        if site.kind == "argument":
            return stem, site.function.rpartition(".")[2].rstrip("_"), name
        if line is None or site.kind == "return":
            return None
        return stem, line, "test" if site.kind == "test" else name

    def parting(self) -> Parting | None:
        """The first difference."""
        i = j = 0
        while i < len(self.m) and j < len(self.p):
            (m, m_place), (p, p_place) = self.m[i], self.p[j]
            if m_place == p_place:
                if found := self.difference(m, p):
                    return self.parted(found, m, p)
                i, j = i + 1, j + 1
            elif self.may_lack(p):
                j += 1
            elif self.may_lack(m):
                i += 1
            else:
                return self.other_way(i, j)
        return self.at_end(i, j)

    def difference(self, m: Event, p: Event) -> Mismatch | None:
        """How the values of two events differ; the variable of a loop may count from 0 in Python."""
        key = m.key, p.key
        if key not in self.compared:
            self.compared[key] = mismatch(m.value, p.value, self.tolerance)
        found = self.compared[key]
        return None if found and p.kind == "loop" and counts_from_0(m.value, p.value) else found

    @staticmethod
    def may_lack(event: Event) -> bool:
        """Whether the other side may rightly have no such event: an argument left out, a large array in a loop."""
        if event.kind == "argument" and (event.class_name == "none" or event.name == "varargin"):
            return True
        return event.occurrence > ALWAYS and event.kind == "assign"

    def parted(self, found: Mismatch, m: Event, p: Event) -> Parting:
        site = self.blamed(p)
        return Parting(found, m, p, m.site, site, suspects(self.python, p, site))

    def blamed(self, p: Event) -> Site:
        """The statement that made a value: of a parameter the call, of a result the return."""
        if p.kind == "argument":
            flow = Flow(self.python)
            caller = flow.callers.get(p.frame)
            return self.python.events[caller].site if caller is not None else p.site
        if p.kind == "result":
            return next(
                (event.site for event in reversed(self.python.events) if event.kind == "return"), p.site
            )
        return p.site

    def other_way(self, i: int, j: int) -> Parting:
        """The runs do different statements next: the last condition of Python decided, or the loop."""
        (m, m_place), (p, p_place) = self.m[i], self.p[j]
        site, detail = p.site, f"MATLAB goes on at line {m.line}, Python at line {p.line}"
        tests = self.unpaired_tests(j)
        if m.kind == "loop" and m_place in {place for _, place in self.p[:j]}:
            site = next(event.site for event, place in reversed(self.p[:j]) if place == m_place)
            detail = "MATLAB's loop has more turns"
        elif p.kind == "loop" and p_place in {place for _, place in self.m[:i]}:
            detail = "Python's loop has more turns"
        elif tests:
            site = tests[-1].site
        return Parting(Mismatch("missing", detail), m, p, m.site, site, suspects(self.python, p, site))

    def unpaired_tests(self, j: int) -> list[Event]:
        """Python's conditions since the last event that both sides have."""
        events = self.python.events
        here = next(index for index, event in enumerate(events) if event is self.p[j][0])
        last = self.p[j - 1][0] if j else None
        found = []
        for event in reversed(events[:here]):
            if event is last:
                break
            if event.kind == "test":
                found.append(event)
        return found[::-1]

    def at_end(self, i: int, j: int) -> Parting | None:
        """One side has nothing more: it failed, or it left something out."""
        failure = self.python.failure
        if failure and not self.matlab.failure:
            site = Site(failure.file, failure.line, failure.line, "", "", "assign")
            m = self.m[i][0] if i < len(self.m) else None
            return Parting(Mismatch("error", failure.message), m, None, m.site if m else None, site, (site,))
        if self.matlab.failure and not failure:
            where = Site(
                self.matlab.failure.file, self.matlab.failure.line, self.matlab.failure.line, "", "", "assign"
            )
            detail = f"MATLAB stops: {self.matlab.failure.message}"
            p = self.p[j][0] if j < len(self.p) else None
            return Parting(Mismatch("error", detail), None, p, where, p.site if p else None)
        rest = [event for event, _ in self.m[i:] if not self.may_lack(event)]
        extra = [event for event, _ in self.p[j:] if not self.may_lack(event)]
        if failure or not (rest or extra):
            return None
        m, p = next(iter(rest), None), next(iter(extra), None)
        site = p.site if p else self.p[-1][0].site
        detail = f"only {'MATLAB' if m else 'Python'} goes on"
        return Parting(Mismatch("missing", detail), m, p, m.site if m else None, site, (site,))


def counts_from_0(want: Any, got: Any) -> bool:
    """Whether two whole scalars are a 1-based and a 0-based count of the same thing."""
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray) and want.size == got.size == 1):
        return False
    return bool(want.flat[0] == got.flat[0] + 1) and got.dtype.kind in "iu"


def suspects(trace: Trace, event: Event, first: Site) -> tuple[Site, ...]:
    """The statement blamed, the loops and branches around it, and the statements its operands come from."""
    flow = Flow(trace)
    index = next(number for number, other in enumerate(trace.events) if other is event)
    found = [first, *around(flow, event.site)]
    found += [trace.events[item].site for item in reversed(flow.operands[index])]
    return tuple(dict.fromkeys(site for site in found if site.kind != "argument"))


def around(flow: Flow, site: Site) -> list[Site]:
    """The heads of the loops and branches around a statement, innermost first."""
    statement = flow.statement(site)
    lines = statement.around if statement else ()
    known = {(other.file, other.line): other for other in flow.sites if other.kind in ("loop", "test")}
    return [known[site.file, line] for line in reversed(lines) if (site.file, line) in known]
