"""Compare what a submission returned with what the references want, and look for the cause of what differs."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from port.batch.frames import Run, clean, describe
from port.batch.results import Result
from port.reference import Case, Tolerance, compare, diagnose
from port.reference.comparison import Row
from port.reference.quantities import quantities

ATTEMPTS = 3
"""Differences of one submission that are looked into: a search of the catalogue takes longer than a run."""
LARGEST = 100_000
"""Elements of the largest array that is looked into."""
DIGITS = 10
"""What is left of a number when rounding is not to count; the least mistake in the catalogue shows in the ninth."""
MOST_KNOWN = 1000
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Cause:
    """A cause of the catalogue, or why none was found."""

    code: str = ""
    title: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Wanted:
    """A reference that could be read: what a function is given, and every array that must come back.

    `known` remembers what was found out about differences: in a class the same mistake is made many times.
    """

    case: Case
    arguments: Any
    outputs: Sequence[str]
    arrays: Arrays
    tolerance: Tolerance
    known: dict[bytes, Cause] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Judged:
    """The results of one case, beside what was wanted and what was got."""

    want: Wanted
    got: Arrays
    results: list[Result] = field(default_factory=list)


def judge(want: Wanted, run: Run, number: int) -> Judged:
    """A result for every quantity that case `number` of a run wants; what is returned beyond is not looked at."""
    values = run.values.get(number)
    if isinstance(values, Mapping) and all(isinstance(array, np.ndarray) for array in values.values()):
        returned = {name_in(name, want.arrays): _matrix(array) for name, array in values.items()}
        got = {name: returned[name] for name in want.arrays if name in returned}
        with np.errstate(all="ignore"):
            table = compare(got, dict(want.arrays), tolerance=want.tolerance).table
        return Judged(want, got, [_result(row) for row in table])
    if number in run.errors or run.error:
        result = Result("", "", "failed", detail=run.errors.get(number, run.error))
    else:
        result = Result("", "", "stopped", detail=describe(run.ending))
    return Judged(want, {}, [replace(result, quantity=quantity) for quantity in want.arrays])


def unreadable(reason: str) -> Result:
    """The one result of a reference that could not be read."""
    return Result("", "", "cannot tell", detail=reason)


def find_cause(judged: Sequence[Judged]) -> list[list[Result]]:
    """The results of every case, with the likeliest cause at the first difference that one explains.

    The case with most elements to go by is searched first, its quantities in the order of the reference, which is
    that of the computation.
    """
    told = [list(each.results) for each in judged]
    for number, place in _suspects(judged):
        result = told[number][place]
        found = _cause(judged[number], result.quantity)
        told[number][place] = replace(result, cause=found.code, title=found.title, detail=found.detail)
        if found.code:
            break
    return told


def _cause(judged: Judged, quantity: str) -> Cause:
    """The likeliest cause of a difference, empty where none is known.

    A rule that stumbles over what a submission made up must not stop a batch: that it did is the detail.
    """
    want, got = judged.want, judged.got[quantity]
    mark = _mark(quantity, got)
    if mark not in want.known:
        if len(want.known) == MOST_KNOWN:
            want.known.clear()
        try:
            with np.errstate(all="ignore"):
                causes = diagnose(want.arrays[quantity], got, inputs=quantities(want.case.input))
            want.known[mark] = Cause(causes[0].code, causes[0].title) if causes else Cause()
        except Exception as error:
            want.known[mark] = Cause(detail=clean(f"no diagnosis: {type(error).__name__}: {error}"))
    return want.known[mark]


def _mark(quantity: str, got: NDArray[Any]) -> bytes:
    """The same for arrays that differ in rounding only."""
    values = got
    if got.dtype.kind in "fc":
        with np.errstate(all="ignore"):
            finite = np.abs(got[np.isfinite(got)])
            scale = finite.max(initial=0.0) or 1.0
            values = np.round(got / scale, DIGITS) + 0.0
            scale = float(f"{scale:.{DIGITS}g}")
        quantity = f"{quantity} {scale}"
    return hashlib.sha256(f"{quantity} {got.shape} {got.dtype}".encode() + values.tobytes()).digest()


def _suspects(judged: Sequence[Judged]) -> Iterator[tuple[int, int]]:
    """Case and place of the differences to look into: two of the most telling case, then one of others."""
    found = []
    for number, each in enumerate(judged):
        firsts: dict[str, int] = {}
        for place, result in enumerate(each.results):
            if result.verdict in ("differ", "shape") and each.got[result.quantity].size <= LARGEST:
                firsts.setdefault(re.split(r"\W", result.quantity)[0], place)
        size = sum(each.want.arrays[each.results[place].quantity].size for place in firsts.values())
        found.append((size, number, list(firsts.values())))
    found.sort(key=lambda case: (-case[0], case[1]))
    order = [
        (number, place)
        for rank, (_, number, places) in enumerate(found)
        for place in places[: 1 if rank else 2]
    ]
    yield from order[:ATTEMPTS]


def name_in(name: str, wanted: Arrays) -> str:
    """A list of lists is a MATLAB cell with two subscripts, where the reference has one: `w{3,2}`, not `w{3}{2}`."""
    merged = name.replace("}{", ",")
    return merged if merged in wanted else name


def _matrix(array: NDArray[Any]) -> NDArray[Any]:
    """A number is 1 x 1, as it is in MATLAB."""
    return array.reshape(1, 1) if array.ndim == 0 else array


def _result(row: Row) -> Result:
    measured = row.verdict in ("agree", "differ")
    return Result(
        case="",
        quantity=row.quantity,
        verdict=row.verdict,
        shape_want=_shape(row.shape_want),
        shape_got=_shape(row.shape_got),
        differing=int(row.differing) if measured else None,
        max_abs=_number(row.max_abs),
        max_rel=_number(row.max_rel),
        max_scaled=_number(row.max_scaled),
        ulp=_number(row.ulp),
        where=row.at_matlab,
    )


def _shape(shape: tuple[int, ...] | None) -> str:
    return "" if shape is None else "x".join(map(str, shape)) or "scalar"


def _number(value: float) -> float | None:
    return None if value != value else float(value)
