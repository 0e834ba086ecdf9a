"""What a batch tells: one result a quantity, one outcome a submission, as plain values that can be journalled."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from port.errors import CaseError

VERDICTS = {
    "agree": "equal within the tolerance",
    "differ": "other values",
    "shape": "other size",
    "class": "text beside numbers",
    "missing": "not among what the function returned",
    "failed": "the function raised an error",
    "stopped": "the submission ended before it came to this case",
    "cannot tell": "the reference or the code could not be read",
}
"""What the verdict on a quantity means."""


@dataclass(frozen=True)
class Result:
    """One quantity of one case: its verdict, where it is furthest off, and the likely cause.

    `where` is the worst element by MATLAB's index, `max_scaled` its error over `max|want|`; numbers are None
    where nothing could be measured.
    """

    case: str
    quantity: str
    verdict: str
    shape_want: str = ""
    shape_got: str = ""
    differing: int | None = None
    max_abs: float | None = None
    max_rel: float | None = None
    max_scaled: float | None = None
    ulp: float | None = None
    where: str = ""
    cause: str = ""
    title: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one submission's function; `key` is a digest of everything that decides it."""

    key: str
    submission: str
    code: str
    function: str
    ending: str
    error: str
    isolation: str
    seconds: float
    results: tuple[Result, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, the results column by column."""
        table = {each.name: [getattr(row, each.name) for row in self.results] for each in fields(Result)}
        return {**{each.name: getattr(self, each.name) for each in fields(self)}, "results": table}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Outcome":
        """The outcome that `as_dict` wrote; raises CaseError for another record."""
        try:
            columns = record["results"]
            rows = zip(*columns.values(), strict=True)
            results = tuple(Result(**dict(zip(columns, row, strict=True))) for row in rows)
            return cls(**{**record, "results": results})
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise CaseError(f"no outcome of this version: {error}") from None
