"""Build .mat files byte by byte: level 5 as MATLAB lays it out on disk, v7.3 as MATLAB fills HDF5.

What Octave and scipy write differs from what MATLAB writes (neither compacts as MATLAB does, neither writes
v7.3), so the tests make those files themselves.
"""

import itertools
import struct
import zlib
from pathlib import Path

import h5py
import numpy as np

from port.reference.matvalue import DTYPES, class_and_size

HEADER = b"MATLAB 5.0 MAT-file, made by hand".ljust(116) + bytes(8) + b"\x00\x01IM"
CLASS = {
    "cell": 1,
    "struct": 2,
    "object": 3,
    "char": 4,
    "sparse": 5,
    "double": 6,
    "single": 7,
    "int8": 8,
    "uint8": 9,
}
FUNCTION, OPAQUE = 16, 17
MATRIX, COMPRESSED = 14, 15
LOGICAL, COMPLEX = 0x200, 0x800
SERIAL = itertools.count()
STORED = {"i1": 1, "u1": 2, "i2": 3, "u2": 4, "i4": 5, "u4": 6, "f4": 7, "f8": 9, "i8": 12, "u8": 13}


def element(kind, data):
    """One element with its tag; up to four bytes go inside the tag, as MATLAB puts them."""
    if 0 < len(data) <= 4 and kind != MATRIX:
        return struct.pack("<HH", kind, len(data)) + data.ljust(4, b"\0")
    return struct.pack("<2I", kind, len(data)) + data + bytes(-len(data) % 8)


def numbers(values, stored):
    """An element of numbers stored in a type such as `u1`."""
    return element(STORED[stored], np.asarray(values, f"<{stored}").tobytes())


def matrix(name, kind, size, *parts, flags=0):
    """A variable of class number `kind`; `parts` are the elements of its data."""
    head = element(6, struct.pack("<2I", kind | flags, 0))
    return element(MATRIX, head + numbers(size, "i4") + element(1, name.encode()) + b"".join(parts))


def compressed(variable):
    """The compressed element of a variable, unpadded as MATLAB leaves it."""
    packed = zlib.compress(variable)
    return struct.pack("<2I", COMPRESSED, len(packed)) + packed


def struct_of(name, **fields):
    """A 1 x 1 struct variable from field elements (made with an empty name)."""
    names = b"".join(field.encode().ljust(32, b"\0") for field in fields)
    return matrix(name, CLASS["struct"], (1, 1), numbers([32], "i4"), element(1, names), *fields.values())


def write_level_5(path, *variables):
    Path(path).write_bytes(HEADER + b"".join(variables))
    return path


def write_hdf5(path, variables):
    """Write values (as `read_mat` gives them) as MATLAB does: classes as attributes, cells as references."""
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, value in variables.items():
            _put(file, file, name, value)
    with Path(path).open("r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, made by hand".ljust(116) + bytes(8) + b"\x00\x02IM")
    return path


def _put(file, group, name, value):
    kind, size = class_and_size(value)
    if kind == "struct" and isinstance(value, dict) and value:
        node = group.create_group(name)
        for field, item in value.items():
            _put(file, node, field, item)
    elif type(value).__module__.startswith("scipy.sparse"):
        node = _put_sparse(group, name, value)
    elif 0 in size or (kind == "struct" and not (value.dtype.names if hasattr(value, "dtype") else value)):
        node = group.create_dataset(name, data=np.array(size, "u8"))
        node.attrs["MATLAB_empty"] = np.uint8(1)
        if getattr(getattr(value, "dtype", None), "names", None):
            fields = [np.array([*field.encode()], "u1").view("S1") for field in value.dtype.names]
            node.attrs.create(
                "MATLAB_fields", np.array([*fields, None], object)[:-1], dtype=h5py.vlen_dtype("S1")
            )
    elif kind == "cell":
        cells = value if isinstance(value, np.ndarray) else _row(value)
        node = group.create_dataset(name, data=_references(file, cells), dtype=h5py.ref_dtype)
    elif kind == "struct":
        node = group.create_group(name)
        for field in value.dtype.names:
            node.create_dataset(field, data=_references(file, value[field]), dtype=h5py.ref_dtype)
    else:
        node = _put_array(group, name, kind, value)
    node.attrs["MATLAB_class"] = np.bytes_(kind)


def _row(values):
    row = np.empty((1, len(values)), object)
    row[0, :] = values
    return row


def _references(file, cells):
    references = np.empty(cells.T.shape, h5py.ref_dtype)
    refs = file.require_group("#refs#")
    for place in np.ndindex(*cells.T.shape):
        name = f"item{next(SERIAL)}"
        _put(file, refs, name, cells.T[place])
        references[place] = refs[name].ref
    return references


def _put_sparse(group, name, value):
    node = group.create_group(name)
    node.attrs["MATLAB_sparse"] = np.uint64(value.shape[0])
    node.create_dataset("jc", data=value.indptr.astype("u8"))
    if value.nnz:
        node.create_dataset("ir", data=value.indices.astype("u8"))
        data = value.data.astype("u1") if value.dtype == bool else value.data
        node.create_dataset("data", data=_compound(data))
    return node


def _put_array(group, name, kind, value):
    value = value if isinstance(value, str) else np.atleast_2d(value)
    if kind == "char":
        rows = [*value] if isinstance(value, np.ndarray) else [value]
        codes = np.array([[*memoryview("".join(row).encode("utf-16-le")).cast("H")] for row in rows], "u2")
        node = group.create_dataset(name, data=codes.T)
    elif kind == "logical":
        node = group.create_dataset(name, data=value.T.astype("u1"))
    else:
        node = group.create_dataset(
            name, data=_compound(np.asarray(value, None if np.iscomplexobj(value) else DTYPES[kind]).T)
        )
    if kind in ("char", "logical"):
        node.attrs["MATLAB_int_decode"] = np.int32(2 if kind == "char" else 1)
    return node


def _compound(data):
    if not np.iscomplexobj(data):
        return data
    pairs = np.empty(data.shape, [("real", data.real.dtype), ("imag", data.real.dtype)])
    pairs["real"], pairs["imag"] = data.real, data.imag
    return pairs
