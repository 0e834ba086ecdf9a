"""Open files by number, as MATLAB knows them: text by lines, binary data by class and byte order; and `sscanf`."""

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_class,
    characters,
    codes,
    given,
    grid,
    matrix,
    unbox,
    whole,
)

_OPEN: dict[int, Any] = {}
_ORDERS = {"b": ">", "ieee-be": ">", "be": ">", "l": "<", "ieee-le": "<", "le": "<", "n": "=", "native": "="}
_TYPES = {
    **{"uchar": "u1", "unsigned char": "u1", "uint8": "u1", "char": "u1", "schar": "i1", "int8": "i1"},
    **{
        "uint16": "u2",
        "ushort": "u2",
        "int16": "i2",
        "short": "i2",
        "uint32": "u4",
        "uint": "u4",
        "int32": "i4",
    },
    **{
        "int": "i4",
        "uint64": "u8",
        "int64": "i8",
        "long": "i8",
        "single": "f4",
        "float": "f4",
        "float32": "f4",
    },
    **{"double": "f8", "float64": "f8", "real*8": "f8", "real*4": "f4", "integer*4": "i4"},
}


def fopen(path: Value, mode: str = "r", order: str = "native", *, nargout: int = 1) -> Any:
    """The number of an opened file, -1 where it cannot be opened (Python raises); `nargout=2` adds the reason.

    Of the number of a file, its name; of what is no file, a text without characters.
    """
    if not isinstance(path, str):
        return getattr(_OPEN.get(whole(path)), "name", "")
    try:
        stream = Path(path).open(mode.replace("t", "").replace("b", "") + "b")
    except OSError as problem:
        return (-1.0, str(problem.strerror))[:nargout] if nargout > 1 else -1.0
    fid = max(_OPEN, default=2) + 1
    _OPEN[fid] = stream
    return (float(fid), "")[:nargout] if nargout > 1 else float(fid)


def fclose(fid: Value) -> float:
    """Close a file, or "all"; 0 if that went well."""
    for open_one in list(_OPEN) if isinstance(fid, str) else [whole(fid)]:
        _file(open_one).close()
        del _OPEN[open_one]
    return 0.0


def _file(fid: Value) -> Any:
    """The open file of a number."""
    if whole(fid) not in _OPEN:
        raise MatlabError(f"invalid stream number = {whole(fid)}")
    return _OPEN[whole(fid)]


def write_text(fid: Value, text: str) -> None:
    """Write to standard output (1), standard error (2) or an open file."""
    streams = {1: sys.stdout, 2: sys.stderr}
    if whole(fid) in streams:
        streams[whole(fid)].write(text)
    else:
        _file(fid).write(text.encode())


