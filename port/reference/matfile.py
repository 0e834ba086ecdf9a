"""Read and write .mat files of every level (v4, v6, v7, v7.3) with MATLAB's classes and sizes kept.

MATLAB compacts on disk: a double that holds small integers is stored as uint8, and readers that hand out
what is stored make `1 - y` wrap around. Here a double is float64, whatever was stored. What each MATLAB value
is in Python is the table in `port.reference.matvalue`.
"""

import io
import os
import pickle
import struct
import subprocess
import sys
import warnings
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np

from port.errors import CaseError
from port.reference import mat4, mat5
from port.reference.files import read_whole, write_whole
from port.reference.matvalue import DTYPES, Budget, Value, class_and_size, is_sparse, object_array

READ_HDF5 = "from port.reference.mat73 import main; main()"
HDF5_SECONDS, HDF5_BYTES_PER_SECOND = 30.0, 10e6
HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
DAMAGE = (ValueError, TypeError, KeyError, OSError, RuntimeError, OverflowError, struct.error, zlib.error)


def read_mat(
    path: str | os.PathLike[str], names: Collection[str] | None = None, *, apart: bool = True
) -> dict[str, Value]:
    """Variables of a .mat file (those of `names`, where given) by name, in the order of the file.

    The library that reads v7.3 can crash on a damaged file, and so runs in a process of its own; a caller that is
    such a process says `apart=False`.

    Raises CaseError, one sentence with the path, for a file that is missing, cut short, damaged, no .mat
    file, larger inside than a file of its size can be, or that holds an object only MATLAB can open.
    """
    path = Path(path)
    data = read_whole(path)
    try:
        with np.errstate(all="ignore"):
            values = {
                name: value for name, value in _variables(path, data, apart) if names is None or name in names
            }
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None
    except MemoryError:
        raise CaseError(f"{path}: it does not fit in memory") from None
    except DAMAGE as error:
        raise CaseError(f"{path}: it is damaged ({_reason(error)})") from None
    for name, value in values.items():
        _refuse_objects(path, name, value)
    return values


def write_mat(path: str | os.PathLike[str], variables: Mapping[str, Value], *, compress: bool = True) -> None:
    """Write variables as v7 (compressed) or v6, whole or not at all.

    Values are those `read_mat` gives, and Python's scalars; raises CaseError for a value MATLAB cannot hold,
    such as an array of one dimension.
    """
    from scipy.io import savemat

    path = Path(path)
    stored = {name: _storable(value, name) for name, value in variables.items()}
    buffer = io.BytesIO()
    try:
        with warnings.catch_warnings(action="error"):
            savemat(cast(Any, buffer), stored, long_field_names=True, do_compression=compress)
    except (ValueError, TypeError, Warning) as error:
        raise CaseError(f"{path}: it cannot be written: {error}") from None
    write_whole(path, buffer.getvalue())


def _variables(path: Path, data: bytes, apart: bool) -> Iterable[tuple[str, Value]]:
    budget = Budget.for_file(len(data))
    if data.startswith(HDF5_SIGNATURE) or data[512:520] == HDF5_SIGNATURE:
        if apart:
            return _apart(path)
        from port.reference import mat73

        return mat73.read(str(path), budget)
    if mat5.looks_like(data):
        return mat5.read(data, budget)
    if mat4.looks_like(data):
        return mat4.read(data, budget)
    raise CaseError(_what_it_is(data))


def _apart(path: Path) -> Iterable[tuple[str, Value]]:
    """Variables of a v7.3 file, read by a process of its own: damaged files can crash the HDF5 library."""
    command = [sys.executable, "-P", "-c", READ_HDF5, str(path)]
    search_path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
    environment = {**os.environ, "PYTHONPATH": search_path, "OPENBLAS_NUM_THREADS": "1"}
    seconds = HDF5_SECONDS + path.stat().st_size / HDF5_BYTES_PER_SECOND
    try:
        reader = subprocess.run(command, capture_output=True, env=environment, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise CaseError(f"it is damaged (the HDF5 library did not finish within {seconds:.0f} s)") from None
    if reader.returncode:
        raise CaseError("it is damaged (the HDF5 library crashed on it)")
    values, problem = pickle.loads(reader.stdout)
    if problem:
        raise CaseError(problem)
    return cast(Iterable[tuple[str, Value]], values)


def _what_it_is(data: bytes) -> str:
    if not data:
        return "it is empty"
    if data.startswith((b"# Created by Octave", b"Octave-1-")):
        return "it is in Octave's own format and not a .mat file: save it with `save -v7`"
    if data.startswith(b"MATLAB 5.0 MAT-file") or data.startswith(b"MATLAB 7.3 MAT-file"):
        return "it is cut short inside the file header"
    return "it is not a .mat file"


def _reason(error: BaseException) -> str:
    """What an error says; str() of a KeyError would quote it."""
    return str(error.args[0] if error.args else type(error).__name__)


def _refuse_objects(path: Path, where: str, value: Value) -> None:
    """Raise CaseError where a value holds an object; `where` is its name in MATLAB."""
    if isinstance(value, mat5.Opaque):
        raise CaseError(
            f"{path}: `{where}` is {value.what}, which only MATLAB can open: save numbers, logical, char, "
            "cells and structs (in MATLAB: double(s), char(s), struct(s), func2str(f))"
        )
    if isinstance(value, Mapping):
        for field, item in value.items():
            _refuse_objects(path, f"{where}.{field}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value, 1):
            _refuse_objects(path, f"{where}{{{index}}}", item)
    elif isinstance(value, np.ndarray) and value.dtype.hasobject:
        for item in value.ravel(order="F"):
            items = [item] if value.dtype.names is None else item
            for element in items:
                _refuse_objects(path, f"{where}(...)", element)


def _storable(value: Value, where: str) -> Any:
    """The form of a value from which scipy writes the same MATLAB class and size."""
    try:
        kind, size = class_and_size(value)
    except CaseError as error:
        raise CaseError(f"`{where}`: {error}") from None
    if isinstance(value, Mapping):
        return {str(field): _storable(item, f"{where}.{field}") for field, item in value.items()}
    if isinstance(value, list | tuple):
        return object_array([_storable(item, f"{where}{{{i}}}") for i, item in enumerate(value, 1)], size)
    if isinstance(value, str):
        return value if value else np.empty((0, 0), "<U1")
    if is_sparse(value):
        return value
    array = np.asarray(value, DTYPES.get(kind) if type(value) is int else None).reshape(size, order="F")
    if kind == "char":
        return np.ascontiguousarray(array).view(f"<U{size[-1]}")[..., 0]
    if kind in ("cell", "struct"):
        return _storable_objects(array, where)
    return array


def _storable_objects(array: np.ndarray[Any, Any], where: str) -> Any:
    if array.dtype.names is None:
        return object_array(
            [_storable(item, f"{where}{{...}}") for item in array.ravel(order="F")], array.shape
        )
    if not array.dtype.names:
        raise CaseError(f"`{where}`: a struct array without fields cannot be written")
    stored = np.empty(array.shape, array.dtype, order="F")
    for field in array.dtype.names:
        items = [_storable(item, f"{where}(...).{field}") for item in array[field].ravel(order="F")]
        stored[field] = object_array(items, array.shape)
    return stored
