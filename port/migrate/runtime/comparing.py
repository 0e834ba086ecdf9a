"""Whole-value comparisons."""

from types import SimpleNamespace

import numpy as np

from port.migrate.runtime.values import Value, class_, grid, iscell, matrix


def isequal(first: Value, *others: Value) -> bool:
    """Whether all values have one size and equal elements, classes of numbers and text aside; NaN equals
    nothing.
    """
    return all(_same(first, other) for other in others)


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, SimpleNamespace) and isinstance(b, SimpleNamespace):
        return vars(a).keys() == vars(b).keys() and all(_same(v, getattr(b, n)) for n, v in vars(a).items())
    if callable(a) or callable(b):
        return a is b
    left, right = grid(a), grid(b)
    if left.shape != right.shape or iscell(a) != iscell(b):
        return left.size == right.size == 0 and class_(a) == class_(b) == "char"
    if object in (left.dtype, right.dtype):
        return left.dtype == right.dtype and all(map(_same, left.ravel(), right.ravel()))
    return bool(np.array_equal(matrix(left), matrix(right)))
