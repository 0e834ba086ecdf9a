"""Read MATLAB level 5 files (`save -v6`, and `save -v7`, which compresses each variable).

The layout is that of MathWorks' "MAT-File Format", chapter "Level 5 MAT-Files". A value is stored in the
smallest type that holds it and its array flags say what class it is: that class is what comes back here.
"""

import struct
import zlib
from collections.abc import Iterator
from math import prod
from typing import Any, NamedTuple

import numpy as np

from port.errors import CaseError
from port.reference.matvalue import (
    DTYPES,
    MAX_DEPTH,
    OBJECT_BYTES,
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

HEADER = 128
MATRIX, COMPRESSED = 14, 15
STORED = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8"}
ENCODINGS = {1: "latin-1", 2: "utf-8", 16: "utf-8", 4: "utf-16", 17: "utf-16", 18: "utf-32"}
CELL, STRUCT, OBJECT, CHAR, SPARSE = range(1, 6)
UINT8 = 9
UNSIGNED_BYTE, INT32, UINT32, UTF8 = 2, 5, 6, 16
NUMERIC = dict(
    zip(range(6, 16), "double single int8 uint8 int16 uint16 int32 uint32 int64 uint64".split(), strict=True)
)
FUNCTION, OPAQUE = 16, 17
COMPLEX_FLAG, LOGICAL_FLAG = 0x800, 0x200


class Element(NamedTuple):
    """One tagged piece of the file: its data type and its bytes."""

    type: int
    data: memoryview


class Opaque(NamedTuple):
    """A variable that only MATLAB itself can open; `what` describes it."""

    what: str


def looks_like(data: bytes) -> bool:
    """Whether the file header is one of level 5."""
    return data[126:128] in (b"IM", b"MI") and len(data) >= HEADER


def read(data: bytes, budget: Budget) -> Iterator[tuple[str, Value]]:
    """Yield each variable as (name, value); what only MATLAB can open comes as Opaque."""
    reader = Reader("<" if data[126:128] == b"IM" else ">", budget)
    rest = memoryview(data)[HEADER:]
    while rest:
        if reader.head(rest)[0] == COMPRESSED:
            element, rest = reader.element(rest)
            body = reader.decompressed(element.data)
            name = reader.name(body)
            value, over = reader.matrix(body, 0)
            if over:
                raise CaseError(f"the compressed variable '{name}' has {len(over)} bytes too many")
        else:
            name = reader.name(rest)
            value, rest = reader.matrix(rest, 0)
        if name:
            yield name, value


class Reader:
    """Reads elements in one byte order, within one budget."""

    def __init__(self, order: str, budget: Budget) -> None:
        self.order = order
        self.budget = budget
        self.tag = struct.Struct(f"{order}2I")
        self.pairs = {INT32: struct.Struct(f"{order}2i"), UINT32: self.tag}
        self.slack = 0

    def head(self, data: memoryview) -> tuple[int, int, int]:
        """Data type, byte count and start of the element at the front; a small one sits inside its tag."""
        if len(data) < 8:
            raise CaseError("it is cut short inside the tag of an element")
        kind, count = self.tag.unpack_from(data)
        if not kind >> 16:
            return kind, count, 8
        if kind >> 16 > 4:
            raise CaseError("the tag of an element is damaged")
        return kind & 0xFFFF, kind >> 16, 4

    def element(self, data: memoryview) -> tuple[Element, memoryview]:
        """Split the first element off `data`."""
        kind, count, start = self.head(data)
        if count > len(data) - start:
            raise CaseError(f"it is cut short: {count} bytes are declared and {len(data) - start} are there")
        padding = 0 if kind == COMPRESSED else -(start + count) % 8
        return Element(kind, data[start : start + count]), data[start + count + padding :]

    def decompressed(self, data: memoryview) -> memoryview:
        """The element inside a compressed one; its own tag says how long it is, no byte more is unpacked."""
        unpacker = zlib.decompressobj()
        tag = unpacker.decompress(data, 8)
        if len(tag) < 8:
            raise CaseError("a compressed variable is cut short")
        _, count = self.tag.unpack(tag)
        self.budget.spend(count)
        body = unpacker.decompress(unpacker.unconsumed_tail, max(count, 1))
        over = unpacker.decompress(unpacker.unconsumed_tail, 1)
        if over or not unpacker.eof:
            raise CaseError("a compressed variable is not as long as it declares")
        return memoryview(tag + body)

    def values(self, element: Element) -> Array:
        """The numbers of an element, as stored."""
        if element.type not in STORED:
            raise CaseError(f"numbers are stored in an unknown type {element.type}")
        dtype = np.dtype(self.order + STORED[element.type])
        if len(element.data) % dtype.itemsize:
            raise CaseError(f"{len(element.data)} bytes are no whole number of {dtype.name} values")
        return np.frombuffer(element.data, dtype)

    def integers(self, data: memoryview) -> tuple[list[int], memoryview]:
        """The short integer vector at the front of `data` (dimensions, flags, a field-name length)."""
        element, rest = self.element(data)
        if len(element.data) == 8 and element.type in self.pairs:  # nearly all are two numbers
            return list(self.pairs[element.type].unpack(element.data)), rest
        values = self.values(element)
        if values.dtype.kind == "f":
            raise CaseError("a size is not stored as integers")
        return [int(value) for value in values[:MAX_DEPTH]], rest

    def flags(self, data: memoryview) -> tuple[int, int, memoryview]:
        """Class and flag bits of a matrix, and what follows them."""
        words, rest = self.integers(data)
        if len(words) != 2:
            raise CaseError("the array flags of a variable are damaged")
        return words[0] & 0xFF, words[0], rest

    def name(self, data: memoryview) -> str:
        """Name of the variable at the front; empty for MATLAB's own workspace of objects."""
        kind, _, start = self.head(data)
        if kind != MATRIX:
            raise CaseError(f"it has an element of type {kind} where a variable should be")
        kind, _, rest = self.flags(data[start:])
        if kind != OPAQUE:
            _, rest = self.integers(rest)
        element, _ = self.element(rest)
        return bytes(element.data).decode("utf-8", "replace")

    def matrix(self, data: memoryview, depth: int) -> tuple[Value, memoryview]:
        """The value of the matrix element at the front, and what follows it.

        What was read must be as long as the element declares, the last padding aside; `slack` counts the bytes
        that Octave may declare and not write (see `char`).
        """
        if depth > MAX_DEPTH:
            raise CaseError(f"cells and structs are nested more than {MAX_DEPTH} deep")
        self.budget.spend(OBJECT_BYTES)
        kind, count, start = self.head(data)
        if kind != MATRIX or start != 8:
            raise CaseError(f"it has an element of type {kind} where a value should be")
        body = data[8:]
        if not count:
            return np.zeros((0, 0), order="F"), body
        slack = self.slack
        kind, bits, rest = self.flags(body)
        if kind in (FUNCTION, OPAQUE, OBJECT):
            return self.opaque(kind, rest), body[count:]
        value, rest = self.content(kind, bits, rest, depth)
        read = len(body) - len(rest)
        if not -8 < count - read <= self.slack - slack:
            raise CaseError(f"a value declares {count} bytes and has {read}")
        return value, rest

    def content(self, kind: int, bits: int, data: memoryview, depth: int) -> tuple[Value, memoryview]:
        """What follows the array flags: size, name, and the data of the class."""
        dims, data = self.integers(data)
        size = checked_size(dims)
        _, data = self.element(data)
        if kind == CELL:
            return self.cell(data, size, depth)
        if kind == STRUCT:
            return self.struct(data, size, depth)
        if kind == CHAR:
            return self.char(data, size)
        logical_sparse = kind == UINT8 and bits & LOGICAL_FLAG and self.head(data)[0] == INT32
        if kind == SPARSE or logical_sparse:
            return self.sparse(bits, data, size)
        if kind not in NUMERIC:
            raise CaseError(f"a variable has an unknown class number {kind}")
        parts, data = self.parts(bits, data)
        return numeric(
            parts, DTYPES["logical" if bits & LOGICAL_FLAG else NUMERIC[kind]], size, self.budget
        ), data

    def parts(
        self, bits: int, data: memoryview, bytes_for: int | None = None
    ) -> tuple[list[Array], memoryview]:
        """Real and, where flagged, imaginary part; `bytes_for` values are single bytes whatever the tag."""
        parts = []
        for _ in range(2 if bits & COMPLEX_FLAG else 1):
            element, data = self.element(data)
            if len(element.data) == bytes_for:
                element = Element(UNSIGNED_BYTE, element.data)
            parts.append(self.values(element))
        return parts, data

    def sparse(self, bits: int, data: memoryview, size: tuple[int, ...]) -> tuple[Value, memoryview]:
        """A sparse array. Logical ones: MATLAB tags single bytes as double, Octave calls the class uint8."""
        element, data = self.element(data)
        rows = self.values(element)
        element, data = self.element(data)
        starts = self.values(element)
        parts, data = self.parts(bits, data, rows.size if bits & LOGICAL_FLAG else None)
        dtype = DTYPES["logical" if bits & LOGICAL_FLAG else "double"]
        values = numeric(parts, dtype, (1, parts[0].size), self.budget)[0]
        return sparse(values, rows, starts, size, values.dtype, self.budget), data

    def char(self, data: memoryview, size: tuple[int, ...]) -> tuple[Value, memoryview]:
        """A char array; MATLAB stores UTF-8 or UTF-16, older writers one byte a character.

        Octave 7 packs four bytes of several rows into the tag, as is right, but declares four bytes more.
        """
        element, rest = self.element(data)
        encoding = ENCODINGS.get(element.type)
        if encoding is None:
            raise CaseError(f"characters are stored in an unknown type {element.type}")
        if encoding in ("utf-16", "utf-32"):
            encoding += "-le" if self.order == "<" else "-be"
        if element.type == UTF8 and len(element.data) == 4 == prod(size) and len(data) - len(rest) == 8:
            self.slack += 4
        self.budget.spend(4 * len(element.data))
        return characters(bytes(element.data).decode(encoding, "replace"), size, self.budget), rest

    def cell(self, data: memoryview, size: tuple[int, ...], depth: int) -> tuple[Value, memoryview]:
        """A cell: its elements follow one another in column-major order."""
        values = []
        for _ in range(self.countable(prod(size), data)):
            value, data = self.matrix(data, depth + 1)
            values.append(value)
        return cell(values, size), data

    def struct(self, data: memoryview, size: tuple[int, ...], depth: int) -> tuple[Value, memoryview]:
        """A struct or struct array: the field names, then all fields of element 1, of element 2, ..."""
        length, data = self.integers(data)
        element, data = self.element(data)
        fields = _field_names(bytes(element.data), length)
        rows: list[dict[str, Any]] = []
        for _ in range(self.countable(prod(size), data, per_item=8 * len(fields))):
            rows.append({})
            for field in fields:
                rows[-1][field], data = self.matrix(data, depth + 1)
        return structure(rows, fields, size), data

    def countable(self, count: int, data: memoryview, per_item: int = 8) -> int:
        """`count`, checked against the bytes that are there and the budget before anything is built."""
        if count * per_item > len(data):
            raise CaseError(f"it declares {count} elements and has {len(data)} bytes for them")
        self.budget.spend(count * OBJECT_BYTES)
        return count

    def opaque(self, kind: int, data: memoryview) -> Opaque:
        """What an unreadable value is, from the name of its class where the file tells."""
        if kind == FUNCTION:
            return Opaque("a function handle")
        if kind == OBJECT:
            _, data = self.integers(data)
        else:
            _, data = self.element(data)
        _, data = self.element(data)
        element, _ = self.element(data)
        return Opaque(f"an object of class '{bytes(element.data).decode('utf-8', 'replace')}'")


def _field_names(names: bytes, length: list[int]) -> list[str]:
    """Field names of a struct, each in `length[0]` bytes filled up with zeros."""
    if len(length) != 1 or length[0] < 1 or len(names) % length[0]:
        raise CaseError("the field names of a struct are damaged")
    starts = range(0, len(names), length[0])
    fields = [names[at : at + length[0]].split(b"\0")[0].decode("utf-8", "replace") for at in starts]
    if len(set(fields)) < len(fields) or "" in fields:
        raise CaseError("the fields of a struct have no names, or one name twice")
    return fields
