"""Differences that are meant: here Python differs from MATLAB on purpose, so much and no more, because ...

`ledger.toml` beside the cases holds one entry a difference:

    [[intended]]
    case = "softmax_saturated"      # name of the case; * and ? stand for anything
    quantity = "loss"               # its MATLAB name; dW{*} is every layer
    because = "log(0) is clipped at -103 as PyTorch does, where MATLAB gives -Inf"
    at_most = 1e-3                  # largest |got - want| / max|want| that is meant
    elements = 1                    # how many elements may differ (default: any number)
    route = "engine"                # only this way of computing (default: every one)

Where another shape, class or set of quantities is meant, `kind` is "shape" (with `shape = [1, 3]`, what Python
gives), "class", "missing" or "extra", and `at_most` is left out. A case can carry its entries itself: a struct
(array) `meta.intended` with the fields above but `case`.
"""

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np

from port.errors import CaseError
from port.reference.case import Case
from port.reference.comparison import Comparison, Row

LEDGER = "ledger.toml"
KINDS = ("differ", "shape", "class", "missing", "extra")


@dataclass(frozen=True)
class Intended:
    """One difference that is meant, and how far it goes.

    Raises CaseError for an entry that gives no reason or no bound.
    """

    case: str
    quantity: str
    because: str
    at_most: float | None = None
    elements: int | None = None
    kind: str = "differ"
    shape: tuple[int, ...] | None = None
    route: str = "*"

    def __post_init__(self) -> None:
        if not self.because.strip():
            raise CaseError(f"the intended difference of {self.case}, {self.quantity} has no `because`")
        if self.kind not in KINDS:
            raise CaseError(f"an intended difference is of kind {', '.join(KINDS)}, not '{self.kind}'")
        bound = {"differ": "at_most", "shape": "shape"}.get(self.kind)
        if bound and getattr(self, bound) is None:
            raise CaseError(f"the intended difference of {self.case}, {self.quantity} has no `{bound}`")

    def covers(self, row: Row) -> bool:
        """Whether a difference goes no further than what is meant."""
        if row.verdict != self.kind:
            return False
        if self.kind == "shape":
            return row.shape_got == self.shape
        if self.at_most is not None and not row.max_scaled <= self.at_most:
            return False
        return self.elements is None or row.differing <= self.elements

    def concerns(self, row: Row) -> bool:
        """Whether a row is of this entry's quantity."""
        return fnmatchcase(row.quantity, self.quantity)


@dataclass(frozen=True)
class JudgedRow(Row):
    """A row that an entry of the ledger concerns: `verdict` is intended, grown or vanished, `found` what it was."""

    because: str = ""
    found: str = "agree"

    @property
    def ok(self) -> bool:
        """Whether the difference is there and goes no further than what is meant."""
        return self.verdict == "intended"

    def __str__(self) -> str:
        if self.verdict == "vanished":
            return (
                f"{self.quantity}: the difference that is meant is not there (meant because {self.because})"
            )
        difference = Row(**{**_fields(self), "verdict": self.found})
        return f"{difference} [{self.verdict}: Python differs on purpose, because {self.because}]"


def load_ledger(folder: str | os.PathLike[str]) -> tuple[Intended, ...]:
    """The entries of `ledger.toml` in a folder of cases; none where there is no such file.

    Raises CaseError, with the path and the entry, for what cannot be read.
    """
    path = Path(folder) / LEDGER
    if not path.exists():
        return ()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = document.get("intended", [])
        if document.keys() - {"intended"} or not isinstance(entries, list):
            raise CaseError("it may hold [[intended]] entries and nothing else")
        return tuple(_entry(number, entry) for number, entry in enumerate(entries, 1))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CaseError(f"{path}: it cannot be read: {error}") from None
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None


def case_ledger(case: Case, ledger: Iterable[Intended], route: str = "") -> tuple[Intended, ...]:
    """The entries that concern one case by one route: those of the ledger and those the case carries.

    Raises CaseError where `meta.intended` cannot be read.
    """
    carried = _carried(case)
    of_case = (entry for entry in ledger if fnmatchcase(case.name, entry.case))
    return tuple(entry for entry in (*of_case, *carried) if fnmatchcase(route, entry.route))


def apply_ledger(comparison: Comparison, entries: Sequence[Intended]) -> Comparison:
    """Judge a comparison by the entries of its case: their rows become intended, grown or vanished.

    An entry for several quantities has vanished only where none of them differs; an entry whose quantity is not
    compared at all has vanished too. Rows that no entry concerns stay as they are.
    """
    table = comparison.table
    for entry in entries:
        table = _applied(table, entry)
    return replace(comparison, table=table)


def unused(ledger: Iterable[Intended], names: Iterable[str]) -> tuple[Intended, ...]:
    """Entries for cases that are not there: what they mean to say is lost."""
    names = tuple(names)
    return tuple(entry for entry in ledger if not any(fnmatchcase(name, entry.case) for name in names))


def _applied(table: tuple[Row, ...], entry: Intended) -> tuple[Row, ...]:
    if any(entry.concerns(row) and row.verdict != "agree" for row in table):
        return tuple(_judged(row, entry) if entry.concerns(row) else row for row in table)
    gone = Row(entry.quantity, "agree", None, None, "", "")
    concerned = [row for row in table if entry.concerns(row)] or [gone]
    rest = [row for row in table if not entry.concerns(row)]
    return (*rest, *(_with_verdict(row, "vanished", entry) for row in concerned))


def _judged(row: Row, entry: Intended) -> Row:
    if row.verdict == "agree" or isinstance(row, JudgedRow):
        return row
    return _with_verdict(row, "intended" if entry.covers(row) else "grown", entry)


def _with_verdict(row: Row, verdict: str, entry: Intended) -> JudgedRow:
    return JudgedRow(**{**_fields(row), "verdict": verdict}, because=entry.because, found=row.verdict)


def _fields(row: Row) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(Row)}


def _carried(case: Case) -> tuple[Intended, ...]:
    """The entries in `meta.intended`: a struct, or a struct array or cell of them."""
    value = case.meta.get("intended", [])
    if isinstance(value, Mapping):
        value = [value]
    elif isinstance(value, np.ndarray) and value.dtype.names:
        value = [dict(zip(value.dtype.names, item, strict=True)) for item in value.ravel(order="F")]
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        raise CaseError(f"case {case.name}: `meta.intended` is not a struct or struct array")
    plain = [{key: _plain(item) for key, item in entry.items()} for entry in value]
    return tuple(_entry(number, {**entry, "case": case.name}) for number, entry in enumerate(plain, 1))


def _plain(value: Any) -> Any:
    """A MATLAB value as TOML would give it."""
    if isinstance(value, np.ndarray):
        return value.item() if value.size == 1 else value.ravel(order="F").tolist()
    return value


def _entry(number: int, entry: Any) -> Intended:
    """An entry from plain values; raises CaseError with its number where something is missing or unknown."""
    known = {field.name for field in fields(Intended)}
    if not isinstance(entry, Mapping) or not {"case", "quantity", "because"} <= entry.keys() <= known:
        raise CaseError(
            f"intended difference {number} needs case, quantity and because, and may have {', '.join(sorted(known))}"
        )
    try:
        return Intended(**{key: READ[key](value) for key, value in entry.items()})
    except (TypeError, ValueError):
        raise CaseError(
            f"intended difference {number} has a value of the wrong kind: {dict(entry)}"
        ) from None


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("case", "quantity", "because", "kind", "route"), _string),
    "at_most": float,
    "elements": int,
    "shape": lambda value: tuple(int(length) for length in value),
}
