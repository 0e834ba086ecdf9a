"""Values as bytes and back: an npz of two numeric arrays, read without pickle and without trust.

A value is what `port.reference.matvalue` lists, with arrays of any number of dimensions, and None. `index` holds
the shape of the tree as JSON, `data` the bytes of every array, one after another. The bytes may come from code that
nobody trusts, so `unpack` believes no size it has not counted.
"""

import io
import itertools
import json
import math
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from port.errors import CaseError

CASES, RUN, STOP = b"C", b"R", b"S"
"""What the template is asked: here are cases, run this, stop it."""
MESSAGE = 4096
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_INDEX = 16 << 20
NUMERIC = re.compile(r"[<>|=]?(b1|[iu][1248]|f[248]|f16|c8|c16|c32)")
Node = list[Any]


def pack(value: Any) -> bytes:
    """The value as npz bytes; raises CaseError for a value that is not made of arrays and text."""
    chunks: list[bytes] = []
    index = json.dumps(_encode(value, chunks, [0], 0)).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (("index", index), ("data", b"".join(chunks))):
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                entry.write(_header(len(content)) + content)
    return stream.getvalue()


def unpack(blob: bytes, *, limit: int | None) -> Any:
    """The value in npz bytes of at most `limit` bytes; raises CaseError for anything that `pack` does not write.

    Without a limit the bytes are our own, of any size.
    """
    if limit is not None and len(blob) > limit:
        raise CaseError(f"{len(blob)} bytes of results, the limit is {limit}")
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            index, data = _entry(archive, "index.npy"), _entry(archive, "data.npy")
        if limit is not None and len(index) > MAX_INDEX:
            raise CaseError(f"{len(index)} bytes to say what results hold, the limit is {MAX_INDEX}")
        count = iter(range(MAX_NODES)) if limit is not None else itertools.count()
        return _decode(json.loads(index), data, count, 0)
    except CaseError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RecursionError, EOFError, OSError) as error:
        raise CaseError(f"results are not a readable npz: {error}") from None
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RuntimeError) as error:
        raise CaseError(f"results do not say what they hold: {error}") from None


