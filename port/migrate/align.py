"""Find where two traces of translated code part: step by step along the source map.

Events of statements without a counterpart are passed over. Where the runs take different ways, the blame is on the
condition or the loop that chose, not on what was done next.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from port.migrate.agree import Mismatch, mismatch
from port.migrate.flow import FACTORS, SEARCHES, VOLATILE, Flow, PythonReader
from port.migrate.replay import ALWAYS
from port.migrate.trace import Array, Event, Site, Trace
from port.reference.comparison import Tolerance

LineMap = Mapping[str, Mapping[int, int]]
"""For each file of Python, the line of MATLAB behind a line of Python."""
Place = Hashable
Places = Collection[tuple[str, int]]
SIGN_NOISE = 1e-8
COARSE = Tolerance(rtol=1e-2, atol=1e-2)
"""What two optimisers may differ by, and what is made of where they stop."""
NOISE = 1e-11
"""What rounding does to a result, in units of the largest operand."""


@dataclass(frozen=True)
class Parting:
    """Where the runs part: the events (None where a side has none), the statements, and how they differ.

    suspects: the Python statements that may be the cause, most likely first. transposed: the variables that
    Python holds in the other layout. renames: Python's names for variables of MATLAB. hints: Python's names for what
    the MATLAB statement reads.
    """

    mismatch: Mismatch
    matlab: Event | None
    python: Event | None
    matlab_site: Site | None
    python_site: Site | None
    suspects: tuple[Site, ...] = ()
    transposed: tuple[str, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    hints: frozenset[str] = frozenset()


def along_map(
    matlab: Trace, python: Trace, lines: LineMap, tolerance: Tolerance, passed: Places = ()
) -> Parting | None:
    """Walk through both traces in step; None where nothing differs.

    passed: statements of Python, by file and line, of which it is known that they differ: neither they nor what is
    computed from them is compared.
    """
    return MapWalk(matlab, python, lines, tolerance, passed).parting()


def paired_along_map(
    matlab: Trace, python: Trace, lines: LineMap, tolerance: Tolerance
) -> list[tuple[Site, Site]]:
    """The statements of both sides that set the same values, up to where the runs part."""
    walk = MapWalk(matlab, python, lines, tolerance)
    parting = walk.parting()
    differing = {parting.python.site if parting.python else parting.python_site} if parting else set()
    return [pair for pair in dict.fromkeys(walk.paired) if pair[1] not in differing]


class MapWalk:
    """The walk through two traces along a source map."""

    def __init__(
        self, matlab: Trace, python: Trace, lines: LineMap, tolerance: Tolerance, passed: Places = ()
    ) -> None:
        self.matlab, self.python, self.lines, self.tolerance = matlab, python, lines, tolerance
        self.paired: list[tuple[Site, Site]] = []
        self.by_chance: set[int] = set()
        heads = loops_of(python)
        self.heads = {(site.file, site.line, site.name) for site in heads}
        m_places = self.places(matlab, self.matlab_place)
        p_places = self.places(python, self.python_place)
        self.loops = {self.python_place(site): site for site in heads}
        common = set(m_places) & {*p_places, *self.loops} - {None}
        self.m = [
            (event, place) for event, place in zip(matlab.events, m_places, strict=True) if place in common
        ]
        self.p = [
            (event, place) for event, place in zip(python.events, p_places, strict=True) if place in common
        ]
        self.compared: dict[tuple[str, str], Mismatch | None] = {}
        self.unknown = self.p_flow.at_places(passed) if passed else set()

    def places(self, trace: Trace, place: Any) -> list[Place]:
        """The name that a statement has on both sides, for every event; results are named by position."""
        known = {site: place(site) for site in {event.site for event in trace.events}}
        searched: set[int] = set()
        if any(name in text for text in self.matlab.sources.values() for name in SEARCHES):
            searched = (self.m_flow if trace is self.matlab else self.p_flow).searched()
        results = [event.site for event in trace.events if event.kind == "result"]
        known |= {site: ("result", number) for number, site in enumerate(results)}
        return [None if event.frame in searched else known[event.site] for event in trace.events]

    @staticmethod
    def matlab_place(site: Site) -> Place:
        stem, name = PurePosixPath(site.file).stem, site.name.rstrip("_")
        if site.kind == "argument":
            return stem, site.function, name
        return stem, site.line, what_is_set(site)

    def python_place(self, site: Site) -> Place:
        stem, name = PurePosixPath(site.file).stem.rstrip("_"), site.name.rstrip("_")
        lines = self.lines.get(site.file, {})
        line = lines.get(site.line)
        if site.kind == "argument":
            return stem, site.function.rpartition(".")[2].rstrip("_"), name
        is_prepared = line == lines.get(site.line + 1) and (site.file, site.line + 1, site.name) in self.heads
        if line is None or site.kind == "return" or (site.kind == "assign" and is_prepared):
            return None  # prepared: what a loop without a turn leaves, for which MATLAB has no statement
        return stem, line, what_is_set(site)

    def parting(self) -> Parting | None:
        """The first difference."""
        i = j = 0
        while i < len(self.m) and j < len(self.p):
            (m, m_place), (p, p_place) = self.m[i], self.p[j]
            if m_place == p_place:
                found = None if self.is_half_done(i) else self.difference(m, p)
                if found and not self.is_excused(found, m, p):
                    return self.parted(found, m, p)
                self.paired.append((m.site, p.site))
                i, j = i + 1, j + 1
            elif self.may_lack(p):
                j += 1
            elif self.may_lack(m):
                i += 1
            else:
                return self.other_way(i, j)
        return self.at_end(i, j)

    def is_half_done(self, i: int) -> bool:
        """Whether the statement sets the same variable again: `[s(1), s(2)] = f(x)`."""
        if i + 1 == len(self.m):
            return False
        (m, place), (other, next_place) = self.m[i], self.m[i + 1]
        return place == next_place and m.site != other.site

    def is_excused(self, found: Mismatch, m: Event, p: Event) -> bool:
        """Whether a difference is no mistake: a clock, a text for `eval`, digits that cancel, the sign of an axis."""
        number = self.m_flow.number[m]
        if self.unknown and self.p_flow.number[p] in self.unknown:
            return True
        if m.class_name == "char" and m.name in self.m_flow.evaluated:
            return True
        if found.kind not in ("value", "nan"):
            return False
        if self.is_of_chance(found, m, p):
            self.by_chance.add(self.p_flow.number[p])
            return True
        if number in self.sought and mismatch(m.value, p.value, COARSE) is None:
            return True
        operands = [self.python.events[item] for item in self.p_flow.operands[self.p_flow.number[p]]]
        return is_noise(m.value, p.value, operands)

    def is_of_chance(self, found: Mismatch, m: Event, p: Event) -> bool:
        """Whether a clock, or the free signs of a factorisation, make the difference, here or in an operand."""
        inherited = self.inherits_chance(self.p_flow.number[p])
        called, number = self.m_flow.called(m.site), self.m_flow.number[m]
        if number in self.volatile and (inherited or called & VOLATILE):
            return True
        is_free = number in self.factored and (inherited or called & FACTORS)
        return bool(is_free) and differs_in_signs(m.value, p.value, self.tolerance)

    def inherits_chance(self, number: int) -> bool:
        """Whether an operand of Python's is excused so; those that are not compared stand for their own operands."""
        return any(
            item in self.by_chance
            or (item < number and item not in self.p_numbers and self.inherits_chance(item))
            for item in self.p_flow.operands[number]
        )

    @cached_property
    def p_numbers(self) -> set[int]:
        """The events of Python that are compared."""
        return {self.p_flow.number[event] for event, _ in self.p}

    @cached_property
    def volatile(self) -> set[int]:
        return self.m_flow.depending_on(VOLATILE)

    @cached_property
    def sought(self) -> set[int]:
        return self.m_flow.depending_on(SEARCHES)

    @cached_property
    def factored(self) -> set[int]:
        return self.m_flow.depending_on(FACTORS)

    @cached_property
    def m_flow(self) -> Flow:
        return Flow(self.matlab)

    @cached_property
    def p_flow(self) -> Flow:
        return Flow(self.python)

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
        return Parting(found, m, p, m.site, site, suspects(self.p_flow, p, site))

    def blamed(self, p: Event) -> Site:
        """The statement that made a value: of a parameter the call, of a result the return."""
        if p.kind == "result":
            return next(
                (event.site for event in reversed(self.python.events) if event.kind == "return"), p.site
            )
        return self.p_flow.made_by(self.p_flow.number[p])

    def other_way(self, i: int, j: int) -> Parting:
        """The runs do different statements next: the last condition of Python decided, or the loop."""
        (m, m_place), (p, p_place) = self.m[i], self.p[j]
        site, detail = p.site, f"MATLAB goes on at line {m.line}, Python at line {p.line}"
        tests = self.unpaired_tests(j)
        is_new = m_place not in {place for _, place in self.p[:j]}
        if m.kind == "loop" and m_place in {place for _, place in self.p[:j]}:
            site = next(event.site for event, place in reversed(self.p[:j]) if place == m_place)
            detail = "MATLAB's loop has more turns"
        elif p.kind == "loop" and p_place in {place for _, place in self.m[:i]}:
            detail = "Python's loop has more turns"
        elif m.kind == "loop" and is_new and m_place in self.loops and not tests:
            site, detail = self.loops[m_place], "Python's loop has no turn"
        elif tests:
            site = tests[-1].site
        return Parting(Mismatch("missing", detail), m, p, m.site, site, suspects(self.p_flow, p, site))

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
            line = self.p_flow.start_of(failure.file, failure.line)
            site = Site(failure.file, line, failure.line, "", "", "assign")
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
        if failure:
            return None
        if not (rest or extra):
            return self.missing_result()
        m, p = next(iter(rest), None), next(iter(extra), None)
        skipped = self.loops.get(self.matlab_place(m.site)) if m and m.kind == "loop" else None
        site = skipped or (p.site if p else self.p[-1][0].site)
        detail = f"only {'MATLAB' if m else 'Python'} goes on"
        return Parting(Mismatch("missing", detail), m, p, m.site if m else None, site, (site,))

    def missing_result(self) -> Parting | None:
        """An output of MATLAB's that Python does not give."""
        ours, theirs = results(self.matlab), results(self.python)
        if not theirs or len(ours) <= len(theirs):
            return None
        m, site = ours[len(theirs)], self.blamed(theirs[-1])
        detail = f"MATLAB gives {len(ours)} results, Python {len(theirs)}"
        return Parting(Mismatch("missing", detail), m, None, m.site, site, (site,))