def _decoded(data: bytes) -> str:
    """The characters of bytes: UTF-8, and where it is none, Latin-1."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def fgetl(fid: Value) -> Any:
    """The next line without its end, or -1 behind the last."""
    line = fgets(fid)
    return line.rstrip("\n") if isinstance(line, str) else line


def fgets(fid: Value) -> Any:
    """The next line with its end, or -1 behind the last."""
    return _decoded(_file(fid).readline()) or -1.0


def feof(fid: Value) -> bool:
    """Whether nothing is left to read (MATLAB knows it only after a read has failed)."""
    stream = _file(fid)
    at = stream.tell()
    left = stream.read(1)
    stream.seek(at)
    return not left


def frewind(fid: Value) -> None:
    """Back to the beginning."""
    _file(fid).seek(0)


def fseek(fid: Value, offset: Value, origin: Value = 0) -> float:
    """To a place counted from the beginning ("bof"), from here ("cof") or from the end ("eof"); 0 if it went well."""
    places = {"bof": 0, "cof": 1, "eof": 2}
    _file(fid).seek(whole(offset), places[origin] if isinstance(origin, str) else whole(origin))
    return 0.0


def ftell(fid: Value) -> float:
    """The place in the file, in bytes."""
    return float(_file(fid).tell())


def fread(
    fid: Value,
    size: Value = None,
    precision: str = "uint8",
    skip: Value = 0,
    order: str = "native",
    *,
    nargout: int = 1,
) -> Any:
    """Binary numbers as a column of doubles, or in the size given; "*int32", "uint8=>single" keep or name a class."""
    _require_no_skip(skip)
    source, _, kept = precision.lstrip("*").partition("=>")
    kept = source if precision.startswith("*") else kept or "double"
    wanted = matrix(size).ravel() if given(size) else np.array([np.inf])
    dtype = np.dtype(_ORDERS[order.lower()] + _TYPES[source.strip()])
    count = -1 if np.isinf(wanted).any() else int(np.prod(wanted))
    data = _file(fid).read(count * dtype.itemsize if count >= 0 else -1)
    numbers = np.frombuffer(data[: len(data) // dtype.itemsize * dtype.itemsize], dtype=dtype)
    shaped = _sized(numbers.astype(dtype.newbyteorder("=")), wanted)
    values = unbox(
        characters(shaped) if kept == "char" else as_class(shaped, {"uchar": "uint8"}.get(kept, kept))
    )
    return (values, float(numbers.size)) if nargout > 1 else values


def _require_no_skip(skip: Value) -> None:
    if whole(skip):
        raise MatlabError("fread, fwrite: bytes cannot be skipped here; read them and leave them out")


def _sized(numbers: Array, wanted: Array) -> Array:
    """Numbers in column order as a column, or as a matrix whose last columns may be filled up with zeros."""
    if wanted.size == 1:
        return numbers.reshape(-1, 1)
    rows = min(int(wanted[0]), numbers.size)
    columns = -(-numbers.size // rows) if rows else 0
    padded = np.concatenate([numbers, np.zeros(rows * columns - numbers.size, dtype=numbers.dtype)])
    return padded.reshape((rows, columns), order="F")


def fwrite(
    fid: Value, data: Value, precision: str = "uint8", skip: Value = 0, order: str = "native"
) -> float:
    """Write numbers, column by column, in a class and byte order; returns how many."""
    _require_no_skip(skip)
    numbers = matrix(data).ravel(order="F")
    kind = np.dtype(_TYPES[precision])
    exact = as_class(numbers, kind.name) if kind.kind in "iu" else numbers
    _file(fid).write(exact.astype(_ORDERS[order.lower()] + _TYPES[precision]).tobytes())
    return float(numbers.size)


def fileread(path: str) -> str:
    """All text of a file."""
    return _decoded(Path(path).read_bytes())


def fscanf(fid: Value, template: str, size: Value = None) -> Any:
    """As `sscanf`, of what is left in a file; what the template did not take stays there to be read."""
    stream = _file(fid)
    start = stream.tell()
    found, end = _scanned(stream.read().decode("latin-1"), template, size)
    stream.seek(start + end)
    return _scan_result([_decoded(v.encode("latin-1")) if isinstance(v, str) else v for v in found], size)


_SCANNED = re.compile(r"%(\*?)(\d*)l?([diufgeExscEG]|\[[^\]]+\])|(\s+)|(%%|[^%\s]+)")
_FLOAT = r"[+-]?(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
_PATTERNS = {
    **dict.fromkeys("diu", r"[+-]?\d+"),
    **dict.fromkeys("fgeEG", _FLOAT),
    "x": r"[0-9a-fA-F]+",
    "s": r"\S+",
}


def sscanf(text: str, template: str, size: Value = None) -> Any:
    """What a template finds in a text, again and again until it fits no more or `size` values are there: a column of
    numbers, or one text.
    """
    return _scan_result(_scanned(text, template, size)[0], size)


def _scan_result(found: list[float | str], size: Value) -> Any:
    """The values that were found, in the size that was asked for."""
    if found and all(isinstance(part, str) for part in found):
        text = "".join(map(str, found))
        wanted = matrix(size).ravel() if given(size) else np.array([])
        return unbox(characters(_sized(codes(grid(text)).ravel(), wanted))) if wanted.size > 1 else text
    numbers = np.array(
        [float(v) for part in found for v in (map(ord, part) if isinstance(part, str) else [part])]
    )
    return unbox(_sized(numbers, matrix(size).ravel() if given(size) else np.array([np.inf])))


def _scanned(text: str, template: str, size: Value) -> tuple[list[float | str], int]:
    """The values that a template finds in a text, and how many characters it took."""
    pieces = list(_SCANNED.finditer(template))
    most = float(np.prod(matrix(size))) if given(size) else np.inf
    found: list[float | str] = []
    at = 0
    while pieces:
        values, at, whole_round = _scan_once(pieces, text, at, most - len(found))
        found += values
        if not whole_round or at >= len(text) or not values:
            break
    return found, at


def _scan_once(
    pieces: list[re.Match[str]], text: str, at: int, most: float
) -> tuple[list[float | str], int, bool]:
    """One pass of the template: the values, the place reached, and whether all fitted and more may follow."""
    values: list[float | str] = []
    for piece in pieces:
        ignored, width, kind, blank, literal = piece.groups()
        if kind and len(values) >= most:
            return values, at, False
        if kind != "c" and not (kind or "").startswith("["):
            at += len(text[at:]) - len(text[at:].lstrip())
        if blank:
            continue
        pattern = re.escape(literal.replace("%%", "%")) if literal else _scan_pattern(kind, width)
        match = re.compile(pattern, re.IGNORECASE).match(text, at, at + int(width) if width else len(text))
        if match is None:
            return values, at, False
        at = match.end()
        if kind and not ignored:
            values.append(_scan_value(kind, match.group()))
    return values, at, len(values) < most


def _scan_value(kind: str, text: str) -> float | str:
    """What a conversion makes of the characters it took."""
    if kind in "sc" or kind[0] == "[":
        return text
    return float(int(text, 16)) if kind == "x" else float(text)


def _scan_pattern(kind: str, width: str) -> str:
    if kind == "c":
        return f"(?s:.){{{width or 1}}}"
    return f"{kind}+" if kind[0] == "[" else _PATTERNS[kind]


def typecast(x: Value, name: str) -> Value:
    """The same bytes as another class."""
    kinds = {"single": "float32", "double": "float64", "char": "uint8", "logical": "bool"}
    flat = matrix(x).flatten(order="F").view(kinds.get(name, name))
    return unbox(flat.reshape((-1, 1) if grid(x).shape[0] > 1 else (1, -1)))


def swapbytes(x: Value) -> Value:
    """The bytes of each number in reverse order."""
    return unbox(matrix(x).byteswap())
