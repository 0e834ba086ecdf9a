"""One run beside the other: which of its values the other run holds too, and which are in doubt."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from port.migrate.align import Places
from port.migrate.flow import Flow
from port.migrate.match import Contents, telling
from port.migrate.trace import Event, Site

MAKERS = re.compile(r"\b(zeros|ones|full|empty|eye|nan|repmat|cell)(_like)?\b", re.IGNORECASE)
"""The functions that make arrays."""


class Side:
    """One run in the search: its events, which of them agree, and which are in doubt."""

    def __init__(
        self,
        flow: Flow,
        contents: Contents,
        agreed: set[str],
        turned: Collection[str] = (),
        passed: Places = (),
    ) -> None:
        trace = flow.trace
        self.trace, self.events, self.flow, self.contents = trace, trace.events, flow, contents
        self.unknown = self.flow.at_places(passed) if passed else set()
        self.turned = turned
        self.excused: set[int] = set()
        self.cleared: dict[int, bool] = {}
        self.sites = by_site(self.events)
        self.agreed = [
            index in self.unknown or self.agrees(index, event, agreed)
            for index, event in enumerate(trace.events)
        ]

    def agrees(self, index: int, event: Event, agreed: set[str]) -> bool:
        """Whether what was set is in the other run too, or is a start value that says nothing."""
        if event.kind == "test":
            return False
        if event.key in agreed or not agreed.isdisjoint(self.contents.stacks_of.get(index, ())):
            return True
        if event.part_key in agreed and (event.class_name != "double" or telling(event.part)):
            return True
        if is_container(event.part):
            most = np.inf if self.is_start(index, event) else 1
            return all(self.is_held(item, agreed, most) for item in items_of(event.part))
        if "np.empty" in self.trace.text(event.site):
            return True
        if self.is_start(index, event) and not telling(event.part):
            if event.kind == "assign":
                self.excused.add(index)
            return True
        return False

    def is_start(self, index: int, event: Event) -> bool:
        """Whether a statement sets what is computed from nothing."""
        return event.kind == "loop" or (event.kind == "assign" and not self.flow.operands[index])

    def computes(self, index: int) -> bool:
        """Whether a statement computes from arrays that say something, and does not only make one of their size."""
        event = self.events[index]
        if event.kind not in ("assign", "return") or MAKERS.search(self.trace.text(event.site)):
            return False
        parts = [self.events[item].part for item in self.flow.operands[index]]
        given = [telling(part) for part in parts if isinstance(part, np.ndarray) and part.size > 1]
        return bool(given) and all(given)

    def is_held(self, value: Any, agreed: set[str], most: float) -> bool:
        """Whether something in a container is in the other run too, itself or all that it holds.

        What says nothing, and has at most so many elements, need not be.
        """
        if self.contents.holds(value, agreed):
            return True
        if is_container(value):
            return all(self.is_held(item, agreed, most) for item in items_of(value))
        return np.size(value) <= most and not telling(value)

    def results(self) -> list[int]:
        """The events of what the run gave: of a script, its variables as they were last."""
        found = [index for index, event in enumerate(self.events) if event.kind == "result"]
        if found:
            return found
        last = {
            event.name: index
            for index, event in enumerate(self.events)
            if event.frame == 0 and event.kind == "assign"
        }
        return list(last.values())

    def doubtful(self, start: Iterable[int]) -> list[int]:
        """What the given events were computed from and does not agree, earliest first."""
        found, waiting = set(start), list(start)
        while waiting:
            for operand in self.flow.operands[waiting.pop()]:
                if operand not in found and not self.agreed[operand]:
                    found.add(operand)
                    waiting.append(operand)
        return sorted(found)

    def starts_doubt(self, index: int, doubtful: set[int]) -> bool:
        """Whether all operands of an event agree, or what they were used for does."""
        return not any(
            operand in doubtful and not self.is_cleared(operand) for operand in self.flow.operands[index]
        )

    def is_cleared(self, index: int) -> bool:
        """Whether a value that only one side has is likely right: it is a part of one that agrees, or one that agrees
        was computed from it.
        """
        if index not in self.cleared:
            self.cleared[index] = self.is_part(index) or self.is_vindicated(index)
        return self.cleared[index]

    def is_part(self, index: int) -> bool:
        """Whether all elements of a value are those of an operand that agrees and has more."""
        part = self.events[index].part
        if not is_number(self.events[index]) or not telling(part):
            return False
        wholes = (self.events[item].part for item in self.flow.operands[index] if self.agreed[item])
        return any(
            isinstance(whole, np.ndarray) and whole.size > part.size and np.isin(part, whole).all()
            for whole in wholes
        )

    def is_vindicated(self, index: int) -> bool:
        """Whether something that says something and was computed from a value agrees.

        That tells nothing of a value that the other run has with other signs: a square takes no notice of them.
        """
        if self.events[index].key in self.turned:
            return False
        used = (item for item in self.used_by[index] if self.events[item].kind in ("assign", "return"))
        return any(
            telling(self.events[item].part) and all(self.agreed[other] for other in self.set_with(item))
            for item in used
        )

    def set_with(self, index: int) -> list[int]:
        """The events of a statement that sets several variables, of which each may be computed from other operands."""
        return self.turns[turn_of(self.events[index])]

    @cached_property
    def turns(self) -> dict[tuple[str, int, int, int], list[int]]:
        """The events of every statement each time it was done."""
        found: dict[tuple[str, int, int, int], list[int]] = defaultdict(list)
        for index, event in enumerate(self.events):
            found[turn_of(event)].append(index)
        return found

    @cached_property
    def used_by(self) -> dict[int, list[int]]:
        """The events computed from each."""
        found: dict[int, list[int]] = defaultdict(list)
        for index, operands in enumerate(self.flow.operands):
            for operand in operands:
                found[operand].append(index)
        return found

    def differs_by_itself(self, index: int) -> bool:
        """Whether all agrees that an event is computed from, but for what the same statement set before."""
        site = self.events[index].site
        return all(self.agreed[item] or self.events[item].site == site for item in self.flow.operands[index])

    def doubt_whole_sites(self) -> None:
        """Let what may agree by chance not agree where the same statement set something that differs.

        That are values that say nothing, and single numbers, where half or more of what says something differs, and
        some of it although what it is computed from elsewhere agrees.
        """
        for indices in self.sites.values():
            told = [index for index in indices if telling(self.events[index].part)]
            differing = [index for index in told if not self.agreed[index]]
            is_mixed = len(told) / 2 <= len(differing) < len(told)
            for index in indices if is_mixed and any(map(self.differs_by_itself, differing)) else ():
                by_chance = index not in told or size_of(self.events[index]) == 1
                self.agreed[index] &= not (by_chance and self.flow.operands[index])


def turn_of(event: Event) -> tuple[str, int, int, int]:
    """The place of a statement, and which time it is done."""
    return event.file, event.line, event.frame, event.occurrence


def by_site(events: Sequence[Event]) -> dict[Site, list[int]]:
    """The events of every statement."""
    found: dict[Site, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        found[event.site].append(index)
    return found


def is_container(value: object) -> bool:
    """Whether a value holds others: a list, a struct, an object."""
    return isinstance(value, dict | list)


def is_number(event: Event) -> bool:
    """Whether what a statement set is an array of numbers."""
    return event.kind != "test" and isinstance(event.part, np.ndarray) and event.part.size > 0


def items_of(value: object) -> Iterable[object]:
    """What a container of Python holds."""
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def leaves(value: object) -> Iterable[object]:
    """What is in a container of Python, at any depth."""
    for item in items_of(value):
        yield item
        yield from leaves(item)


def is_told(value: object) -> bool:
    """Whether it is known by a value where it comes from."""
    return not isinstance(value, np.ndarray) or telling(value)


def size_of(event: Event) -> int:
    """How many elements an array has that a statement set; -1 of what is none."""
    return np.size(event.part) if isinstance(event.part, np.ndarray) else -1


def whole_size(event: Event) -> int:
    """How many elements the array has of which a statement set a part, or all; -1 of what is none."""
    return event.value.size if isinstance(event.value, np.ndarray) else -1
