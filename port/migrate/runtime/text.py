"""Text: `str` for one row, a 2-D array of single characters for several, a cell for texts of any length."""

import ast
import operator
import re
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.printf import escapes, sprintf
from port.migrate.runtime.shapes import cat
from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_text,
    cell_array,
    characters,
    class_,
    copied,
    given,
    grid,
    iscell,
    ischar,
    matrix,
    same_kind,
    text_of,
    unbox,
    whole,
)

_GROUP = re.compile(r"(?<!\\)\$(\d)")
_LONE_BACKSLASH = re.compile(r"\\(?!\$)")


def lines_of(x: Value) -> list[str]:
    """The rows of a text as a list of str; of a cell, its texts."""
    if isinstance(x, str):
        return [x]
    array = grid(x)
    if array.dtype == object:
        return [line for item in array.ravel(order="F") for line in lines_of(item)]
    rows = array if array.dtype.kind == "U" else characters(matrix(x))
    return [text_of(row.reshape(1, -1)) for row in rows]


def char(*values: Value) -> Value:
    """Codes, texts or a cell of texts as text; several rows are filled up with blanks to one width."""
    if len(values) == 1 and not iscell(values[0]):
        array = grid(values[0])
        return unbox(array.copy() if array.dtype.kind == "U" else characters(matrix(values[0])))
    return stacked([line for value in values for line in (lines_of(value) or [""])])


def strvcat(*values: Value) -> Value:
    """As `char`, empty texts left out."""
    return stacked([line for value in values for line in lines_of(value) if line])


def stacked(lines: list[str]) -> Value:
    """Lines as rows of one text, blanks behind the shorter ones."""
    width = max((len(line) for line in lines), default=0)
    rows = [list(line.ljust(width)) for line in lines]
    return unbox(np.array(rows, dtype="<U1").reshape(len(lines), width))


def cellstr(x: Value) -> Value:
    """The rows of a text, trailing blanks cut off, as a column cell."""
    if iscell(x):
        return copied(x)
    lines = [line.rstrip(" ") for line in lines_of(x)]
    return same_kind(cell_array(lines, (len(lines), 1)), [])


def iscellstr(x: Value) -> bool:
    """Whether `x` is a cell of texts only."""
    return iscell(x) and all(ischar(item) for item in grid(x).ravel())


def over_cells(function: Callable[..., Any], x: Value) -> Value:
    """Apply a function of one text to a text, or to every text of a cell."""
    if iscell(x):
        array = grid(x)
        return same_kind(
            cell_array([over_cells(function, v) for v in array.ravel(order="F")], array.shape), []
        )
    return function(x)


def upper(x: Value) -> Value:
    """Capital letters, in a cell too."""
    return over_cells(lambda s: char(np.char.upper(grid(s))) if ischar(s) else s, x)


def lower(x: Value) -> Value:
    """Small letters, in a cell too."""
    return over_cells(lambda s: char(np.char.lower(grid(s))) if ischar(s) else s, x)


def strtrim(x: Value) -> Value:
    """Without white space (and NUL) at both ends; rows of a text lose the columns blank in all of them."""
    return over_cells(_trimmed_text, x)


def _trimmed_text(x: Value) -> Value:
    if isinstance(x, str):
        return x.strip(" \t\n\v\f\r\0")
    array = grid(x)
    inked = np.flatnonzero((~np.isin(array, [*" \t\n\v\f\r\0", ""])).any(axis=0))
    return unbox(array[:, inked[0] : inked[-1] + 1].copy() if inked.size else array[:, :0])


def deblank(x: Value) -> Value:
    """Without white space at the end."""
    return over_cells(lambda s: s.rstrip(" \t\n\v\f\r\0"), x)


def blanks(count: Value) -> str:
    """So many blanks."""
    return " " * whole(count)


def strcmp(a: Value, b: Value) -> Value:
    """Whether texts are equal, size and characters; a cell is compared item by item; what is no text equals
    none.
    """
    return _compared(a, b, lambda s, t: s == t)


