"""What a recorded run is: events in order, the values they refer to, and how the run ended.

A value is kept once per content. On disk a trace is the bytes of its arrays followed by one JSON document and
the length of that document: nothing in it is executed when it is read.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from port.errors import CaseError

Array = NDArray[Any]

LENGTH_BYTES = 8
DEEPEST = 12
MOST_BYTES = 512 << 20
"""Bytes of array content kept in one trace; of what comes later, class, shape and hash are known."""
CLASSES = {"f8": "double", "f4": "single", "c16": "double", "c8": "single", "b1": "logical"}


class Site(NamedTuple):
    """A place in the source that sets a variable (or asks a condition): one statement, one name.

    kind: "argument" (a parameter on entry), "assign", "loop" (the variable of a `for`), "test" (the condition
    of `if`, `while` or `switch`, by which it is named), "return" (a Python `return`), "result" (what the call
    of the whole run gave). path: the part that is assigned, `{i}` or `.W`, as it is written.
    """

    file: str
    line: int
    end_line: int
    function: str
    name: str
    kind: str
    path: str = ""

    @property
    def shown(self) -> str:
        """The assigned name with its part: `d{i}`, `nn.W`."""
        return self.name + self.path

    @property
    def quantity(self) -> str:
        """The name that tells what is set: the field of a struct or an object, else the variable."""
        fields = re.findall(r"\.([A-Za-z_]\w*)", self.shown)
        return fields[-1] if fields else self.name


@dataclass(frozen=True, slots=True)
class Event:
    """One variable after one statement.

    occurrence: counts from 1 how often this statement has set this name so far. frame: tells apart the calls
    of one function; 0 is the script or module itself. key: the content hash of the whole variable; part_key:
    that of the part assigned, where that is a cell element, a list item or a field.
    """

    site: Site
    frame: int
    occurrence: int
    class_name: str
    shape: tuple[int, ...]
    key: str
    part_key: str | None
    values: "Values" = field(repr=False, compare=False)

    @property
    def value(self) -> Any:
        """The whole variable: an array, str, list, dict, None, Opaque or Dropped."""
        return self.values[self.key]

    @property
    def part(self) -> Any:
        """What the statement assigned: the cell element, item or field, else the whole variable."""
        return self.values[self.part_key or self.key]

    @property
    def line(self) -> int:
        return self.site.line

    @property
    def name(self) -> str:
        return self.site.name

    @property
    def file(self) -> str:
        return self.site.file

    @property
    def kind(self) -> str:
        return self.site.kind


@dataclass(frozen=True)
class Failure:
    """How a run ended that did not end well: the message, and the line where it was."""

    message: str
    file: str = ""
    line: int = 0


class Caller(NamedTuple):
    """Where a function was called: the frame, the file and the line of the call."""

    frame: int
    file: str
    line: int


@dataclass(frozen=True)
class Opaque:
    """A value that is compared by class alone, such as a function handle."""

    class_name: str
    text: str = ""


@dataclass(frozen=True)
class Dropped:
    """An array whose content was not kept, for the trace was full; its hash tells whether it is equal."""

    class_name: str
    shape: tuple[int, ...]


class Store:
    """Values by content hash. Arrays go to `blob` as they come, everything else is small."""

    def __init__(self, blob: BinaryIO, limit: int = MOST_BYTES) -> None:
        self.blob, self.limit, self.size = blob, limit, 0
        self.entries: dict[str, list[Any]] = {}

    def add(self, value: Any, depth: int = 0) -> str:
        """The key of a value, which is kept unless it was already; what nests too deep is not looked into."""
        value = plain(value) if depth < DEEPEST else Opaque(type(value).__name__)
        if isinstance(value, np.ndarray):
            return self._add_array(value)
        if isinstance(value, list):
            return self._add_tree(["list", [self.add(item, depth + 1) for item in value]])
        if isinstance(value, dict):
            items = [[str(name), self.add(item, depth + 1)] for name, item in value.items()]
            return self._add_tree(["dict", items])
        if isinstance(value, Opaque):
            return self._add_tree(["opaque", value.class_name, value.text])
        return self._add_tree(["text", value] if isinstance(value, str) else ["none"])

    def add_dropped(self, code: str, shape: tuple[int, ...]) -> str:
        """The key of an array of which nothing is known but its dtype and shape."""
        key = digest(f"dropped {len(self.entries)}".encode())
        self.entries[key] = ["array", code, shape, None]
        return key

    def _add_tree(self, entry: list[Any]) -> str:
        key = digest(json.dumps(entry).encode())
        self.entries.setdefault(key, entry)
        return key

    def _add_array(self, array: Array) -> str:
        data = array.tobytes(order="F")
        head = f"{array.dtype.str}{array.shape}"
        key = digest(head.encode(), data)
        if key not in self.entries:
            fits = self.size + len(data) <= self.limit or len(data) <= 64
            self.entries[key] = ["array", array.dtype.str, array.shape, self.size if fits else None]
            if fits:
                self.blob.write(data)
                self.size += len(data)
        return key


def digest(*parts: bytes) -> str:
    """A content hash of 128 bits."""
    maker = blake2b(digest_size=16)
    for part in parts:
        maker.update(part)
    return maker.hexdigest()


def plain(value: Any) -> Any:
    """A value as one of: array, str, list, dict, None, Opaque. Scalars are arrays of shape ()."""
    if value is None or isinstance(value, np.ndarray | str | dict | list | Opaque):
        if isinstance(value, np.ndarray) and value.dtype.kind not in "biufc":
            return _plain_objects(value)
        return value
    if isinstance(value, bool | int | float | complex | np.generic):
        return _plain_scalar(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) or type(value).__name__ in ("deque", "range", "zip", "map", "set"):
        return list(value) if isinstance(value, Sequence) else Opaque(type(value).__name__)
    if hasattr(type(value), "toarray"):
        return np.asarray(value.toarray())
    if callable(value) and not hasattr(type(value), "__array__"):
        return Opaque("function_handle", getattr(value, "__name__", ""))
    return _plain_object(value)


def _plain_scalar(value: Any) -> Any:
    array = np.asarray(value)
    if array.dtype.kind in "US":
        return str(value)
    return array if array.dtype.kind in "biufc" else Opaque(type(value).__name__, str(value))


def _plain_objects(array: Array) -> Any:
    """An array that holds no numbers: text, a cell, or a struct array."""
    if array.dtype.kind == "U":
        return "\n".join("".join(row) for row in np.atleast_2d(array).tolist())
    if array.dtype.names:
        return [dict(zip(array.dtype.names, row, strict=True)) for row in array.ravel(order="F").tolist()]
    return list(array.ravel(order="F")) if array.dtype.kind == "O" else Opaque(str(array.dtype))


def _plain_object(value: Any) -> Any:
    """Tensors and frames as arrays, objects with attributes as a struct."""
    if hasattr(type(value), "__array__"):  # a class, and an alias of it, has what is meant for its objects
        return plain(np.asarray(value))
    if hasattr(value, "__dict__") and not isinstance(value, type):
        return {name: item for name, item in vars(value).items() if not name.startswith("__")}
    return Opaque(type(value).__name__)


def class_and_shape(value: Any) -> tuple[str, tuple[int, ...]]:
    """MATLAB's class of a plain value, and its shape as it is in Python."""
    if isinstance(value, np.ndarray):
        code = value.dtype.str[1:]
        return CLASSES.get(code, value.dtype.name), value.shape
    if isinstance(value, str):
        return "char", (1, len(value))
    if isinstance(value, list):
        return "cell", (1, len(value))
    if isinstance(value, dict):
        return "struct", (1, 1)
    if isinstance(value, Dropped):
        return value.class_name, value.shape
    return (value.class_name, (1, 1)) if isinstance(value, Opaque) else ("none", ())


