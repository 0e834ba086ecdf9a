"""Whether a value of MATLAB and one of Python are the same, and in which way they are not."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from port.migrate.trace import Array, Dropped, Opaque
from port.reference.comparison import Tolerance

TOLERANCE = Tolerance(rtol=1e-9, atol=1e-11)
"""Wider than that of one saved result: rounding adds up over the statements of a run."""
DOUBLE, SINGLE = ("f8", "c16"), ("f4", "c8")
NARROW = (*SINGLE, "u1", "u2", "u4", "u8", "i1", "i2", "i4")
SAME, TRANSPOSED, FLAT, FROM_0 = "same", "transposed", "flat", "counted from 0"


class Mismatch(NamedTuple):
    """kind: "missing", "class", "shape", "nan" or "value", the order in which they are looked for."""

    kind: str
    detail: str = ""


def mismatch(want: Any, got: Any, tolerance: Tolerance = TOLERANCE) -> Mismatch | None:
    """How `got` (Python) differs from `want` (MATLAB), None where it does not.

    Scalars are 1 x 1, dimensions of 1 at the end do not count, and MATLAB's `[]` is None. Other shapes must be
    equal: (n,) is neither a row nor a column. Integers and logicals are numbers like any other here, but single
    is not double, and an integer class that wraps is not double either.
    """
    if (is_empty(want) and is_empty(got)) or is_object(want):
        return None
    if got is None or want is None:
        return Mismatch("missing", f"{kind_of(want)} beside {kind_of(got)}")
    if kind_of(want) != kind_of(got):
        return Mismatch("class", f"{kind_of(want)} beside {kind_of(got)}")
    if isinstance(want, np.ndarray):
        return mismatch_of_arrays(want, got, tolerance)
    if isinstance(want, list):
        return mismatch_of_cells(want, got, tolerance)
    if isinstance(want, dict):
        return mismatch_of_structs(want, got, tolerance)
    if isinstance(want, str):
        return None if want == got else Mismatch("value", f"{want!r} beside {got!r}")
    return None


def kind_of(value: Any) -> str:
    """What must be equal before values are compared at all."""
    names = {
        np.ndarray: "number",
        Dropped: "number",
        str: "char",
        list: "cell",
        dict: "struct",
        type(None): "nothing",
    }
    return "function" if isinstance(value, Opaque) else names[type(value)]


def is_object(value: Any) -> bool:
    """Whether a value of MATLAB is an object, whose content was not recorded."""
    return isinstance(value, Opaque) and value.class_name not in ("function_handle", "inline")


def is_empty(value: Any) -> bool:
    """`[]`, `{}`, `''` and None."""
    if isinstance(value, np.ndarray):
        return value.size == 0
    return value is None or (isinstance(value, str | list) and not value)


def mismatch_of_cells(want: list[Any], got: list[Any], tolerance: Tolerance) -> Mismatch | None:
    if len(want) != len(got):
        return Mismatch("shape", f"{len(want)} elements beside {len(got)}")
    for index, pair in enumerate(zip(want, got, strict=True), 1):
        if found := mismatch(*pair, tolerance):
            return Mismatch(found.kind, f"element {index}: {found.detail}")
    return None


def mismatch_of_structs(want: dict[str, Any], got: dict[str, Any], tolerance: Tolerance) -> Mismatch | None:
    known = {name.rstrip("_"): value for name, value in got.items()}
    for name, value in want.items():
        if name.rstrip("_") not in known:
            return Mismatch("missing", f"field {name}")
        if found := mismatch(value, known[name.rstrip("_")], tolerance):
            return Mismatch(found.kind, f"field {name}: {found.detail}")
    return None


def mismatch_of_arrays(want: Array, got: Any, tolerance: Tolerance) -> Mismatch | None:
    if isinstance(got, Dropped):
        return None if shape_of(want) == shape_of(got) else Mismatch("shape", shapes(want, got))
    if detail := class_detail(want, got):
        return Mismatch("class", detail)
    if shape_of(want) != shape_of(got):
        return Mismatch("shape", shapes(want, got))
    return unequal(want.reshape(shape_of(want), order="F"), got.reshape(shape_of(got), order="F"), tolerance)


def unequal(want: Array, got: Array, tolerance: Tolerance) -> Mismatch | None:
    """Arrays of one shape: first where they are NaN, then what they are."""
    with np.errstate(all="ignore"):
        if not np.array_equal(np.isnan(want), np.isnan(got)):
            return Mismatch("nan", f"{int(np.isnan(want).sum())} NaN beside {int(np.isnan(got).sum())}")
        want, got = _wide(want), _wide(got)
        finite = np.abs(want[np.isfinite(want)])
        bound = tolerance.rtol * np.abs(want) + tolerance.atol * (finite.max() if finite.size else 0.0)
        far = np.abs(got - want) > bound
        far |= np.isinf(want) & (want != got)
        far |= np.isinf(got) & (want != got)
    return Mismatch("value", f"{int(far.sum())} of {want.size} elements differ") if far.any() else None


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def class_detail(want: Array, got: Array) -> str:
    """Where one side computes with fewer digits, or in integers that wrap."""
    a, b = want.dtype.str[1:], got.dtype.str[1:]
    differ = (a in DOUBLE and b in NARROW) or (a in SINGLE and b in DOUBLE)
    return f"{want.dtype.name} beside {got.dtype.name}" if differ and got.size else ""


def shape_of(value: Array | Dropped) -> tuple[int, ...]:
    """The shape with scalars as 1 x 1 and without dimensions of 1 behind the second; (n,) stays (n,)."""
    shape = tuple(value.shape)
    if not shape or shape == (1,):
        return (1, 1)
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return shape


def shapes(want: Array, got: Array | Dropped) -> str:
    return f"{shape_of(want)} beside {shape_of(got)}"


def layout(want: Any, got: Any, tolerance: Tolerance = TOLERANCE) -> str | None:
    """In which layout the values agree.

    "same", "transposed" (samples in rows), "flat" ((n,) for n x 1 or 1 x n), "counted from 0", or None.
    """
    if isinstance(want, np.ndarray) and isinstance(got, list):
        got = stacked(got)
    if isinstance(want, np.ndarray) and isinstance(got, np.ndarray) and want.size == got.size:
        return next(
            (name for name, view in _views(want, got) if unequal(want, view, tolerance) is None), None
        )
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got) and want:
        found = [layout(*pair, tolerance) for pair in zip(want, got, strict=True)]
        return (
            next((name for name in (TRANSPOSED, FLAT) if name in found), SAME) if None not in found else None
        )
    return SAME if mismatch(want, got, tolerance) is None else None


def in_layout(want: Any, got: Any) -> Any:
    """Python's array in the layout of MATLAB's in which they differ least; as it is where there is none."""
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray)) or want.size != got.size:
        return got
    with np.errstate(all="ignore"):
        return min(
            (view for _, view in _views(want, got)),
            key=lambda view: int(
                np.sum(np.abs(_wide(view) - _wide(want)) > TOLERANCE.rtol * np.abs(_wide(want)))
            ),
            default=got,
        )


def stacked(values: list[Any]) -> Any:
    """A list of equal arrays as one with the items in rows: what a port appends step by step."""
    if values and all(isinstance(item, np.ndarray) and item.shape == values[0].shape for item in values):
        return np.array(values)
    return values


def _views(want: Array, got: Array) -> Iterator[tuple[str, Array]]:
    """Python's array in the shape of MATLAB's, in every layout in which it can be read."""
    a, b = shape_of(want), shape_of(got)
    if a == b:
        yield SAME, got.reshape(want.shape, order="F")
    if max(a) == want.size == max(b) and got.dtype.kind in "iu":
        yield FROM_0, got.reshape(want.shape) + 1
    if len(b) == 1 and max(a) == want.size:
        yield FLAT, got.reshape(want.shape)
    if len(a) == len(b) == 2 and a == b[::-1] and a != (1, 1):
        yield TRANSPOSED, got.reshape(b).T.reshape(want.shape, order="F")
    if len(a) == len(b) > 2 and a == b[::-1]:
        yield TRANSPOSED, got.transpose()
    if len(a) == len(b) == 2 and min(a) == 1 < min(b):
        yield FLAT, got.ravel(order="C").reshape(want.shape)
        yield FLAT, got.ravel(order="F").reshape(want.shape)
