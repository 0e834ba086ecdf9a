"""Nested targets, comma lists, outputs of functions, and what scripts and functions share."""

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.indexing import assign, cell_get, cell_items, cell_set, index, struct_set
from port.migrate.runtime.values import COLON, MatlabError, Value, grid, iscell, isstruct, matrix

Step = str | tuple[Any, ...] | list[Any]


def put(base: Value, value: Value, *path: Step) -> Value:
    """`base.W{2}(:, 1) = value` is `base = put(base, value, "W", [2], (COLON, 1))`.

    A step is a field's name, a tuple of subscripts for `( )`, or a list of subscripts for `{ }`.  Whatever is
    missing on the way is made, as MATLAB does; None stands for an undefined base.
    """
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        return _put_field(base, value, step, rest)
    if isinstance(step, list):
        inner = put(_cell_or_none(base, step), value, *rest) if rest else value
        return cell_set(base, inner, *step)
    if not rest:
        return assign(base, value, *step)
    element = _element_or_none(base, step)
    if not isinstance(rest[0], str):
        return assign(base, put(element, value, *rest), *step)
    inner = put(getattr(element, rest[0], None), value, *rest[1:]) if rest[1:] else value
    grown = struct_set(base, rest[0], inner, *step)
    return grown.reshape(-1)[0] if isinstance(grown, np.ndarray) and grown.size == 1 else grown


def _put_field(base: Value, value: Value, name: str, rest: Sequence[Step]) -> Value:
    """The step that names a field."""
    if base is None or (not isstruct(base) and not callable(base) and grid(base).size == 0):
        base = SimpleNamespace()
    if isinstance(base, np.ndarray) and base.size == 1:
        base = base.reshape(-1)[0]
    if not isinstance(base, SimpleNamespace):
        raise MatlabError("scalar cannot be indexed with .")
    setattr(base, name, put(getattr(base, name, None), value, *rest) if rest else value)
    return base


def _cell_or_none(base: Value, step: Sequence[Any]) -> Value:
    """The item there, or None where there is none yet."""
    try:
        return None if base is None else cell_get(base, *step)
    except (MatlabError, IndexError):
        return None


def _element_or_none(base: Value, step: Sequence[Any]) -> Value:
    """The element there, or None where there is none yet."""
    if base is None:
        return None
    try:
        return index(base, *step)
    except (MatlabError, IndexError):
        return None


def field_items(structs: Value, name: str) -> list[Value]:
    """`s.name` as a comma list: one value for each element of a struct array."""
    if isinstance(structs, np.ndarray) and structs.dtype == object:
        return [getattr(s, name) for s in structs.ravel(order="F")]
    return [getattr(structs, name)]


def first(result: Value) -> Value:
    """The first output of a call; a function with several outputs gives a tuple."""
    return result[0] if isinstance(result, tuple) else result


def outputs(result: Value, count: int) -> tuple[Value, ...]:
    """The first `count` outputs of a call."""
    given = result if isinstance(result, tuple) else (result,)
    if len(given) < count:
        raise MatlabError("element number 2 undefined in return list")
    return given[:count]


def dimensions(x: Value, count: int) -> tuple[int, ...]:
    """`[m, n] = size(x)` as ints; the last stands for all dimensions that are left."""
    shape = grid(x).shape
    padded = [*shape, *[1] * (count - len(shape))]
    return (*padded[: count - 1], int(np.prod(padded[count - 1 :])))


def matches(subject: Value, choice: Value) -> bool:
    """Whether a `switch` on `subject` takes `case choice`: of one size and equal throughout, characters as their
    codes, which is Octave's rule (MATLAB refuses an array as the subject). A cell offers several.
    """
    if iscell(choice):
        return any(matches(subject, c) for c in cell_items(choice, COLON))
    left, right = matrix(subject), matrix(choice)
    return left.shape == right.shape and bool(np.all(left == right))


GLOBALS = SimpleNamespace()


def declare_global(*names: str) -> None:
    """Make the global variables that do not exist yet: `[]`, as MATLAB does."""
    for name in names:
        if not hasattr(GLOBALS, name):
            setattr(GLOBALS, name, np.zeros((0, 0)))


def workspace(variables: dict[str, Any], name: str) -> Value:
    """A name that a script does not define: a variable given to it, or the function of the module of that
    name.
    """
    if name in variables:
        return variables[name]
    try:
        return getattr(import_module(name), name)
    except (ImportError, AttributeError) as error:
        raise MatlabError(f"'{name}' undefined") from error


def run_script(name: str, variables: dict[str, Any]) -> None:
    """Run another translated script in this one's workspace (or call the function of that name)."""
    for folder in [Path(str(variables.get("__file__", ""))).parent, *map(Path, sys.path)]:
        path = folder / f"{name}.py"
        if path.is_file():
            given = {k: v for k, v in variables.items() if not k.startswith("__")}
            after = run_path(str(path), init_globals=given)
            function = after.get(name)
            if callable(function) and name not in given:
                function()
            else:
                variables.update({k: v for k, v in after.items() if not k.startswith("__")})
            return
    raise MatlabError(f"'{name}' undefined")


_STEERING = frozenset("OCTAVE_VERSION assignin eval evalc evalin exist nargin nargout".split())
"""Functions of MATLAB's that the translation itself deals with."""


def exist(name: str, kind: str = "") -> int:
    """`exist(name)` of what is no variable: 2 for a file or translated function, 5 for MATLAB's own, 7 a folder.

    A kind asks for these alone: "file" (folders too, and MATLAB's own functions as files), "dir" or "builtin".
    """
    path = Path(name)
    if path.is_dir():
        return 7 if kind in ("", "file", "dir") else 0
    if path.is_file() or any((Path(p) / f"{name}.py").is_file() for p in sys.path):
        return 2 if kind in ("", "file") else 0
    known = name in _STEERING or hasattr(sys.modules[__name__.rpartition(".")[0] or __name__], name)
    return {"": 5, "builtin": 5, "file": 2}.get(kind, 0) if known else 0


def mfilename(file: str, kind: str) -> str:
    """The path of the Python file that stands for the MATLAB one, with `fullpath` without its ending."""
    path = Path(file).resolve()
    return str(path if kind == "fullpathext" else path.with_suffix(""))


def compare_versions(one: str, other: str, operator: str) -> bool:
    """Octave's comparison of version texts, number by number."""
    left, right = ([int(n) for n in re.findall(r"\d+", text)] for text in (one, other))
    order = (left > right) - (left < right)
    accepted = {"==": (0,), "!=": (-1, 1), "~=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}
    return order in accepted[operator]