class Values(Mapping[str, Any]):
    """The values of a trace by content hash, each built when it is asked for."""

    def __init__(self, entries: dict[str, list[Any]], blob: bytes | memoryview) -> None:
        self.entries, self.blob = entries, blob

    def __getitem__(self, key: str) -> Any:
        kind, *rest = self.entries[key]
        if kind == "array":
            return self._array(*rest)
        if kind == "list":
            return [self[item] for item in rest[0]]
        if kind == "dict":
            return {name: self[item] for name, item in rest[0]}
        if kind == "opaque":
            return Opaque(*rest)
        return rest[0] if kind == "text" else None

    def _array(self, code: str, shape: Sequence[int], start: int | None) -> Any:
        dtype, size = np.dtype(code), tuple(shape)
        if start is None:
            return Dropped(CLASSES.get(code[1:], dtype.name), size)
        count = int(np.prod(size))
        flat = np.frombuffer(self.blob, dtype, count, start) if count else np.empty(0, dtype)
        return flat.reshape(size, order="F")

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def class_and_shape(self, key: str) -> tuple[str, tuple[int, ...]]:
        """MATLAB's class and the shape of a value, without building it."""
        kind, *rest = self.entries[key]
        if kind == "array":
            return CLASSES.get(rest[0][1:], np.dtype(rest[0]).name), tuple(rest[1])
        if kind in ("list", "dict"):
            return ("cell", (1, len(rest[0]))) if kind == "list" else ("struct", (1, 1))
        return class_and_shape(self[key])


