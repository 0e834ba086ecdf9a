"""`start:step:stop` as Octave counts and computes it: the end belongs to the range within three roundings.

The counting is that of Octave's `Range.cc`: Hagerty's tolerant floor (FL5), then a look at the elements beside the end.
"""

import numpy as np

from port.migrate.runtime.values import (
    INTEGER_CLASSES,
    Array,
    MatlabError,
    Value,
    characters,
    class_,
    isempty,
    number,
    unbox,
)


def colon(start: Value, step: Value, stop: Value = None) -> Value:
    """`start:stop` or `start:step:stop` as a row, of the class of its parts; of arrays the first element counts.

    `np.arange` leaves the end out, and with a fractional step includes it or not by chance.
    """
    if stop is None:
        start, step, stop = start, 1.0, step
    names = [class_(v) for v in (start, step, stop)]
    if any(isempty(v) for v in (start, step, stop)):
        return np.zeros((1, 0))
    kept = next((name for name in names if name in INTEGER_CLASSES), None)
    kind = np.float32 if "single" in names and kept is None else np.float64
    first, by, last = (kind(number(v)) for v in (start, step, stop))
    if kept is not None:
        _check_integers(kept, first, by, last)
    values = _values(first, by, last)
    if isinstance(start, str) or isinstance(stop, str):
        return unbox(characters(values))
    return values if kept is None else values.astype(kept)


def _check_integers(name: str, first: np.floating, by: np.floating, last: np.floating) -> None:
    """Raise Octave's error where a part of a range of an integer class is none, or an end of it is out of bounds."""
    bounds = np.iinfo(name)
    for part, value in (("lower bound", first), ("increment", by), ("upper bound", last)):
        outside = part != "increment" and not bounds.min <= value <= bounds.max
        if outside or value != np.trunc(value):
            raise MatlabError(f"colon operator {part} invalid (not an integer or out of range)")


def _values(first: np.floating, by: np.floating, last: np.floating) -> Array:
    """The range as a row; one of infinitely many elements is an error, a part that is not a number makes one NaN."""
    if np.isnan([first, by, last]).any():
        return np.full((1, 1), np.nan, dtype=first.dtype)
    if by == 0 or (last < first if by > 0 else last > first):
        return np.zeros((1, 0), dtype=first.dtype)
    if first + by > last if by > 0 else first + by < last:
        return np.full((1, 1), first)
    if not np.isfinite([first, by, last]).all():
        raise MatlabError("range with infinite number of elements cannot be stored")
    values = first + by * np.arange(_count(first, by, last)).astype(first.dtype)
    values[-1] = min(values[-1], last) if by > 0 else max(values[-1], last)
    return np.asarray(values.reshape(1, -1))


def _count(first: np.floating, by: np.floating, last: np.floating) -> int:
    """How many elements a range has that goes up to its end."""
    tolerance = 3 * np.finfo(first.dtype).eps
    count = _tolerant_floor((last - first + by) / by, tolerance)
    for tried in (count, count - 1, count + 1):
        element = first + type(first)(tried - 1) * by
        if abs(element - last) < max(abs(element), abs(last)) * tolerance:
            return tried
    return count


def _tolerant_floor(x: np.floating, tolerance: np.floating) -> int:
    """The largest whole number that a positive number is not below by more than a tolerance."""
    most = 1 / (2 - tolerance)
    above = np.floor(x + max(tolerance, min(most, tolerance * (1 + np.floor(x)))))
    return int(above if above - x < most else above - 1)