def strcmpi(a: Value, b: Value) -> Value:
    """As `strcmp`, letter case aside."""
    return _compared(a, b, lambda s, t: s.lower() == t.lower())


def strncmp(a: Value, b: Value, count: Value) -> Value:
    """As `strcmp`, of the first `count` characters; shorter texts are not equal."""
    n = whole(count)
    return _compared(a, b, lambda s, t: len(s) >= n and len(t) >= n and s[:n] == t[:n])


def strncmpi(a: Value, b: Value, count: Value) -> Value:
    """As `strncmp`, letter case aside."""
    n = whole(count)
    return _compared(a, b, lambda s, t: len(s) >= n and len(t) >= n and s[:n].lower() == t[:n].lower())


def _compared(a: Value, b: Value, same: Callable[[str, str], bool]) -> Value:
    if not iscell(a) and not iscell(b):
        if isinstance(a, str) and isinstance(b, str):
            return np.bool_(same(a, b))
        both = ischar(a) and ischar(b)
        return np.bool_(both and grid(a).shape == grid(b).shape and bool(np.all(grid(a) == grid(b))))
    shape = grid(a if iscell(a) else b).shape
    left, right = (list(grid(v).ravel(order="F")) if iscell(v) else [v] for v in (a, b))
    if len(left) > 1 and len(right) == 1 and ischar(b) and grid(b).shape[0] == len(left):
        right = [text_of(row) for row in grid(b)]
    count = len(left) if len(right) == 1 else len(right)
    left, right = (items * count if len(items) == 1 else items for items in (left, right))
    if len(left) != len(right):
        raise MatlabError("nonconformant cell arrays")
    results = [bool(_compared(s, t, same)) for s, t in zip(left, right, strict=True)]
    return unbox(np.array(results, dtype=bool).reshape(shape, order="F"))


def strcat(*values: Value) -> Value:
    """Joined; texts lose blanks at their ends first; with a cell, every item of it is joined."""
    if any(iscell(v) for v in values):
        shapes = [grid(v).shape for v in values if iscell(v) and grid(v).size != 1]
        count = int(np.prod(shapes[0])) if shapes else 1
        parts = [list(grid(v).ravel(order="F")) if iscell(v) else [v] for v in values]
        spread = [items * count if len(items) == 1 else items for items in parts]
        joined = ["".join(items) for items in zip(*spread, strict=True)]
        return same_kind(cell_array(joined, shapes[0] if shapes else (1, 1)), [])
    trimmed = [v.rstrip(" \t\n\v\f\r\0") if isinstance(v, str) else v for v in values]
    if all(isinstance(v, str) for v in trimmed):
        return "".join(trimmed)
    return cat(2, *trimmed)


def strsplit(text: str, delimiter: Value = " ", *options: Value) -> Value:
    """The parts between delimiters (several in a cell) as a row cell; neighbours count once unless told
    otherwise.
    """
    if isinstance(delimiter, str) and delimiter.lower() == "collapsedelimiters":
        delimiter, options = " ", (delimiter, *options)
    collapse = not options or bool(np.all(options[1]))
    marks = [escapes(mark) for mark in (delimiter if isinstance(delimiter, list) else [delimiter])]
    pattern = "|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True))
    return re.split(f"(?:{pattern})+" if collapse else pattern, text)


def ostrsplit(text: str, marks: str, strip_empty: Value = False) -> list[str]:
    """Octave's split at any of the characters."""
    parts = re.split("[" + re.escape(marks) + "]", text)
    return [part for part in parts if part] if np.all(strip_empty) else parts


def strjoin(parts: Value, delimiter: str = " ") -> str:
    """The texts of a cell with a delimiter between them."""
    return escapes(delimiter).join(grid(parts).ravel(order="F"))


def strrep(text: Value, old: str, new: str) -> Value:
    """Every `old` replaced, in a cell too."""
    return over_cells(lambda s: s.replace(old, new) if old else s, text)


