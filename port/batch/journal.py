"""A file of finished outcomes that survives a crash at any moment: append-only, a checksum a line."""

import json
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from port.batch.results import Outcome
from port.errors import ArgumentError, CaseError, MatportError

HEADER = b"matport batch journal 1\n"
SYNC_EVERY, SYNC_SECONDS = 64, 2.0


class Journal:
    """Outcomes by key. What was appended survives the end of this process, and soon after that of the machine.

    An existing journal is continued with `resume`, and refused with ArgumentError without; a line that a
    crash cut short is cut off. Raises ArgumentError for a file that is no journal or that another process
    writes, MatportError for one that cannot be written.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        self.path = path
        self._places: dict[str, tuple[int, int]] = {}
        self._unsynced, self._synced = 0, time.monotonic()
        with self._readable_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self._lock()
            self._end = self._scan()
            os.ftruncate(self._file, self._end)
            if self._end == 0:
                self._write(HEADER)
                sync_folder(path.parent)
        if self._places and not resume:
            os.close(self._file)
            raise ArgumentError(
                f"{path.parent} holds {len(self._places)} outcomes of an earlier run: --resume continues it, "
                "-o names another folder"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            os.fsync(self._file)
        os.close(self._file)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def append(self, outcome: Outcome) -> None:
        """Write an outcome; raises MatportError, with what was written before intact, where that fails."""
        with self._readable_errors():
            line = _line(outcome)
            self._places[outcome.key] = self._end, len(line)
            try:
                self._write(line)
            except OSError:
                del self._places[outcome.key]
                os.ftruncate(self._file, self._end)
                raise
            self._unsynced += 1
            if self._unsynced >= SYNC_EVERY or time.monotonic() - self._synced > SYNC_SECONDS:
                os.fsync(self._file)
                self._unsynced, self._synced = 0, time.monotonic()

    def read(self, key: str) -> Outcome:
        """The outcome of a key; raises KeyError where there is none."""
        place, size = self._places[key]
        outcome = _outcome(os.pread(self._file, size, place))
        assert outcome is not None  # it was read before, or written by this process
        return outcome

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        place = self._end
        while left:
            written = os.pwrite(self._file, left, place)
            place, left = place + written, left[written:]
        self._end = place

    def _scan(self) -> int:
        """Note where every outcome stands; returns where the last whole line ends."""
        with os.fdopen(os.dup(self._file), "rb") as file:
            header = file.readline(len(HEADER))
            if header != HEADER:
                if HEADER.startswith(header):
                    return 0
                raise ArgumentError(f"{self.path}: is no journal of matport batch")
            place = len(HEADER)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                if outcome := _outcome(line):
                    self._places[outcome.key] = place, len(line)
                place += len(line)
        return place

    def _lock(self) -> None:
        import fcntl

        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise ArgumentError(f"{self.path}: another batch is writing to this folder") from None

    @contextmanager
    def _readable_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            kept = f"; {len(self)} finished outcomes are kept, go on with --resume" if self._places else ""
            raise MatportError(f"{self.path}: cannot be written: {error.strerror}{kept}") from None


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write whole or not at all; raises MatportError where that fails, with the old file as it was."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise MatportError(f"{path}: cannot be written: {error.strerror}") from None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive the end of the machine."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _line(outcome: Outcome) -> bytes:
    record = json.dumps(outcome.as_dict(), separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(record), record)


def _outcome(line: bytes) -> Outcome | None:
    """The outcome in a line, None where the line is damaged or of another version: it is computed anew."""
    record = line[9:].rstrip(b"\n")
    if line[:9] != b"%08x " % zlib.crc32(record):
        return None
    try:
        return Outcome.from_dict(json.loads(record))
    except (ValueError, CaseError):
        return None