def what_is_set(site: Site) -> Place:
    """What of its line a statement sets: a variable, apart from that of a loop, or nothing but the way to go."""
    return "test" if site.kind == "test" else (site.kind == "loop", site.name.rstrip("_"))


def loops_of(python: Trace) -> list[Site]:
    """The loops of the sources, also those that had no turn; with one variable."""
    return [
        Site(file, statement.line, statement.line, "", name, "loop")
        for file, source in python.sources.items()
        for statement in PythonReader(source).statements()
        if statement.kind == "loop"
        for name in statement.sets
    ]


def results(trace: Trace) -> list[Event]:
    """What the call of the whole run gave."""
    return [event for event in trace.events if event.kind == "result"]


def is_noise(want: Any, got: Any, operands: Sequence[Event]) -> bool:
    """Whether rounding explains a difference: both are small beside the numbers they were computed from."""
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray)):
        return False
    bound = NOISE * max((magnitude(event.part) for event in operands), default=0.0)
    return within(want, got, bound)


def differs_in_signs(want: Any, got: Any, tolerance: Tolerance) -> bool:
    """Whether the columns, or the rows, of two arrays are equal but for their signs."""
    if (
        not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray))
        or want.shape != got.shape
        or want.ndim != 2
    ):
        return False
    return any(
        mismatch(np.abs(want), np.abs(got), tolerance) is None
        and all(
            min(np.abs(a - b).max(), np.abs(a + b).max()) <= SIGN_NOISE
            for a, b in zip(want_lines, got_lines, strict=True)
        )
        for want_lines, got_lines in ((want, got), (want.T, got.T))
        if want.size
    )