def strfind(text: Value, pattern: str) -> Value:
    """The 1-based places where the pattern begins, overlaps too, as a row; empty where there is none."""
    return over_cells(lambda s: _places(s, pattern), text)


def _places(text: str, pattern: str) -> Value:
    found = [i + 1.0 for i in range(len(text) - len(pattern) + 1) if pattern and text.startswith(pattern, i)]
    return unbox(np.array([found])) if found else np.zeros((0, 0))


def findstr(text: str, pattern: str) -> Value:
    """The old name of `strfind`; either text may be the shorter one."""
    return strfind(text, pattern) if len(pattern) <= len(text) else strfind(pattern, text)


def strmatch(pattern: str, texts: Value, *options: str) -> Value:
    """The 1-based rows or items that begin with the pattern (or with "exact", equal it), as a column."""
    found = [k + 1.0 for k, line in enumerate(lines_of(texts)) if line.startswith(pattern)]
    if options:
        found = [k + 1.0 for k, line in enumerate(lines_of(texts)) if line.rstrip(" \0") == pattern]
    return unbox(np.array(found).reshape(-1, 1)) if found else np.zeros((0, 1))


def index_of(text: str, pattern: str) -> float:
    """Octave's `index`: the first 1-based place of the pattern, or 0."""
    return float(text.find(pattern) + 1)


def strtok(text: Value, marks: str = " \t\n\v\f\r\0", *, nargout: int = 1) -> Any:
    """The first part between the marks, and with `nargout=2` the rest, which begins with its mark."""
    text = text_of(grid(text))
    start = len(text) - len(text.lstrip(marks))
    end = next((i for i in range(start, len(text)) if text[i] in marks), len(text))
    return (text[start:end], text[end:]) if nargout > 1 else text[start:end]


def startsWith(text: Value, prefix: Value) -> Value:
    """Whether texts begin with a prefix, or with one of several."""
    return _any_of(text, prefix, str.startswith)


def endsWith(text: Value, suffix: Value) -> Value:
    """Whether texts end with a suffix, or with one of several."""
    return _any_of(text, suffix, str.endswith)


def contains(text: Value, pattern: Value) -> Value:
    """Whether texts have a pattern, or one of several, in them."""
    return _any_of(text, pattern, str.__contains__)


def _any_of(text: Value, marks: Value, test: Callable[[str, str], bool]) -> Value:
    wanted = lines_of(marks)
    if not iscell(text):
        return np.bool_(any(test(text, mark) for mark in wanted))
    array = grid(text)
    found = [any(test(s, mark) for mark in wanted) for s in array.ravel()]
    return unbox(np.array(found, dtype=bool).reshape(array.shape))


def _each_character(x: Value, test: Callable[[str], bool]) -> Value:
    array = grid(x)
    found = [isinstance(c, str) and test(c) for c in array.ravel()]
    return unbox(np.array(found, dtype=bool).reshape(array.shape))


def isspace(x: Value) -> Value:
    """Which characters are white space (`str.isspace` asks for all at once); no number is."""
    return _each_character(x, str.isspace)


def isletter(x: Value) -> Value:
    """Which characters are letters."""
    return _each_character(x, str.isalpha)


def isdigit(x: Value) -> Value:
    """Which characters are digits."""
    return _each_character(x, lambda c: c in "0123456789")


def isupper(x: Value) -> Value:
    """Which characters are capital letters."""
    return _each_character(x, str.isupper)


def islower(x: Value) -> Value:
    """Which characters are small letters."""
    return _each_character(x, str.islower)


def regexprep(text: Value, pattern: str, replacement: str, *options: str) -> Value:
    """Replaced by a regular expression; `$1` in the replacement is the first token. Options "once",
    "ignorecase".
    """
    compiled = _compiled(pattern, options)
    template = _GROUP.sub(
        r"\\g<\1>", _LONE_BACKSLASH.sub(r"\\\\", escapes(replacement.replace(r"\$", r"\\$")))
    )
    return over_cells(lambda s: compiled.sub(template, as_text(s), count=int("once" in options)), text)


