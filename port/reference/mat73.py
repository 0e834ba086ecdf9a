"""Read MATLAB level 7.3 files (`save -v7.3`): HDF5 with MATLAB's class of every value as an attribute.

HDF5 counts dimensions from the other end, so every array is transposed on the way in; cells and struct
arrays are references into the group `#refs#`.
"""

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from math import prod
from typing import Any

import h5py
import numpy as np

from port.errors import CaseError
from port.reference.mat5 import Opaque
from port.reference.matvalue import (
    DTYPES,
    MAX_DEPTH,
    Array,
    Budget,
    Value,
    cell,
    characters,
    checked_size,
    numeric,
    sparse,
    structure,
)

NODE_BYTES = 16384
PROCESS_BYTES = 256 << 20


def main() -> None:
    """Read the file the command line names; write (variables, what is wrong or None) pickled to stdout."""
    path = sys.argv[1]
    budget = Budget(
        Budget.for_file(os.path.getsize(path)).left // 2
    )  # the answer is here twice: as it is, and pickled
    _limit_memory(2 * budget.left + PROCESS_BYTES)
    answer: tuple[list[tuple[str, Value]], str | None]
    try:
        answer = [*read(path, budget)], None
    except CaseError as error:
        answer = [], str(error)
    except (ValueError, TypeError, KeyError, OSError, RuntimeError, OverflowError, MemoryError) as error:
        answer = [], f"it is damaged ({error.args[0] if error.args else type(error).__name__})"
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=5))


