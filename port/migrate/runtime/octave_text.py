"""Files that Octave's `save` writes where no format is asked for: text, each variable under its name and type."""

import re
from collections import deque
from types import SimpleNamespace

import numpy as np

from port.migrate.runtime.values import Array, MatlabError, Value, as_cell, cell_array, unbox

_SAVED_CLASSES = {"": np.float64, "bool": np.bool_, "float": np.float32, "complex": np.complex128}


def octave_variables(text: str) -> SimpleNamespace:
    """The variables of a text that Octave saved."""
    lines = deque(text.splitlines())
    found = SimpleNamespace()
    while name := _header(lines, "name"):
        setattr(found, name, _saved(lines, _header(lines, "type")))
    return found


def _header(lines: deque[str], word: str) -> str:
    """What the next `# word: ` says; empty at the end of the text."""
    while lines:
        line = lines.popleft()
        if line.startswith(f"# {word}: "):
            return line.removeprefix(f"# {word}: ").strip()
    return ""


def _saved(lines: deque[str], kind: str) -> Value:
    """The value that follows its type."""
    prefix, _, form = kind.rpartition(" ")
    if form == "struct" and prefix == "scalar":
        return _saved_struct(lines)
    if form == "cell":
        shape = (int(_header(lines, "rows")), int(_header(lines, "columns")))
        items = [_saved(lines, _header(lines, "type")) for _ in range(shape[0] * shape[1])]
        return as_cell(cell_array(items, shape))
    if form in ("string", "sq_string"):
        return _saved_text(lines)
    if form in ("range", "double_range"):
        lines.popleft()
        base, limit, step = (float(word) for word in lines.popleft().split())
        return unbox(base + step * np.arange(round((limit - base) / step) + 1).reshape(1, -1))
    known = prefix in _SAVED_CLASSES or re.fullmatch(r"u?int\d+", prefix)
    if known and form in ("bool", "scalar", "matrix"):
        return _saved_numbers(lines, "bool" if form == "bool" else prefix, form)
    raise MatlabError(f"load: a variable of type `{kind}` in Octave's text format is not read")


def _saved_struct(lines: deque[str]) -> SimpleNamespace:
    count = int(_header(lines, "length"))
    return SimpleNamespace(
        **{_header(lines, "name"): _saved(lines, _header(lines, "type")) for _ in range(count)}
    )


def _saved_text(lines: deque[str]) -> Value:
    """A text, or rows of characters."""
    rows = []
    for _ in range(int(_header(lines, "elements"))):
        length = int(_header(lines, "length"))
        rows.append(list(lines.popleft()[:length]))
    return unbox(np.array(rows)) if rows and rows[0] else ""


def _saved_numbers(lines: deque[str], prefix: str, form: str) -> Value:
    """Numbers of a class: one, a matrix by rows, or an array of any dimensions in columns."""
    dtype = np.dtype(_SAVED_CLASSES.get(prefix) or prefix)
    if form != "matrix":
        return unbox(_numbers_in([lines.popleft()], dtype).reshape(1, 1))
    while not lines[0].startswith(("# rows: ", "# ndims: ")):
        lines.popleft()
    if lines[0].startswith("# ndims: "):
        lines.popleft()
        shape = tuple(int(word) for word in lines.popleft().split())
        listed = [lines.popleft() for _ in range(int(np.prod(shape)))]
        return unbox(_numbers_in(listed, dtype).reshape(shape, order="F"))
    shape = (int(_header(lines, "rows")), int(_header(lines, "columns")))
    listed = [lines.popleft() for _ in range(shape[0])] if shape[1] else []
    return unbox(_numbers_in(listed, dtype).reshape(shape))


def _numbers_in(lines: list[str], dtype: np.dtype[np.generic]) -> Array:
    """The numbers of lines; complex ones stand as `(re,im)`."""
    words = " ".join(lines).split()
    if dtype.kind == "c":
        pairs = [re.split(r"[(),]", word)[1:3] for word in words]
        return np.array([complex(float(real), float(imaginary)) for real, imaginary in pairs])
    return np.array([float(word.replace("NA", "nan")) for word in words]).astype(dtype)