def magnitude(value: Any) -> float:
    """The largest finite magnitude of an array with fractions, 0 of whole numbers; of a container, of what it holds."""
    if isinstance(value, dict | list):
        return max(
            (magnitude(item) for item in (value.values() if isinstance(value, dict) else value)), default=0.0
        )
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fc":
        return 0.0
    finite = np.abs(value[np.isfinite(value)])
    return 0.0 if np.array_equal(finite, np.round(finite)) else float(finite.max(initial=0.0))


def within(want: Array, got: Array, bound: float) -> bool:
    """Whether two arrays of as many elements differ by no more than a bound."""
    if bound == 0.0 or want.size != got.size:
        return False
    flat = (side.ravel(order="F") for side in (want, got))
    ours, theirs = (side.astype(float) if side.dtype.kind == "b" else side for side in flat)
    return bool(np.abs(ours - theirs).max() <= bound)


def counts_from_0(want: Any, got: Any) -> bool:
    """Whether two whole scalars are a 1-based and a 0-based count of the same thing."""
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray) and want.size == got.size == 1):
        return False
    return bool(want.flat[0] == got.flat[0] + 1) and got.dtype.kind in "iu"


def suspects(flow: Flow, event: Event, first: Site) -> tuple[Site, ...]:
    """The statement blamed, the loops and branches around it, and the statements its operands come from.

    Of an operand that is a parameter that is the call.
    """
    index = flow.number[event]
    found = [first, *around(flow, event.site)]
    found += [flow.made_by(item) for item in reversed(flow.operands[index])]
    return tuple(dict.fromkeys(site for site in found if site.kind != "argument"))


def around(flow: Flow, site: Site) -> list[Site]:
    """The heads of the loops and branches around a statement, innermost first."""
    statement = flow.statement(site)
    lines = statement.around if statement else ()
    return [flow.heads[site.file, line] for line in reversed(lines) if (site.file, line) in flow.heads]
