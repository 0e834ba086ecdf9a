"""MATLAB's values in place of Python's, so that a run goes on past a difference as if there had been none."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from port.migrate.trace import Array, Event, Trace

Substitutes = Mapping[tuple[str, int, str, int], Any]
"""What statements are to set: by file, line, name and occurrence."""
CLOSE = 1e-9


def substitutes(matlab: Trace, python: Trace, m: Event, p: Event) -> dict[tuple[str, int, str, int], Any]:
    """MATLAB's values for what a statement of Python sets, each time it is done.

    Where the two statements are not done equally often, it is the values of the two events alone.
    """
    ours, theirs = times(matlab, m), times(python, p)
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(m, p)]
    return {(p.file, p.line, p.name, other.occurrence): event.value for event, other in pairs}


def times(trace: Trace, event: Event) -> list[Event]:
    """The events of the statement that an event is of."""
    return [other for other in trace.events if other.site == event.site]


def like(want: Any, got: Any, in_place: bool = False) -> Any:
    """MATLAB's value as Python holds such a value: scalars as scalars, arrays in the layout that fits.

    in_place: write into `got` where it has the shape, for other names may mean the same array.
    """
    if isinstance(want, np.ndarray):
        return of_array(want, got, in_place)
    if isinstance(want, list):
        olds = list(got) if isinstance(got, list | tuple) and len(got) == len(want) else [None] * len(want)
        return [like(item, old) for item, old in zip(want, olds, strict=True)]
    if isinstance(want, dict):
        return of_struct(want, got)
    return want if want is None or isinstance(want, str) else got


def of_struct(want: Mapping[str, Any], got: Any) -> Any:
    """A struct: the fields that Python's object has too are set in it."""
    if isinstance(got, dict):
        got.update({name: like(value, got.get(name)) for name, value in want.items()})
    else:
        for name, value in want.items():
            if hasattr(got, name):
                setattr(got, name, like(value, getattr(got, name)))
    return got


def of_array(want: Array, got: Any, in_place: bool) -> Any:
    """An array in the layout in which it differs least from Python's, or as a scalar of Python's kind."""
    if want.size == 1 and not (isinstance(got, np.ndarray) and got.ndim > 0):
        number = want.flat[0].item()
        whole = isinstance(got, int) and not isinstance(got, bool) and number == int(number.real)
        return int(number.real) if whole else number
    if isinstance(got, list):
        return list(np.array(want).ravel(order="F")) if min(want.shape, default=1) == 1 else want.copy()
    if not isinstance(got, np.ndarray):
        return want.copy()
    fitting = [view for view in views(want, got) if view.shape == got.shape]
    if not fitting:
        return want.ravel(order="F") if got.ndim == 1 and max(want.shape) == want.size else want.copy()
    best = min(fitting, key=lambda view: int(np.sum(np.abs(1.0 * view - got) > CLOSE * np.abs(view))))
    if in_place and got.flags.writeable and got.dtype.kind == best.dtype.kind:
        got[...] = best
        return got
    return best.copy(order="K")


def views(want: Array, got: Array) -> Iterator[Array]:
    """MATLAB's array in every layout that a port may hold it in."""
    yield want
    yield want.transpose()
    if want.size == got.size:
        yield want.reshape(got.shape, order="F")
        yield want.transpose().reshape(got.shape, order="F")
        if got.dtype.kind in "iu":
            yield (want - 1).reshape(got.shape, order="F").astype(got.dtype)


def lines_replaced(given: Substitutes) -> dict[str, set[int]]:
    """The lines of each file at which something is substituted."""
    found: dict[str, set[int]] = defaultdict(set)
    for file, line, _, _ in given:
        found[file].add(line)
    return dict(found)