def _limit_memory(bytes_: int) -> None:
    """Let this process have no more memory, where the system can see to it."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (bytes_, bytes_))


def read(path: str, budget: Budget) -> Iterator[tuple[str, Value]]:
    """Yield each variable as (name, value); what only MATLAB can open comes as Opaque."""
    with h5py.File(path, "r", locking=False) as file:
        if not any("MATLAB_class" in file[name].attrs for name in file if not name.startswith("#")):
            raise CaseError("it is HDF5 and not a MATLAB v7.3 file (in Octave, save with -v7, not -hdf5)")
        for name in file:
            if not name.startswith("#"):
                yield name, Reader(file, budget).value(file[name], ())


class Reader:
    """Follows the objects of one file, within one budget."""

    def __init__(self, file: Any, budget: Budget) -> None:
        self.file = file
        self.budget = budget

    def value(self, node: Any, path: tuple[Any, ...]) -> Value:
        """The MATLAB value of a group or dataset; `path` holds the ids of those that contain it."""
        if len(path) > MAX_DEPTH or node.id in path:
            raise CaseError(f"cells and structs are nested more than {MAX_DEPTH} deep, or hold themselves")
        self.budget.spend(NODE_BYTES)
        path = (*path, node.id)
        kind = _text(node.attrs.get("MATLAB_class", b""))
        if "MATLAB_sparse" in node.attrs:
            return self.sparse(node, kind)
        if kind == "function_handle":
            return Opaque("a function handle")
        if "MATLAB_object_decode" in node.attrs or kind not in (*DTYPES, "char", "cell", "struct"):
            return Opaque(f"an object of class '{kind}'")
        if isinstance(node, h5py.Group):
            return self.struct(node, path)
        if node.attrs.get("MATLAB_empty", 0):
            return self.empty(node, kind)
        if kind == "cell":
            return cell([self.value(item, path) for item in self.referred(node)], _size(node))
        return self.array(node, kind)

    def stored(self, dataset: Any) -> Array:
        """What a dataset holds, column-major values first to last, read within the budget."""
        if not isinstance(dataset, h5py.Dataset) or dataset.shape is None:
            raise CaseError("a value has no data")
        self.budget.spend(prod(dataset.shape) * dataset.dtype.itemsize)
        return np.asarray(dataset[()]).ravel()

    def referred(self, dataset: Any) -> Iterator[Any]:
        """The objects that a dataset of references points to."""
        if dataset.dtype != h5py.ref_dtype:
            raise CaseError("a cell or struct array does not hold references")
        for reference in self.stored(dataset):
            yield self.file[reference]

    def array(self, dataset: Any, kind: str) -> Value:
        """A numeric, logical or char array."""
        values = self.stored(dataset)
        if kind == "char":
            if values.dtype.kind != "u":
                raise CaseError("a char array is not stored as character codes")
            text = values.astype("<u2").tobytes().decode("utf-16-le", "replace")
            return characters(text, _size(dataset), self.budget)
        parts = [values["real"], values["imag"]] if values.dtype.names == ("real", "imag") else [values]
        if parts[0].dtype.kind not in "iufb":
            raise CaseError(f"an array of class {kind} is stored as {values.dtype}")
        return numeric(parts, DTYPES[kind], _size(dataset), self.budget)

    def empty(self, dataset: Any, kind: str) -> Value:
        """An empty array: the dataset holds its size."""
        size = checked_size([int(dim) for dim in self.stored(dataset)])
        if kind == "struct":
            fields = _fields(dataset) or []
            self.budget.spend(prod(size))
            return structure([{} for _ in range(prod(size))], fields, size)
        if prod(size):
            raise CaseError(f"an array of size {size} is marked empty")
        if kind in ("char", "cell"):
            return cell([], size) if kind == "cell" else ""
        return np.zeros(size, DTYPES[kind], order="F")

    def struct(self, group: Any, path: tuple[Any, ...]) -> Value:
        """A struct, or a struct array: there every field is a dataset of references without a class."""
        fields = [field for field in _fields(group) or list(group) if field in group]
        members = {field: group[field] for field in fields}
        if any(
            "MATLAB_class" in member.attrs or "MATLAB_sparse" in member.attrs for member in members.values()
        ):
            return {field: self.value(member, path) for field, member in members.items()}
        if not members:
            return {}
        size = _size(members[fields[0]])
        columns = [[self.value(item, path) for item in self.referred(member)] for member in members.values()]
        if any(len(column) != prod(size) for column in columns):
            raise CaseError("the fields of a struct array are not of one size")
        return structure(
            [dict(zip(fields, row, strict=True)) for row in zip(*columns, strict=True)], fields, size
        )

    def sparse(self, group: Any, kind: str) -> Value:
        """A sparse array: the number of rows is an attribute, the rest as in level 5."""
        if not isinstance(group, h5py.Group) or "jc" not in group or kind not in DTYPES:
            raise CaseError("a sparse array is damaged")
        starts = self.stored(group["jc"])
        rows, data = (
            self.stored(group[name]) if name in group else np.zeros(0, stored)
            for name, stored in (("ir", "u8"), ("data", DTYPES[kind]))
        )
        size = checked_size([int(group.attrs["MATLAB_sparse"]), starts.size - 1])
        dtype = DTYPES[kind]
        if data.dtype.names == ("real", "imag"):
            data = data["real"] + 1j * data["imag"]
            dtype = data.dtype
        return sparse(data, rows.astype(np.int64), starts.astype(np.int64), size, dtype, self.budget)


def _text(attribute: Any) -> str:
    return attribute.decode("ascii", "replace") if isinstance(attribute, bytes) else str(attribute)


def _size(dataset: Any) -> tuple[int, ...]:
    """MATLAB's size: HDF5's from the other end, at least two dimensions."""
    if not isinstance(dataset, h5py.Dataset) or dataset.shape is None:
        raise CaseError("a value has no data")
    return checked_size([*reversed(dataset.shape), 1, 1][: max(2, len(dataset.shape))])


def _fields(node: Any) -> list[str] | None:
    """The field names in MATLAB's order, where the file tells it."""
    names = node.attrs.get("MATLAB_fields")
    return (
        None
        if names is None
        else [b"".join(np.asarray(name, "S1").ravel()).decode("ascii") for name in names]
    )