def _compiled(pattern: str, options: tuple[str, ...]) -> re.Pattern[str]:
    flags = re.IGNORECASE if "ignorecase" in options else 0
    flags |= re.MULTILINE if "lineanchors" in options else 0
    return re.compile(re.sub(r"\(\?<(?![=!])", "(?P<", pattern), flags)


_REGEXP_OUTPUTS = ("start", "end", "tokenExtents", "match", "tokens", "names", "split")


def regexp(text: Value, pattern: str, *options: str, nargout: int = 1) -> Any:
    """Matches of a regular expression: start, end, extents of tokens, match, tokens, names, split, or those
    named.
    """
    if iscell(text):
        return over_cells(lambda s: regexp(s, pattern, *options, nargout=nargout), text)
    text = as_text(text)
    matches = list(_compiled(pattern, options).finditer(text))
    asked = [o for o in options if o in _REGEXP_OUTPUTS]
    names = [*asked, *(o for o in _REGEXP_OUTPUTS if o not in asked)][:nargout]
    outputs = [_regexp_output(name, text, matches, "once" in options) for name in names]
    return tuple(outputs) if nargout > 1 else outputs[0]


def regexpi(text: Value, pattern: str, *options: str, nargout: int = 1) -> Any:
    """As `regexp`, letter case aside."""
    return regexp(text, pattern, *options, "ignorecase", nargout=nargout)


def _regexp_output(name: str, text: str, matches: list[re.Match[str]], once: bool) -> Any:
    if name == "names":
        first = matches[0].groupdict() if matches else {}
        return SimpleNamespace(**{n: v or "" for n, v in first.items()})
    if name == "split":
        ends = [0, *(m.end() for m in matches)]
        return [text[a:b] for a, b in zip(ends, [*(m.start() for m in matches), len(text)], strict=True)]
    each = [_of_match(name, m) for m in matches]
    if once:
        return each[0] if each else {"match": "", "tokens": []}.get(name, np.zeros((0, 0)))
    if name in ("start", "end"):
        return unbox(np.array(each, dtype=float).reshape(1, -1)) if each else np.zeros((1, 0))
    return each


def _of_match(name: str, match: re.Match[str]) -> Any:
    groups = [g for g in range(1, (match.re.groups or 0) + 1) if match.group(g) is not None] or [0]
    return {
        "start": match.start() + 1.0,
        "end": float(match.end()),
        "tokenExtents": np.array([[match.start(g) + 1.0, match.end(g)] for g in groups]),
        "match": match.group(),
        "tokens": [match.group(g) for g in groups],
    }[name]


def str2double(x: Value) -> Value:
    """The number a text spells, NaN where it spells none; of a cell, one for each item."""
    if iscell(x):
        array = grid(x)
        return unbox(np.array([_spelled(v) for v in array.ravel()]).reshape(array.shape))
    if isinstance(x, np.ndarray) and x.dtype.kind == "U":
        return np.array([[_spelled(line)] for line in lines_of(x)])
    return unbox(np.array([[_spelled(x)]]))


def _spelled(x: Value) -> Any:
    if not isinstance(x, str):
        return np.nan
    text = x.strip().replace(",", "").replace(" ", "")
    text = re.sub(r"^([+-]?)Inf(inity)?$", r"\1inf", text, flags=re.IGNORECASE)
    text = (
        re.sub(r"(?<![0-9.])([ij])$", r"1\1", text).replace("i1j", "inf").replace("D", "e").replace("d", "e")
    )
    try:
        return float(text) if "_" not in text else np.nan
    except ValueError:
        return _spelled_complex(re.sub("[iI]$", "j", text))


def _spelled_complex(text: str) -> Any:
    try:
        return complex(text)
    except ValueError:
        return np.nan


