"""Find where a port written by hand parts from its original, knowing nothing but values, operands and names.

A value that the other run holds too, under any name and in any layout, agrees. From the results that differ the
search goes back over what they were computed from, up to values that agree: what it passes is in doubt, and of that
what was computed from agreeing values alone comes first. Intermediate values that only one side has are no
difference as long as what is made of them agrees.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product, takewhile
from typing import Any

import numpy as np

from port.migrate.agree import FLAT, FROM_0, SAME, TRANSPOSED, Mismatch, in_layout, layout, mismatch, unequal
from port.migrate.align import NOISE, Parting, Places, around, magnitude, within
from port.migrate.doubt import Side, is_container, is_number, is_told, leaves, size_of, whole_size
from port.migrate.flow import Flow
from port.migrate.match import NAMED, Matches, Twin, alike, telling
from port.migrate.trace import Array, Event, Site, Trace
from port.reference.comparison import Tolerance

ALIKE, SURE = 0.6, 2.5
"""How alike names, and events, must be to be taken for the same quantity where no value says so."""
STEPS, MOST_COMPARED = 4, 1000
AHEAD = 3
"""The statements in doubt that come before the loops around them."""


def by_content(matlab: Trace, python: Trace, tolerance: Tolerance, passed: Places = ()) -> Parting | None:
    """The first difference; None where all results of one side have their equals on the other.

    passed: statements of Python, by file and line, that are known to differ, and are passed over with all that is
    computed from them.
    """
    if python.failure and matlab.failure:
        return None
    return ContentSearch(matlab, python, tolerance, passed).parting()


def paired_by_content(matlab: Trace, python: Trace, tolerance: Tolerance) -> list[tuple[Site, Site]]:
    """For each statement of Python whose values are all in MATLAB's run, the statement that set most of them there."""
    search = ContentSearch(matlab, python, tolerance)
    votes: dict[Site, Counter[Site]] = defaultdict(Counter)
    for index, event in enumerate(python.events):
        if event.kind in NAMED and search.p.agreed[index]:
            twins = {m.site for twin in search.matches.twins.get(event.key, ()) for m in search.at(twin.key)}
            votes[event.site].update({site: 1 + alike(site.quantity, event.site.quantity) for site in twins})
    differing = {event.site for index, event in enumerate(python.events) if not search.p.agreed[index]}
    return [
        (max(counts, key=lambda site: counts[site]), site)
        for site, counts in votes.items()
        if counts and site not in differing
    ]


