"""From the checks of a manifest to tasks that can be sent anywhere, each under a key that decides its outcome."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from port import __version__
from port.batch.frames import clean
from port.batch.manifest import Check
from port.batch.results import Outcome, Result
from port.batch.station import Reference, Settings, Task
from port.batch.submission import read_submission
from port.errors import CaseError, SourceError

References = tuple[Reference, ...]


@dataclass(frozen=True)
class Planned:
    """A check with its references; `shared` says that other checks have the same."""

    check: Check
    references: References
    shared: bool


def plan(checks: Sequence[Check]) -> list[Planned]:
    """Every check with its references, those with the same references one after another.

    Raises CaseError for a reference that cannot be read.
    """
    digests = {path: _digest(path) for check in checks for path in check.cases}
    groups: dict[References, list[Check]] = {}
    for check in checks:
        references = tuple(
            Reference(name, path, digests[path])
            for name, path in zip(_names(check.cases), check.cases, strict=True)
        )
        groups.setdefault(references, []).append(check)
    return [
        Planned(check, references, shared=len(group) > 1)
        for references, group in groups.items()
        for check in group
    ]


def prepare(planned: Planned, settings: Settings, hidden: frozenset[Path]) -> Task | Outcome:
    """The task of a check with its files, but for those of `hidden`; where these cannot be read, its outcome."""
    check = planned.check
    try:
        files, entry = read_submission(check, hidden=hidden)
    except SourceError as error:
        return _unreadable(planned, clean(error))
    return Task(
        key=_key(planned, settings, {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}),
        submission=check.submission,
        code=check.code.name,
        files=files,
        entry=entry,
        function=check.function,
        arguments=check.arguments,
        outputs=check.outputs,
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error.strerror}") from None


def _names(cases: Sequence[Path]) -> list[str]:
    """The names cases have in the results: of the file, or where two have the same, of the path."""
    stems = [path.stem for path in cases]
    return [
        stem if stems.count(stem) == 1 else path.as_posix() for stem, path in zip(stems, cases, strict=True)
    ]


def _key(planned: Planned, settings: Settings, files: object) -> str:
    check = planned.check
    decisive = [
        __version__,
        [check.submission, check.code.name, check.function, check.arguments, check.outputs],
        [[each.name, each.digest] for each in planned.references],
        str(settings.tolerance),
        settings.search,
        files,
    ]
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()


def _unreadable(planned: Planned, reason: str) -> Outcome:
    check = planned.check
    return Outcome(
        key=_key(planned, Settings(), reason),
        submission=check.submission,
        code=check.code.name,
        function=check.function,
        ending="was not run",
        error=reason,
        isolation="",
        seconds=0.0,
        results=tuple(Result(each.name, "", "cannot tell", detail=reason) for each in planned.references),
    )