def input_(question: str = "", kind: str = "") -> Value:
    """What somebody answers: numbers or a quoted text, with "s" the text as it is; `[]` where nobody does."""
    print(question, end="", flush=True)
    try:
        answer = sys.stdin.readline()
    except OSError:
        answer = ""
    if not answer:
        return np.zeros((0, 0))
    said = answer.rstrip("\n")
    spelled = re.fullmatch(r"""\s*(['"])(.*)\1\s*""", said)
    return said if kind else spelled.group(2) if spelled else str2num(said)


def str2num(text: str, *, nargout: int = 1) -> Any:
    """The matrix a text of numbers and arithmetic spells, `[]` where it spells none; nothing else is evaluated."""
    joined = re.sub(
        r"\s*(?:\.?[*/^]\s*|(?<=\s)[+-]\s+)", lambda m: m.group().strip().lstrip("."), text.strip()
    )
    rows = [row.strip(" ,") for row in re.split("[;\n]", joined.removeprefix("[").removesuffix("]"))]
    try:
        numbers = [[_arithmetic(word) for word in re.split(r"[\s,]+", row)] for row in rows if row]
        value = unbox(np.array(numbers).reshape(len(numbers), -1)) if numbers else np.zeros((0, 0))
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError):
        value = np.zeros((0, 0))
    return (value, np.bool_(np.size(value) > 0)) if nargout > 1 else value


_CONSTANTS = {
    "pi": np.pi,
    "e": np.e,
    "inf": np.inf,
    "nan": np.nan,
    "true": 1.0,
    "false": 0.0,
    "i": 1j,
    "j": 1j,
}
_ARITHMETIC: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def _arithmetic(word: str) -> Any:
    """The number that a word of digits and operators spells; ValueError for all else."""
    if len(word) > 200 or "_" in word:
        raise ValueError(word)
    return _computed(ast.parse(word.replace("^", "**"), mode="eval").body)


