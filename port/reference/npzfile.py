"""Read .npy and .npz files that anybody may have written: arrays of numbers and text, no pickles, no bombs."""

import io
import math
import os
import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy

from port.errors import CaseError
from port.reference.files import read_whole
from port.reference.matvalue import Array, Budget

MOST_ARRAYS = 100_000
KINDS = "biufcUS"
LONGEST_HEADER = 10_000
HEADERS = {
    (1, 0): npy.read_array_header_1_0,
    (2, 0): npy.read_array_header_2_0,
    (3, 0): npy.read_array_header_2_0,
}
DAMAGE = (
    ValueError, TypeError, KeyError, EOFError, OSError, RuntimeError, OverflowError, SyntaxError, zlib.error,
    zipfile.BadZipFile, NotImplementedError, tokenize.TokenError,
)  # fmt: skip


def read_npz(path: str | os.PathLike[str]) -> dict[str, Array]:
    """Arrays of an .npz by name, or the one of an .npy under the name of the file.

    Raises CaseError, one sentence with the path, for a file that is missing, damaged, larger inside than a file of
    its size can be, or that holds anything but numbers, logicals and text.
    """
    path = Path(path)
    data = read_whole(path)
    try:
        if path.suffix == ".npy":
            return {path.stem: _array(io.BytesIO(data), len(data))}
        return _members(data)
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None
    except MemoryError:
        raise CaseError(f"{path}: it does not fit in memory") from None
    except DAMAGE as error:
        raise CaseError(f"{path}: it is damaged, or no {path.suffix} file: {error}") from None


def _members(data: bytes) -> dict[str, Array]:
    """The arrays of a zip file, which all together may be 256 MiB and 32 times the size of the file."""
    left = Budget.for_file(len(data)).left
    arrays: dict[str, Array] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MOST_ARRAYS:
            raise CaseError(f"it holds more than {MOST_ARRAYS} arrays")
        for info in archive.infolist():
            with archive.open(info) as member:
                array = _array(member, left)
            left -= array.nbytes
            arrays[info.filename.removesuffix(".npy")] = array
    return arrays


def _array(stream: Any, most: int) -> Array:
    """The array of an .npy of at most `most` bytes; its header is believed only where the bytes bear it out."""
    version = npy.read_magic(stream)
    if version not in HEADERS:
        raise CaseError(f"it is in version {version} of the .npy format, which this NumPy does not know")
    shape, by_columns, dtype = HEADERS[version](stream, max_header_size=LONGEST_HEADER)
    if dtype.kind not in KINDS or not dtype.itemsize:
        raise CaseError(f"it holds an array of {dtype}; save numbers, logicals and text")
    size = math.prod(shape) * dtype.itemsize
    if any(extent < 0 for extent in shape) or size > most:
        raise CaseError(
            f"it declares an array of {dtype} of shape {shape}, larger than a file of its size should hold"
        )
    body = bytearray(size)
    view, place = memoryview(body), 0
    while place < size and (count := stream.readinto(view[place:])):
        place += count
    if place < size or stream.read(1):
        raise CaseError(f"it declares an array of {dtype} of shape {shape} and does not hold that many bytes")
    return np.frombuffer(body, dtype).reshape(shape, order="F" if by_columns else "C")
