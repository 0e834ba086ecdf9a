"""Run code that nobody trusts, behind the best isolation this machine offers, and get plain arrays out of it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from port.batch import bubblewrap
from port.batch.frames import Run, describe, read_run
from port.batch.guard import CODE, TEMPORARY
from port.batch.launch import Warm
from port.batch.limits import Ending, Limits
from port.errors import CaseError, EngineError, MissingPartError
from port.reference import Case

CASE_PARTS = {"name": str, "title": str, "input": dict, "expected": dict, "meta": dict}
INSTALL = "install it (Debian, Ubuntu: `apt install bubblewrap`; Fedora: `dnf install bubblewrap`)"


@dataclass(frozen=True)
class Isolation:
    """What separates submissions from this machine and from each other, as found when the sandbox started."""

    bubblewrap: bool
    nested: bool = False
    reason: str = ""
    """Why there is no bubblewrap."""

    @property
    def fresh_each(self) -> bool:
        """Whether a template serves one submission only: where it shares its namespaces with it."""
        return self.bubblewrap and not self.nested

    def __str__(self) -> str:
        if self.bubblewrap:
            fresh = (
                "; a fresh interpreter each, for namespaces cannot be nested here" if self.fresh_each else ""
            )
            return f"isolated by bubblewrap: no network, read-only files, own processes and temporary files{fresh}"
        return (
            f"NOT ISOLATED ({self.reason}): submissions can read your files, the references among them, and write "
            "where you can; only limits, a clean environment and on Linux a filter of system calls hold"
        )


@dataclass(frozen=True)
class Job:
    """A submission to run: its files by relative path, the one to load, the function to call.

    Without a function it is the suggested one, the one of the file's name, or the only one that the file defines.
    """

    files: Mapping[str, bytes]
    entry: str
    function: str = ""
    suggestion: str = ""


class Sandbox:
    """Runs one job at a time, each in a process of its own; `isolation` says what separates it from the rest.

    `hidden` are files that no submission may read even if they lie where the interpreter does. With `require`, a
    machine without bubblewrap raises MissingPartError. Use as a context manager, or call `close`.
    """

    def __init__(
        self, limits: Limits | None = None, *, hidden: Sequence[Path] = (), require: bool = False
    ) -> None:
        if not hasattr(os, "fork"):
            raise MissingPartError("running submissions needs Linux or macOS; on Windows, run matport in WSL")
        self.limits, self.hidden = limits or Limits(), tuple(hidden)
        self._cases: Sequence[Any] = ()
        self._loaded = False
        self._warm: Warm | None = None
        self.isolation = self._find_isolation()
        if require and not self.isolation.bubblewrap:
            raise MissingPartError(f"a complete sandbox is required, but {self.isolation.reason}; {INSTALL}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the template and all it guards; the next run starts another."""
        if self._warm:
            self._warm.close()
        self._warm, self._loaded = None, False

    def load(self, cases: Sequence[Mapping[str, Any]]) -> None:
        """The cases that `play` calls with: `arguments`, a list or a dict by name, and `outputs`, their names."""
        self._cases, self._loaded = cases, False

    def play(self, job: Job) -> Run:
        """Call a submission's function with every case that was loaded, all in one process."""
        return self._run(_request(job, "call"))

    def attempt(self, job: Job, case: int, first: int, last: int) -> Mapping[str, Any]:
        """What `port.batch.attempts` says of the changes `first` to `last` of a submission and a loaded case.

        It may be anything, for the submission may have said it; it is empty where the run did not come to its end.
        """
        run = self._run({**_request(job, "attempt"), "case": case, "first": first, "last": last})
        said = run.values.get(0) if run.ending.kind == "finished" else None
        return said if isinstance(said, Mapping) else {}

    def tell(self, job: Job, case: int, changes: Sequence[int]) -> list[Mapping[str, Any]]:
        """What it says these changes are."""
        run = self._run({**_request(job, "tell"), "case": case, "changes": list(changes)})
        said = (run.values.get(place) for place in range(len(changes)))
        return [each for each in said if isinstance(each, Mapping)]

    def read(self, content: bytes, path: Path) -> Case:
        """The reference case in the bytes of the .mat file `path`; raises CaseError where it cannot be read."""
        request = {"kind": "read", "files": {}, "content": _bytes(content), "name": path.name}
        run = self._run(request)
        parts = run.values.get(0)
        if parts is None:
            raise CaseError(f"{path}: {run.error or f'the reader {describe(run.ending)}'}")
        if not isinstance(parts, dict) or {name: type(part) for name, part in parts.items()} != CASE_PARTS:
            raise CaseError(f"{path}: the reader told something that is no case")
        return Case(path=path, **parts)

    def _run(self, request: dict[str, Any]) -> Run:
        """Run a request; where the template is lost, once more with another."""
        with self._folders() as folders:
            run = self._try({**request, **folders})
            return self._try({**request, **folders}) if run.ending.kind == "lost" else run

    def _try(self, request: dict[str, Any]) -> Run:
        try:
            warm = self._ready()
            output, ending = warm.run(request, self.limits)
        except OSError as error:
            output, ending = b"", Ending("lost", error.strerror or "")
        if ending.kind == "lost" or self.isolation.fresh_each:
            self.close()
        return read_run(output, ending)

    def _ready(self) -> Warm:
        """A template that has the cases."""
        self._warm = self._warm or self._start(isolated=self.isolation.bubblewrap)
        if not self._loaded:
            self._warm.load(self._cases)
            self._loaded = True
        return self._warm

    def _start(self, *, isolated: bool) -> Warm:
        return Warm(isolated=isolated, hidden=self.hidden, scratch=self.limits.scratch)

    def _find_isolation(self) -> Isolation:
        if not bubblewrap.installed():
            return Isolation(False, reason="bubblewrap is not installed")
        try:
            self._warm = self._start(isolated=True)
        except EngineError as error:
            return Isolation(False, reason=f"bubblewrap does not work here: {error}")
        return Isolation(True, nested=self._warm.nested)

    @contextmanager
    def _folders(self) -> Iterator[dict[str, str]]:
        """Where the submission finds its code and a temporary folder; without bubblewrap made and removed here."""
        if self.isolation.bubblewrap:
            yield {"code": str(CODE), "temporary": str(TEMPORARY)}
            return
        root = Path(tempfile.mkdtemp(prefix="matport-"))
        folders = {"code": root / "code", "temporary": root / "temporary"}
        try:
            root.chmod(0o711)
            for folder in folders.values():
                folder.mkdir()
                folder.chmod(0o1777)
            yield {name: str(folder) for name, folder in folders.items()}
        finally:
            shutil.rmtree(root, ignore_errors=True)


def _request(job: Job, kind: str) -> dict[str, Any]:
    """What a template is asked to do with a submission."""
    return {
        "kind": kind,
        "files": {name: _bytes(content) for name, content in job.files.items()},
        "entry": job.entry,
        "function": job.function,
        "suggestion": job.suggestion,
    }


def _bytes(content: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(content, dtype=np.uint8)