def _computed(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
        return node.value if isinstance(node.value, complex) else float(node.value)
    if isinstance(node, ast.Name) and node.id.lower() in _CONSTANTS:
        return _CONSTANTS[node.id.lower()]
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        return _ARITHMETIC[type(node.op)](_computed(node.left), _computed(node.right))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _ARITHMETIC:
        return _ARITHMETIC[type(node.op)](_computed(node.operand))
    raise ValueError("not a number")


def num2str(x: Value, form: Value = None) -> Value:
    """Numbers as text: whole ones whole, others with 4 digits behind the point, or as `form` says."""
    if ischar(x):
        return x
    array = grid(x)
    if array.size == 0:
        return ""
    if np.iscomplexobj(array):
        return _complex2str(array, form)
    template = form if isinstance(form, str) else _real_format(array, form)
    flat = array.reshape(array.shape[0], -1, order="F")
    conversions = len(re.findall(r"%(?!%)", template.replace("%%", "")))
    if conversions > 1 or template in ("%s", "%c"):
        lines = sprintf(template, flat.T).split("\n")
    else:
        lines = [sprintf(template.rstrip(" ") * flat.shape[1], *row) for row in flat]
    return strtrim(stacked([line for line in lines if line] if conversions > 1 else lines))


def _digits(x: Array) -> int:
    """The exponent of ten of the largest finite magnitude."""
    finite = np.abs(x[np.isfinite(x)])
    top = finite.max() if finite.size else 0
    return int(np.floor(np.log10(float(top)))) if top > 0 else 0


def _real_format(x: Array, precision: Value) -> str:
    if given(precision):
        digits = whole(precision)
        return f"%{digits + 7}.{digits}g" if x.dtype.kind == "f" else f"%{digits}d"
    if x.dtype == bool:
        return "%3d"
    values = x.astype(float)
    digits, finite = _digits(values), values[np.isfinite(values)]
    if digits > 15 or np.any(finite != np.trunc(finite)):
        digits = min(max(digits + 5, 5), 16)
        return f"%{digits + 7}.{digits}g"
    return f"%{max(digits + 3, 5) if finite.size < values.size else digits + 3}.0f"


def _complex2str(x: Array, form: Value) -> Value:
    """Real parts, then signed imaginary parts with their `i`, padding moved behind the `i`."""
    parts = np.stack([x.real, x.imag])
    if isinstance(form, str):
        template = form.rstrip(" ") + "%-+" + form[1:] + "i"
    elif given(form):
        template = f"%{whole(form) + 7}.{whole(form)}g%-+{whole(form) + 7}.{whole(form)}gi"
    else:
        digits = _digits(parts)
        fraction = np.any(parts[np.isfinite(parts)] != np.trunc(parts[np.isfinite(parts)]))
        digits = min(max(digits + 5, 5), 16) if fraction else digits + 3
        width, points = (digits + 7, f".{digits}g") if fraction else (digits, ".0f")
        template = f"%{width}{points}%-+{width}{points}i"
    lines = []
    for row in x:
        numbers = [part for v in row for part in (v.real, v.imag)]
        line = sprintf(template * row.size, *numbers)
        lines.append(re.sub(r"( +)i", r"i\1", line).rstrip())
    return strtrim(stacked(lines))


def int2str(x: Value) -> Value:
    """Numbers rounded, halves away from zero, as text."""
    if ischar(x):
        return x
    array = matrix(x).real
    return num2str(np.where(np.isfinite(array), np.trunc(array + np.copysign(0.5, array)), array))


def mat2str(x: Value, precision: Value = None, class_name: str = "") -> str:
    """The text that makes the matrix again, with 15 significant digits or as many as asked."""
    if isinstance(precision, str):
        precision, class_name = None, precision
    if ischar(x):
        lines = [f'"{line}"' for line in lines_of(x)]
        return lines[0] if len(lines) == 1 else "[" + ";".join(lines) + "]"
    array = grid(x)
    digits = whole(precision) if given(precision) else 15
    rows = [" ".join(_literal(v, digits) for v in row) for row in array]
    text = rows[0] if array.size == 1 else f"[{';'.join(rows)}]" if array.size else "[]"
    return f"{class_(array)}({text})" if class_name == "class" else text


def _literal(value: Any, digits: int) -> str:
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, complex | np.complexfloating):
        return f"{sprintf(f'%.{digits}g', value.real)}{sprintf(f'%+.{digits}g', value.imag)}i"
    return sprintf(f"%.{digits}g", value)


def dec2base(x: Value, base: Value, width: Value = 0) -> Value:
    """Digits of whole numbers in a base, one row each."""
    return stacked_right([_in_base(int(v), whole(base)) for v in matrix(x).ravel(order="F")], whole(width))


def _in_base(value: int, base: int) -> str:
    digits = ""
    while value:
        value, digit = divmod(value, base)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return digits or "0"


def stacked_right(lines: list[str], width: int = 0) -> Value:
    """Lines as rows of one text with zeros in front."""
    widest = max([width, *map(len, lines)])
    return stacked([line.rjust(widest, "0") for line in lines])


def dec2bin(x: Value, width: Value = 0) -> Value:
    """Binary digits of whole numbers, one row each."""
    return dec2base(x, 2, width)


def dec2hex(x: Value, width: Value = 0) -> Value:
    """Hexadecimal digits of whole numbers, one row each."""
    return dec2base(x, 16, width)


def bin2dec(x: Value) -> Value:
    """The numbers that rows of binary digits spell."""
    return base2dec(x, 2)


def hex2dec(x: Value) -> Value:
    """The numbers that rows of hexadecimal digits spell."""
    return base2dec(x, 16)


def base2dec(x: Value, base: Value) -> Value:
    """The numbers that rows of digits spell in a base."""
    values = [[float(int(line.replace(" ", ""), whole(base)))] for line in lines_of(x)]
    return unbox(np.array(values))
