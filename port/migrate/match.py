"""Which recorded values of two runs are the same quantity, whatever their names: by content, in any layout."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np

from port.migrate.agree import SAME, layout, stacked
from port.migrate.trace import Array, Event, Trace
from port.reference.comparison import Tolerance

PLAIN_DIGITS = 4
BINS = 1e5
"""Sizes whose logarithms differ by less than half of 1 / BINS meet; rounding errors are much smaller."""
NAMED = ("assign", "argument", "loop", "return")
MOST_NAMES = 12


class Twin(NamedTuple):
    """A content of MATLAB's run that equals one of Python's, by its key, and in which layout."""

    key: str
    layout: str


class Matches:
    """Equal values of two traces, by content.

    `twins[key]` lists what of MATLAB's run a content of Python's equals, `found[key]` holds those of MATLAB's that
    have a twin, `renames` gives Python's name for a variable of MATLAB.
    """

    def __init__(self, matlab: Trace, python: Trace, tolerance: Tolerance) -> None:
        self.matlab, self.python, self.tolerance = matlab, python, tolerance
        self.m_events, self.p_events = by_key(matlab.events), by_key(python.events)
        self.layouts: dict[tuple[str, str], str | None] = {}
        self.twins = self._twins()
        self.found = {twin.key for twins in self.twins.values() for twin in twins}
        self.renames = self._renames()

    def _twins(self) -> dict[str, list[Twin]]:
        """What has the same rounded size is compared in full."""
        known: dict[Any, list[str]] = defaultdict(list)
        for key in self.m_events:
            for sketch in sketches(self.matlab.values[key]):
                known[sketch].append(key)
        twins: dict[str, list[Twin]] = {}
        for key in self.p_events:
            near = dict.fromkeys(
                other for sketch in sketches(self.python.values[key]) for other in known[sketch]
            )
            twins[key] = [Twin(other, name) for other in near if (name := self.layout(other, key))]
        return twins

    def layout(self, want: str, got: str) -> str | None:
        """The layout in which two values agree, by their keys."""
        if (want, got) not in self.layouts:
            a, b = self.matlab.values[want], self.python.values[got]
            self.layouts[want, got] = SAME if want == got else layout(a, b, self.tolerance)
        return self.layouts[want, got]

    def _renames(self) -> dict[str, str]:
        """Python's name for each of MATLAB's variables, by how often and how surely their values agree."""
        votes: Counter[tuple[str, str]] = Counter()
        for key, twins in self.twins.items():
            if telling(self.python.values[key]):
                ours = names(self.python, self.p_events[key])
                for twin in twins:
                    theirs = names(self.matlab, self.m_events[twin.key])
                    if len(ours) * len(theirs) <= MOST_NAMES:
                        votes.update({(m, p): 1 + 2 * alike(m, p) for m in theirs for p in ours})
        chosen: dict[str, str] = {}
        for (m_name, p_name), _ in sorted(votes.items(), key=lambda item: -item[1]):
            chosen.setdefault(m_name, p_name)
        return chosen


def names(trace: Trace, indices: Sequence[int]) -> set[str]:
    """The variables that had a content."""
    return {trace.events[index].name for index in indices if trace.events[index].kind in NAMED}


def by_key(events: Sequence[Event]) -> dict[str, list[int]]:
    """The events of each content, by what the statement set and, where that is a part, by the whole too."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        if event.kind != "test":
            found[event.part_key or event.key].append(index)
            if event.part_key:
                found[event.key].append(index)
    return found


def sketches(value: Any) -> list[Any]:
    """Keys under which equal values meet: neither rounding nor layout changes both of an array's."""
    if isinstance(value, np.ndarray):
        return [(value.size, mark) for mark in rounded(norm(value))]
    if isinstance(value, list):
        joined = stacked(value)
        return [("list", len(value)), *(sketches(joined) if isinstance(joined, np.ndarray) else [])]
    return [("text", value)] if isinstance(value, str) else []


def norm(value: Array) -> float:
    """The sum of the magnitudes of what is finite."""
    with np.errstate(all="ignore"):
        magnitudes = np.abs(value.astype(np.complex128 if value.dtype.kind == "c" else np.float64))
        return float(magnitudes[np.isfinite(magnitudes)].sum())


def rounded(size: float) -> list[str]:
    """A magnitude in two roundings, of which a rounding error changes one at most."""
    if size == 0:
        return ["0"]
    return [f"{np.floor(np.log(size) * BINS + shift):.0f}/{shift}" for shift in (0.0, 0.5)]


def telling(value: Any) -> bool:
    """Whether equality with such a value says something: not a round number, not all the same, not a loop index."""
    if not isinstance(value, np.ndarray) or value.dtype.kind == "O":
        return isinstance(value, list) and any(telling(item) for item in value)
    if value.size < 2 or value.min() == value.max():
        return value.size > 0 and not plain_number(complex(value.flat[0]))
    steps = np.diff(value.ravel(order="F"))
    if value.size >= 4 and not (steps == steps[0]).all():
        return True
    return not all(plain_number(complex(item)) for item in value.flat)


def plain_number(number: complex) -> bool:
    """A number that people write: at most four digits."""
    return number.imag == 0 and float(f"{number.real:.{PLAIN_DIGITS}g}") == number.real


def alike(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: `delta_2` and `d2`, `Theta1_grad` and `grad_theta1`."""
    a, b = words(one), words(other)
    if a == b:
        return 1.0
    numbers = [item for item in a if item.isdigit()], [item for item in b if item.isdigit()]
    letters = ["".join(sorted(item for item in parts if not item.isdigit())) for parts in (a, b)]
    if not letters[0] or not letters[1]:
        return 0.0
    if letters[0] == letters[1]:
        score = 0.95
    elif letters[0].startswith(letters[1]) or letters[1].startswith(letters[0]):
        score = 0.8
    else:
        score = SequenceMatcher(None, letters[0], letters[1]).ratio() * 0.8
    return score if numbers[0] == numbers[1] else score * 0.4


def words(name: str) -> list[str]:
    """The words and numbers of a name, in lower case."""
    return re.findall(r"[a-z]+|\d+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
