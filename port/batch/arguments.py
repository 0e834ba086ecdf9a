"""What a case hands to a Python function, and the names of what comes back."""

import ast
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from port.errors import CaseError
from port.reference import Case

MATRICES = frozenset({"weights", "biases", "x", "y", "order"})
"""Fields of a case that are matrices even where they are 1 x 1."""
LARGEST = 1 << 53


def arguments(case: Case, names: Sequence[str] | None) -> list[Any] | dict[str, Any]:
    """The values a function is called with: in the order of `names`, or all inputs of the case by name.

    A name is a field of the input, `net.b` a field of a struct, and anything else a number or a text. A 1 x 1
    value is passed as a scalar, a whole double as an int, unless it is one of MATRICES; sparse arrays come
    dense, struct arrays as object arrays of dicts. Raises CaseError for a name that the case does not have.
    """
    values = {name: _python(name, value) for name, value in case.input.items()}
    if names is None:
        return values
    return [_argument(values, name, case) for name in names]


def outputs(case: Case, names: Sequence[str]) -> list[str]:
    """The quantities to check, `names` or all; raises CaseError where the case does not expect one of them."""
    unknown = [name for name in names if name not in case.expected]
    if unknown:
        raise CaseError(f"{case.path}: expects {', '.join(case.expected)}, and no {', '.join(unknown)}")
    return list(names or case.expected)


def _argument(values: Mapping[str, Any], name: str, case: Case) -> Any:
    if not (name[0].isalpha()):
        return ast.literal_eval(name)
    value: Any = values
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            raise CaseError(f"{case.path}: its input has no `{name}`, only {', '.join(case.input)}")
        value = value[part]
    return value


def _python(name: str, value: Any) -> Any:
    """A value of a case as a Python function expects it."""
    if isinstance(value, Mapping):
        return {key: _python(key, item) for key, item in value.items()}
    if hasattr(value, "toarray"):
        return value.toarray(order="F")
    if isinstance(value, np.ndarray) and value.dtype.names:
        rows = np.empty(value.shape, dtype=object)
        for place in np.ndindex(value.shape):
            rows[place] = {key: _python(key, value[place][key]) for key in value.dtype.names}
        return rows
    if isinstance(value, np.ndarray) and value.shape == (1, 1) and value.dtype.kind in "biufc":
        return value if name.casefold() in MATRICES else _scalar(value[0, 0])
    return value


def _scalar(value: Any) -> Any:
    """A 1 x 1 value as a scalar: doubles as Python's numbers, a whole one as an int; other classes are kept."""
    if value.dtype == np.float64:
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < LARGEST else number
    return bool(value) if value.dtype == np.bool_ else value