def _header(size: int) -> bytes:
    """Header of a one-dimensional uint8 .npy of `size` bytes."""
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({size},), }}"
    padded = text.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded.encode("latin1")


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Bytes of one uint8 array of the archive, which must be stored as it is and complete."""
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
        raise CaseError(f"{name} is compressed; results travel as they are")
    content = archive.read(info)
    header = len(_header(0))
    if content[:header] != _header(len(content) - header):
        raise CaseError(f"{name} is not a one-dimensional uint8 array of its own length")
    return content[header:]


def _encode(value: Any, chunks: list[bytes], offset: list[int], depth: int) -> Node:
    """JSON node of a value; its bytes are added to `chunks`."""
    if depth > MAX_DEPTH:
        raise CaseError(f"values are nested more than {MAX_DEPTH} deep")
    if value is None:
        return ["none"]
    if isinstance(value, str):
        return ["text", str(value)]
    if type(value) in (bool, int, float):
        return ["number", value]
    if isinstance(value, list):
        return ["list", [_encode(item, chunks, offset, depth + 1) for item in value]]
    if isinstance(value, dict):
        return ["dict", {str(key): _encode(item, chunks, offset, depth + 1) for key, item in value.items()}]
    if hasattr(value, "tocsc"):
        parts = value.tocsc()
        arrays = [parts.data, parts.indices, parts.indptr]
        return ["sparse", list(parts.shape), [_encode(item, chunks, offset, depth + 1) for item in arrays]]
    if isinstance(value, np.ndarray) and value.dtype.names:
        columns = {name: _encode(value[name], chunks, offset, depth + 1) for name in value.dtype.names}
        return ["struct", list(value.shape), columns]
    array = np.asarray(value)
    if isinstance(value, np.ndarray) and array.dtype.kind in "OU":
        items = [_encode(item, chunks, offset, depth + 1) for item in array.ravel().tolist()]
        return ["cell" if array.dtype == object else "chars", list(array.shape), items]
    if not NUMERIC.fullmatch(array.dtype.str):
        raise CaseError(f"a value of type {type(value).__name__} ({array.dtype}) is not numeric")
    content = array.tobytes()
    chunks.append(content)
    start, offset[0] = offset[0], offset[0] + len(content)
    return ["array", array.dtype.str, list(array.shape), start]


def _decode(node: Any, data: bytes, count: Iterator[int], depth: int) -> Any:
    """Value of a JSON node; every size is checked against the bytes that are there."""
    if next(count, None) is None or depth > MAX_DEPTH:
        raise CaseError(f"more than {MAX_NODES} values, or nested more than {MAX_DEPTH} deep")
    kind, *rest = node
    if kind == "none":
        return None
    if kind == "text":
        return str(rest[0])
    if kind == "number" and type(rest[0]) in (bool, int, float):
        return rest[0]
    if kind == "list":
        return [_decode(item, data, count, depth + 1) for item in rest[0]]
    if kind == "dict":
        return {str(key): _decode(item, data, count, depth + 1) for key, item in rest[0].items()}
    if kind == "cell":
        return _cell(_shape(rest[0]), [_decode(item, data, count, depth + 1) for item in rest[1]])
    if kind == "chars":
        return _cell(_shape(rest[0]), [str(item[1]) for item in rest[1]]).astype("U")
    if kind == "struct":
        columns = {str(name): _decode(item, data, count, depth + 1) for name, item in rest[1].items()}
        return _struct(_shape(rest[0]), columns)
    if kind == "sparse":
        return _sparse(_shape(rest[0]), [_decode(item, data, count, depth + 1) for item in rest[1]])
    if kind == "array":
        return _array(rest[0], _shape(rest[1]), rest[2], data)
    raise CaseError(f"results hold an unknown kind of value, {str(kind)[:40]!r}")


def _shape(sizes: Any) -> tuple[int, ...]:
    """A shape of at most 32 dimensions, each a non-negative integer."""
    if len(sizes) > 32 or not all(type(size) is int and size >= 0 for size in sizes):
        raise CaseError(f"results declare an impossible shape, {str(sizes)[:80]}")
    return tuple(sizes)


def _cell(shape: tuple[int, ...], items: list[Any]) -> NDArray[np.object_]:
    if math.prod(shape) != len(items):
        raise CaseError(f"a cell declares shape {shape} and holds {len(items)} values")
    cell = np.empty(len(items), dtype=object)
    cell[:] = items
    return cell.reshape(shape)


def _struct(shape: tuple[int, ...], columns: dict[str, Any]) -> NDArray[Any]:
    table = np.empty(shape, dtype=[(name, object) for name in columns])
    for name, column in columns.items():
        if not isinstance(column, np.ndarray) or column.shape != shape:
            raise CaseError(f"field {name[:40]!r} of a struct array is no cell of shape {shape}")
        table[name] = column
    return table


def _sparse(shape: tuple[int, ...], parts: list[Any]) -> Any:
    from scipy.sparse import csc_array

    matrix = csc_array(tuple(parts), shape=cast(tuple[int, int], shape))
    matrix.check_format(full_check=True)
    return matrix


def _array(code: Any, shape: tuple[int, ...], start: Any, data: bytes) -> NDArray[Any]:
    if not isinstance(code, str) or not NUMERIC.fullmatch(code):
        raise CaseError(f"results hold an array of type {str(code)[:40]!r}, which is not numeric")
    dtype = np.dtype(code)
    size = math.prod(shape) * dtype.itemsize
    if type(start) is not int or start < 0 or start + size > len(data):
        raise CaseError(f"results declare {size} bytes at {str(start)[:20]} and hold {len(data)}")
    return np.frombuffer(data[start : start + size], dtype=dtype).reshape(shape).copy()