class ContentSearch:
    """The search for the first difference of two runs."""

    def __init__(self, matlab: Trace, python: Trace, tolerance: Tolerance, passed: Places = ()) -> None:
        self.tolerance = tolerance
        m_flow, p_flow = Flow(matlab), Flow(python)
        self.matches = Matches(m_flow, p_flow, tolerance)
        agreed = {key for key, twins in self.matches.twins.items() if twins}
        self.m, self.p = (
            Side(m_flow, self.matches.m, self.matches.found),
            Side(p_flow, self.matches.p, agreed, self.matches.turned(), passed),
        )
        self.absorb_noise()
        self.clear_blocks()
        self.doubt_shifted()
        self.doubt_hollow()
        self.p.doubt_whole_sites()

    def parting(self) -> Parting | None:
        """Where the runs part."""
        if self.p.trace.failure:
            return self.failed()
        pairs = [pair for pair in self.differing_results() if pair[1] not in self.p.unknown]
        if not pairs:
            return self.stopped() or self.missing_result()
        m_doubtful = self.m.doubtful([m for m, _ in pairs])
        p_doubtful = self.p.doubtful([p for _, p in pairs])
        shared = Counter(item for _, p in pairs for item in self.p.doubtful([p]))
        ranked = self.ranked(p_doubtful, {*m_doubtful, *self.strung_out()}, shared)
        index, twin = ranked[0]
        if twin is not None and (idle := self.idle_operand(index, twin)):
            m = next((item for item in self.m.flow.operands[twin] if not self.m.agreed[item]), None)
            return self.parted(idle, m, [idle, *self.in_doubt_first(ranked)])
        return self.parted(index, twin, self.in_doubt_first(ranked))

    def strung_out(self) -> Iterator[int]:
        """MATLAB's vectors that Python's run has as matrices only: it may have them in another order too."""
        ways = defaultdict(list)
        for key, twins in self.matches.twins.items():
            for twin in twins:
                value = self.matches.p.value(key)
                is_matrix = isinstance(value, np.ndarray) and min(value.shape, default=0) > 1
                ways[twin.key].append(twin.layout == FLAT and is_matrix)
        for index, event in enumerate(self.m.events):
            if event.kind == "assign" and all(ways.get(event.key, [False])):
                yield index

    def in_doubt_first(self, ranked: Sequence[tuple[int, int | None]]) -> list[int]:
        """Events in doubt as they came, but before them the one ranked first, the start values that only Python has,
        and those that start the doubt, whatever they hold.
        """
        first, *rest = [item for item, _ in ranked]
        doubtful = {first, *rest}
        starts = [item for item in rest if self.p.starts_doubt(item, doubtful)]
        starts.sort(key=self.p.is_cleared)
        read = {operand for item in doubtful for operand in self.p.flow.operands[item]}
        return list(dict.fromkeys([first, *sorted(read & self.p.excused), *starts, *sorted(rest)]))

    def idle_operand(self, p: int, m: int) -> int | None:
        """What a differing value was computed from and is the value it was itself computed from, nothing being done.

        It agrees with one of MATLAB's values, but not with one that the original computes from.
        """
        flow = self.p.flow
        known = {self.m.events[item].key for item in self.m.flow.operands[m]}
        if all(self.m.agreed[item] for item in self.m.flow.operands[m]):
            return None
        for operand in flow.operands[p]:
            event = self.p.events[operand]
            twins = {twin.key for twin in self.matches.twins.get(event.key, ())}
            if event.kind == "assign" and twins.isdisjoint(known) and telling(event.value):
                if all(self.does_nothing(item) for item in self.p.sites[event.site]):
                    return operand
        return None

    def does_nothing(self, p: int) -> bool:
        """Whether a statement of Python set what it was given."""
        events = self.p.events
        return any(
            events[item].key == events[p].key and events[item].frame == events[p].frame
            for item in self.p.flow.operands[p]
        )

    def at(self, key: str) -> list[Event]:
        """MATLAB's events of a content."""
        events = (self.m.events[index] for index in self.matches.m.indices.get(key, ()))
        return [event for event in events if event.kind in NAMED]

    def absorb_noise(self) -> None:
        """Take differences for rounding where operands agree and are so large that digits cancel out."""
        waiting: dict[int, list[int]] = defaultdict(list)
        for index, fine in enumerate(self.m.agreed):
            if not fine and is_number(self.m.events[index]):
                waiting[np.size(self.m.events[index].part)].append(index)
        for index, fine in enumerate(self.p.agreed):
            event, operands = self.p.events[index], self.p.flow.operands[index]
            if fine or not is_number(event) or not all(self.p.agreed[item] for item in operands):
                continue
            noise = NOISE * max((magnitude(self.p.events[item].part) for item in operands), default=0.0)
            near = [
                other
                for other in waiting[np.size(event.part)][-MOST_COMPARED:]
                if noise and within(self.m.events[other].part, event.part, noise)
            ]
            if near:
                best = max(near, key=partial(self.likeness, p=index))
                self.agree_on(self.m.events[best].key, event.key)

    def clear_blocks(self) -> None:
        """Take what is put in a part of an array for right where rows or columns of an array of MATLAB's are that.

        The whole is in doubt for another part.
        """
        doubted = (event.part for event, fine in zip(self.m.events, self.m.agreed, strict=True) if not fine)
        wholes = [part for part in doubted if isinstance(part, np.ndarray) and part.ndim == 2][
            -MOST_COMPARED:
        ]
        for index, event in enumerate(self.p.events):
            is_part = event.part_key not in (None, event.key) and is_number(event) and telling(event.part)
            if is_part and not self.p.agreed[index]:
                if any(is_block(whole, event.part, self.tolerance) for whole in wholes):
                    self.p.cleared[index] = True

    def doubt_shifted(self) -> None:
        """Let values of a loop that are MATLAB's, but of another turn, not agree: an index that is one off."""
        for site, ours in self.p.sites.items():
            keys = [self.p.events[index].key for index in ours]
            if len(ours) < 2 or site.kind == "loop" or not all(telling(self.p.events[i].value) for i in ours):
                continue
            twins = [{twin.key for twin in self.matches.twins.get(key, ())} for key in keys]
            theirs = [
                [self.m.events[index].key for index in group]
                for group in self.m.sites.values()
                if len(group) == len(ours)
            ]
            kept = [row for row in theirs if sum(bool(found & set(row)) for found in twins) > len(twins) / 2]
            if kept and not any(
                all(key in found for key, found in zip(row, twins, strict=True)) for row in kept
            ):
                row = max(
                    kept, key=lambda row: sum(key in found for key, found in zip(row, twins, strict=True))
                )
                for index, key, found in zip(ours, row, twins, strict=True):
                    self.p.agreed[index] &= key in found

    def doubt_hollow(self) -> None:
        """Let what is computed, and is the same in all elements, not agree with a mere start value of MATLAB's."""
        for index, event in enumerate(self.p.events):
            if (
                self.p.agreed[index]
                and size_of(event) > 1
                and not telling(event.part)
                and self.p.computes(index)
            ):
                keys = [twin.key for twin in self.matches.twins.get(event.key, ())]
                theirs = [item for key in keys for item in self.matches.m.indices.get(key, ())]
                self.p.agreed[index] = not theirs or any(self.m.computes(item) for item in theirs)

    def agree_on(self, m_key: str, p_key: str) -> None:
        """Let two contents be the same."""
        self.matches.layouts[m_key, p_key] = SAME
        self.matches.twins[p_key].append(Twin(m_key, SAME))
        for side, key in ((self.m, m_key), (self.p, p_key)):
            for index in side.contents.indices[key]:
                side.agreed[index] = True

    def stopped(self) -> Parting | None:
        """MATLAB's run failed and Python's did not."""
        failure = self.m.trace.failure
        if failure is None or self.p.trace.failure:
            return None
        where = Site(failure.file, failure.line, failure.line, "", "", "assign")
        return Parting(Mismatch("error", f"MATLAB stops: {failure.message}"), None, None, where, None)

    def missing_result(self) -> Parting | None:
        """An output of MATLAB's of which Python has nothing, where it gives fewer."""
        ours = [index for index, event in enumerate(self.m.events) if event.kind == "result"]
        theirs = [index for index, event in enumerate(self.p.events) if event.kind == "result"]
        if not theirs or len(ours) <= len(theirs):
            return None
        lost = (index for index in ours if not self.m.agreed[index] and telling(self.m.events[index].value))
        index = next((index for index in lost if not self.has_equal(self.m, index, theirs)), None)
        if index is None:
            return None
        m, suspects = self.m.events[index], self.suspects(theirs[-1:])
        detail = f"MATLAB gives {len(ours)} results, Python {len(theirs)}, and nothing that equals {m.name}"
        return Parting(
            Mismatch("missing", detail),
            m,
            None,
            m.site,
            suspects[0],
            suspects,
            self.transposed(),
            self.matches.renames,
        )

    def differing_results(self) -> list[tuple[int, int]]:
        """Results of both sides that belong together and differ; none where one side's all have equals."""
        ours, theirs = self.m.results(), self.p.results()
        given = [event.kind == "result" for event in self.m.events if event.frame == 0]
        if not ours or not theirs:
            return []
        if any(given):
            return self.differing_outputs(ours, theirs)
        return self.differing_variables(ours, theirs)

    def differing_outputs(self, ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
        """Outputs by position, those aside that the other side has somewhere.

        Where both sides give as many, one that Python gives twice is another that is missing.
        """
        m_left = [index for index in ours if not self.has_equal(self.m, index, theirs)]
        p_left = [index for index in theirs if not self.has_equal(self.p, index, ours)]
        if m_left and not p_left and len(ours) == len(theirs):
            p_left = [index for index in theirs if self.is_repeated(index, theirs)]
        if not m_left or not p_left:
            return []
        by_place = [(m, p) for m, p in zip(ours, theirs, strict=False) if m in m_left and p in p_left]
        return by_place or [(m_left[0], p_left[0])]

    def is_repeated(self, p: int, others: Sequence[int]) -> bool:
        """Whether a result of Python is given once more."""
        return any(self.p.events[other].key == self.p.events[p].key for other in others if other != p)

    def differing_variables(self, ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
        """Of scripts the variables that have a counterpart by name."""
        named = {self.p.events[index].name: index for index in theirs}
        found = []
        for index in ours:
            name = self.m.events[index].site.quantity
            other = self.counterpart_name(name, list(named))
            if other is not None and not self.equal(index, named[other]) and not self.m.agreed[index]:
                found.append((index, named[other]))
        return found

    def counterpart_name(self, name: str, others: Sequence[str]) -> str | None:
        """Python's name for a variable of MATLAB, by its values elsewhere or by likeness."""
        known = self.matches.renames.get(name)
        if known in others:
            return known
        free = [other for other in others if other not in self.matches.renames.values()]
        best = max(free, key=lambda other: alike(name, other), default=None)
        return best if best is not None and alike(name, best) > ALIKE else None

    def has_equal(self, side: Side, index: int, others: Sequence[int]) -> bool:
        """Whether one of the other side's events holds the value of an event."""
        return any(
            self.equal(index, other) if side is self.m else self.equal(other, index) for other in others
        )

    def equal(self, m: int, p: int) -> bool:
        """Whether two events agree in any layout; results must count from 1 as MATLAB's do."""
        want, got = self.m.events[m], self.p.events[p]
        same = self.matches.layout(want.key, got.key)
        if same:
            return same != FROM_0 or got.kind != "result"
        if isinstance(want.value, dict) and isinstance(got.value, dict):
            return self.same_fields(want.value, got.value)
        return any(layout(want.value, item, self.tolerance) for item in leaves(got.value))

    def same_fields(self, want: dict[str, Any], got: dict[str, Any]) -> bool:
        """Whether structs agree in the fields that both have."""
        common = set(want) & set(got)
        return bool(common) and all(layout(want[name], got[name], self.tolerance) for name in common)

    def ranked(
        self, p_doubtful: Sequence[int], m_doubtful: set[int], shared: Mapping[int, int] | None = None
    ) -> list[tuple[int, int | None]]:
        """Python's events in doubt with MATLAB's counterparts.

        Those first that are behind most differing results (`shared`), then those that start the doubt and have a
        counterpart, of its size and a sure one before others.
        """
        doubtful = set(p_doubtful)
        own = [index for index in p_doubtful if self.p.events[index].kind not in ("result", "test")]
        rows = []
        for index in own or p_doubtful:
            twin, score = self.counterpart(index, m_doubtful)
            starts = self.p.starts_doubt(index, doubtful)
            few = -shared.get(index, 0) if shared else 0
            container, cleared = is_container(self.p.events[index].part), self.p.is_cleared(index)
            is_other = twin is None or size_of(self.m.events[twin]) != size_of(self.p.events[index])
            order = (container, few, twin is None, cleared, not starts, is_other, score < SURE, index)
            rows.append((order, twin))
        rows.sort(key=lambda row: row[0])
        return [(order[-1], twin) for order, twin in rows]

    def counterpart(self, p: int, candidates: Iterable[int]) -> tuple[int | None, float]:
        """MATLAB's event in doubt that is most like one of Python's, and how much."""
        scored = [(self.likeness(m, p), m) for m in candidates]
        score, best = max(scored, default=(0.0, None))
        return (best, score) if score > 1.0 else (None, score)

    def likeness(self, m: int, p: int) -> float:
        """How much two events look like the same quantity: name, shape, and the operands that agree."""
        want, got = self.m.events[m], self.p.events[p]
        if is_container(want.part) != is_container(got.part):
            return 0.0
        score = 2.0 * alike(want.site.quantity, got.site.quantity)
        score += 3.0 * (self.matches.renames.get(want.site.quantity) == got.site.quantity)
        score += 1.0 * (size_of(want) in (size_of(got), whole_size(got)))
        ours = {self.m.events[item].part_key or self.m.events[item].key for item in self.m.flow.operands[m]}
        theirs = self.operand_twins(p)
        if ours and theirs:
            score += 2.0 * len(ours & theirs) / len(ours | theirs)
        return score

    def operand_twins(self, p: int) -> set[str]:
        """MATLAB's contents that equal the operands of one of Python's events."""
        events = self.p.events
        keys = {events[item].part_key or events[item].key for item in self.p.flow.operands[p]}
        return {twin.key for key in keys for twin in self.matches.twins.get(key, ())}

    def parted(self, index: int, twin: int | None, order: Sequence[int]) -> Parting:
        """The parting at one of Python's events."""
        m, p = self.m.events[twin] if twin is not None else None, self.p.events[index]
        got = p.part
        if m and size_of(m) == whole_size(p) != size_of(p):
            p = self.completed(index)
            got = p.value
        found = mismatch(m.part, in_layout(m.part, got), self.tolerance) if m else None
        suspects = self.suspects(order)
        return Parting(
            found or Mismatch("value", "no value of the MATLAB run equals it"),
            m,
            p,
            m.site if m else None,
            suspects[0],
            tuple(dict.fromkeys([*self.turning(index), *suspects])),
            self.transposed(),
            self.matches.renames,
            frozenset() if twin is None else self.hints(twin),
        )

    def completed(self, index: int) -> Event:
        """The last of the events that put parts into an array one after another."""
        first = self.p.events[index]
        same = (
            each for each in self.p.events[index:] if (each.name, each.frame) == (first.name, first.frame)
        )
        return [*takewhile(lambda each: each.part_key not in (None, each.key), same)][-1]

    def turning(self, p: int) -> Iterator[Site]:
        """The statements that give a value square operands which MATLAB's run has transposed, and are given none such.

        That may be a layout of the port's own, or rows taken for columns, where no shape tells.
        """
        for operand in self.p.flow.operands[p]:
            event = self.p.events[operand]
            is_square = len(event.shape) == 2 and len(set(event.shape)) == 1
            given = self.p.flow.operands[operand]
            if is_square and self.is_turned(operand) and given and not any(map(self.is_turned, given)):
                yield self.p.flow.made_by(operand)

    def is_turned(self, p: int) -> bool:
        """Whether MATLAB's run has a value transposed only."""
        twins = self.matches.twins.get(self.p.events[p].key, ())
        return bool(twins) and all(twin.layout == TRANSPOSED for twin in twins)

    def hints(self, m: int) -> frozenset[str]:
        """Python's names for the operands of one of MATLAB's events."""
        found: set[str] = set()
        for item in self.m.flow.operands[m]:
            found.add(self.matches.renames.get(self.m.events[item].site.quantity, self.m.events[item].name))
            for key in (self.m.events[item].key, self.m.events[item].part_key):
                found |= self.matches.names_of_twin(key)
        return frozenset(found)

    def suspects(self, order: Sequence[int]) -> tuple[Site, ...]:
        """The statements in doubt, loops and branches around them, and what they were computed from, step by step."""
        found: dict[Site, None] = {}
        known, step = set(order), list(order)
        for _ in range(STEPS):
            sites = [self.p.flow.made_by(item) for index in step for item in self.origins(index)]
            for group in (sites[:AHEAD], sites):
                found.update(dict.fromkeys(group))
                found.update(dict.fromkeys(head for site in group for head in around(self.p.flow, site)))
            step = [item for index in step for item in self.p.flow.operands[index] if item not in known]
            known.update(step)
        for site in list(found):
            found.update(dict.fromkeys(self.p.flow.barred(site)))
        return tuple(site for site in found if site.line and site.kind != "argument") or (
            self.p.events[order[0]].site,
        )

    def origins(self, index: int) -> list[int]:
        """Where a value of Python comes from that statements only hand on, then these statements."""
        events = self.p.events
        same = (item for item in self.p.flow.operands[index] if events[item].key == events[index].key)
        before = next(same, None) if is_told(events[index].value) else None
        if before is None or (self.p.agreed[before] and not self.p.agreed[index]):
            return [index]
        return [*self.origins(before), index]

    def failed(self) -> Parting | None:
        """Python's run failed: its operands tell whether the mistake is there or before."""
        failure = self.p.trace.failure
        assert failure is not None
        line = self.p.flow.start_of(failure.file, failure.line)
        site = Site(failure.file, line, failure.line, "", "", "assign")
        statement = self.p.flow.statement(site)
        latest = {event.name: index for index, event in enumerate(self.p.events)}
        reads = sorted(statement.reads) if statement else []
        reads += [f"self.{name.partition('.')[2]}" for name in reads]
        start = [latest[name] for name in reads if name in latest]
        wrong = [index for index in start if not self.p.agreed[index] and telling(self.p.events[index].part)]
        if wrong:
            m_doubtful = {index for index, fine in enumerate(self.m.agreed) if not fine}
            ranked = self.ranked(self.p.doubtful(wrong), m_doubtful)
            if self.counterpart(ranked[0][0], m_doubtful)[1] >= SURE:
                parting = self.parted(*ranked[0], [index for index, _ in ranked])
                first, *others = parting.suspects
                known = (first, site, *others, *self.suspects(start))
                return replace(parting, suspects=tuple(dict.fromkeys(known)))
        last = start or ([len(self.p.events) - 1] if self.p.events else [])
        made = self.suspects(last) if last else ()
        suspects = tuple(dict.fromkeys([site, *around(self.p.flow, site), *made]))
        return Parting(
            Mismatch("error", failure.message),
            None,
            None,
            None,
            site,
            suspects,
            self.transposed(),
            self.matches.renames,
        )

    def transposed(self) -> tuple[str, ...]:
        """Python's variables that hold MATLAB's transposed."""
        found = [
            name
            for key, twins in self.matches.twins.items()
            if twins
            and all(twin.layout == TRANSPOSED for twin in twins)
            and telling(self.matches.p.value(key))
            for name in named(self.p.events, self.matches.p.indices[key])
        ]
        return tuple(dict.fromkeys(found))


def is_block(whole: Array, part: Any, tolerance: Tolerance) -> bool:
    """Whether rows or columns of a matrix that follow one another are a smaller matrix or vector, in any layout."""
    part = np.atleast_2d(part)
    if part.ndim != 2 or part.size >= whole.size:
        return False
    return any(
        unequal(rows[start : start + len(block)], block, tolerance) is None
        for rows, block in product((whole, whole.T), (part, part.T))
        if rows.shape[1] == block.shape[1]
        for start in range(len(rows) - len(block) + 1)
    )


def named(events: Sequence[Event], indices: Iterable[int]) -> list[str]:
    """The variables of some events."""
    return [events[index].name for index in indices if events[index].kind in ("assign", "argument")]
