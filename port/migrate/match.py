"""Which recorded values of two runs are the same quantity, whatever their names: by content, in any layout."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np

from port.migrate.agree import SAME, layout, stacked
from port.migrate.flow import RETURNED, Flow
from port.migrate.trace import Array, Site, Store, Trace
from port.reference.comparison import Tolerance

PLAIN_DIGITS = 4
BINS = 1e5
"""Sizes whose logarithms differ by less than half of 1 / BINS meet; rounding errors are much smaller."""
NAMED = ("assign", "argument", "loop", "return")
MOST_NAMES = 12
MOST_STACKED = 4096
MOST_ITEMS = 100


class Twin(NamedTuple):
    """A content of MATLAB's run that equals one of Python's, by its key, and in which layout."""

    key: str
    layout: str


class Matches:
    """Equal values of two traces, by content.

    A content is a value that a statement set, or the values that a statement in a loop set one after the other,
    as one array: what a vectorised port computes at once. `twins[key]` lists what of MATLAB's run a content of
    Python's equals, `found[key]` holds those of MATLAB's that have a twin, `renames` gives Python's name for a
    variable of MATLAB.
    """

    def __init__(self, matlab: Flow, python: Flow, tolerance: Tolerance) -> None:
        self.tolerance = tolerance
        self.m, self.p = Contents(matlab), Contents(python)
        self.layouts: dict[tuple[str, str], str | None] = {}
        self.by_sketch: dict[Any, list[str]] = defaultdict(list)
        for key in self.m.indices:
            for sketch in sketches(self.m.value(key)):
                self.by_sketch[sketch].append(key)
        self.twins = self._twins()
        self.found = {twin.key for twins in self.twins.values() for twin in twins}
        self.renames = self._renames()

    def near(self, key: str) -> list[str]:
        """MATLAB's contents that have the rounded size of one of Python's."""
        return list(
            dict.fromkeys(other for mark in sketches(self.p.value(key)) for other in self.by_sketch[mark])
        )

    def turned(self) -> set[str]:
        """Contents of Python that differ from one of MATLAB's in signs alone, where neither has a twin."""
        return {
            key
            for key, twins in self.twins.items()
            if not twins and any(self._is_turned(other, key) for other in self.near(key))
        }

    def _is_turned(self, want: str, got: str) -> bool:
        ours, theirs = self.p.value(got), self.m.value(want)
        are_real = all(
            isinstance(value, np.ndarray) and value.dtype.kind in "iuf" for value in (ours, theirs)
        )
        if want in self.found or not are_real:
            return False
        # of an array of no dimensions np.abs makes a number
        return layout(np.asarray(np.abs(theirs)), np.asarray(np.abs(ours)), self.tolerance) is not None

    def _twins(self) -> dict[str, list[Twin]]:
        """What has the same rounded size is compared in full; what both sides have in a loop, step by step only."""
        twins: dict[str, list[Twin]] = {}
        for key in self.p.indices:
            twins[key] = [
                Twin(other, name)
                for other in self.near(key)
                if not (key in self.p.stacks and other in self.m.stacks) and (name := self.layout(other, key))
            ]
        return twins

    def layout(self, want: str, got: str) -> str | None:
        """The layout in which two values agree, by their keys."""
        if (want, got) not in self.layouts:
            same = want == got or layout(self.m.value(want), self.p.value(got), self.tolerance)
            self.layouts[want, got] = SAME if same is True else same or None
        return self.layouts[want, got]

    def names_of_twin(self, key: str | None) -> set[str]:
        """Python's names for a content of MATLAB."""
        found = [other for other, twins in self.twins.items() if any(twin.key == key for twin in twins)]
        return {name for other in found[:MOST_NAMES] for name in self.p.names(other)}

    def _renames(self) -> dict[str, str]:
        """Python's name for each of MATLAB's variables, by how often and how surely their values agree.

        What a function returns without a name is the last choice: other statements cannot read it.
        """
        votes: Counter[tuple[str, str]] = Counter()
        for key, twins in self.twins.items():
            if telling(self.p.value(key)):
                ours = self.p.names(key)
                for twin in twins:
                    theirs = self.m.names(twin.key)
                    if len(ours) * len(theirs) <= MOST_NAMES:
                        votes.update({(m, p): 1 + 2 * alike(m, p) for m in theirs for p in ours})
        chosen: dict[str, str] = {}
        for (m_name, p_name), _ in sorted(votes.items(), key=lambda item: (item[0][1] == RETURNED, -item[1])):
            chosen.setdefault(m_name, p_name)
        return chosen


class Contents:
    """The contents of one trace: the events of each, by what the statement set and by the whole variable."""

    def __init__(self, flow: Flow) -> None:
        self.trace, self.store = flow.trace, Store(io.BytesIO(), 0)
        trace = flow.trace
        self.indices: dict[str, list[int]] = defaultdict(list)
        self.stacks: dict[str, Array] = {}
        self.stacks_of: dict[int, list[str]] = defaultdict(list)
        groups: dict[tuple[Site, Site | None, tuple[int, ...], bool], list[int]] = defaultdict(list)
        for index, event in enumerate(trace.events):
            if event.kind == "test":
                continue
            for key in dict.fromkeys((event.part_key or event.key, event.key, *inner_keys(trace, event.key))):
                self.indices[key].append(index)
            if event.kind in NAMED and event.class_name == "double":
                for part in dict.fromkeys((event.key, event.part_key or event.key)):
                    shape = trace.values.class_and_shape(part)[1]
                    if sum(extent != 1 for extent in shape) < 2:
                        for caller in dict.fromkeys((None, flow.calling(event.frame))):
                            groups[event.site, caller, shape, part == event.key].append(index)
        for (*_, is_whole), group in groups.items():
            if 1 < len(group) <= MOST_STACKED:
                self._stack(group, is_whole)

    def _stack(self, group: Sequence[int], is_whole: bool) -> None:
        """What a statement set in a loop as one array, a column for each time."""
        events = [self.trace.events[index] for index in group]
        key = f"stack of {len(group)} from {group[0]} {is_whole}"
        self.stacks[key] = np.stack(
            [np.ravel(event.value if is_whole else event.part) for event in events], axis=1
        )
        self.indices[key] = list(group)
        for index in group:
            self.stacks_of[index].append(key)

    def value(self, key: str) -> Any:
        """The value of a content."""
        return self.stacks[key] if key in self.stacks else self.trace.values[key]

    def holds(self, value: Any, keys: Collection[str]) -> bool:
        """Whether a value is one of the contents of `keys`."""
        return self.store.add(value) in keys

    def names(self, key: str) -> list[str]:
        """The variables that had a content, first to last."""
        events = (self.trace.events[index] for index in self.indices[key])
        return list(dict.fromkeys(event.site.quantity for event in events if event.kind in NAMED))


def inner_keys(trace: Trace, key: str, depth: int = 3) -> list[str]:
    """The contents of what a container holds."""
    kind, *rest = trace.values.entries[key]
    if kind not in ("list", "dict") or depth == 0:
        return []
    items = rest[0] if kind == "list" else [item for _, item in rest[0]]
    return [inner for item in items[:MOST_ITEMS] for inner in (item, *inner_keys(trace, item, depth - 1))]


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
    with np.errstate(all="ignore"):
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