@dataclass(frozen=True)
class Trace:
    """A recorded run.

    language: "matlab" or "python". engine: what ran it, with its version. entry: the file that was run.
    sources: the text of every recorded file. failure: None for a run that ended well; the events before a
    failure are kept. replay: what it takes to run it again (path, call, inputs), for substituting values.
    callers: of Python, where the call of each frame was made, by frame.
    """

    language: str
    engine: str
    entry: str
    sources: Mapping[str, str]
    events: tuple[Event, ...]
    values: Values
    failure: Failure | None = None
    printed: str = ""
    replay: Any = field(default=None, repr=False, compare=False)
    callers: Mapping[int, Caller] = field(default_factory=dict, repr=False)

    def text(self, site: Site) -> str:
        """The source of a statement (the head of one that has a body), on one line."""
        lines = self.sources.get(site.file, "").splitlines()[site.line - 1 : site.end_line]
        return " ".join(line.strip() for line in lines)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the trace to one file."""
        with Path(path).open("wb") as file:
            file.write(self.values.blob)
            write_footer(
                file,
                self.values.entries,
                [event_row(event) for event in self.events],
                language=self.language,
                engine=self.engine,
                entry=self.entry,
                sources=dict(self.sources),
                failure=self.failure and [self.failure.message, self.failure.file, self.failure.line],
                printed=self.printed,
                callers=[[frame, *caller] for frame, caller in self.callers.items()],
            )


def event_row(event: Event) -> tuple[Any, ...]:
    """An event as `write_footer` wants it."""
    return event.site, event.frame, event.occurrence, event.key, event.part_key


def write_footer(
    file: BinaryIO, entries: dict[str, list[Any]], rows: Sequence[tuple[Any, ...]], **head: Any
) -> None:
    """The JSON document behind the bytes of the arrays. rows: (site, frame, occurrence, key, part key)."""
    sites = {site: index for index, site in enumerate(dict.fromkeys(row[0] for row in rows))}
    keys = {key: index for index, key in enumerate(entries)}
    document = {
        **head,
        "entries": list(entries.items()),
        "sites": list(sites),
        "events": [[sites[row[0]], row[1], row[2], keys[row[3]], keys.get(row[4])] for row in rows],
    }
    text = json.dumps(document).encode()
    file.write(text)
    file.write(len(text).to_bytes(LENGTH_BYTES, "little"))


def load_trace(path: str | os.PathLike[str]) -> Trace:
    """Read what `Trace.save` wrote; raises CaseError for a file that is none."""
    try:
        data = Path(path).read_bytes()
        length = int.from_bytes(data[-LENGTH_BYTES:], "little")
        blob, text = data[: -length - LENGTH_BYTES], data[-length - LENGTH_BYTES : -LENGTH_BYTES]
        document = json.loads(text)
        return _trace(document, memoryview(blob))
    except OSError as error:
        raise CaseError(f"{path}: it cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, IndexError):
        raise CaseError(f"{path}: it is not a recorded trace, or it is damaged") from None


def _trace(document: dict[str, Any], blob: memoryview) -> Trace:
    values = Values(dict(document["entries"]), blob)
    failure = document.get("failure")
    return Trace(
        language=document["language"],
        engine=document["engine"],
        entry=document["entry"],
        sources=document["sources"],
        events=events_of(document["events"], [Site(*site) for site in document["sites"]], values),
        values=values,
        failure=Failure(*failure) if failure else None,
        printed=document.get("printed", ""),
        callers={frame: Caller(*caller) for frame, *caller in document.get("callers", ())},
    )


def events_of(rows: Sequence[Sequence[Any]], sites: Sequence[Site], values: Values) -> tuple[Event, ...]:
    """Events from rows of (site, frame, occurrence, key, part key), sites and keys by index."""
    keys = list(values)
    known = [values.class_and_shape(key) for key in keys]

    def event(site: Site, frame: int, occurrence: int, key: int, part: int | None) -> Event:
        class_name, shape = known[key]
        part_key = None if part is None else keys[part]
        return Event(site, frame, occurrence, class_name, shape, keys[key], part_key, values)

    return tuple(
        event(sites[site], frame, occurrence, key, part) for site, frame, occurrence, key, part in rows
    )
