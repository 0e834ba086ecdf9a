"""Where one worker checks submissions: a sandbox, the references in its hands, and the comparison."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from port.batch.arguments import arguments, outputs
from port.batch.frames import Run, describe
from port.batch.judge import Judged, Wanted, find_cause, judge, unreadable
from port.batch.limits import Ending, Limits
from port.batch.results import Outcome, Result
from port.batch.sandbox import Job, Sandbox
from port.errors import MatportError
from port.reference import Case, Tolerance
from port.reference.comparison import DEFAULT
from port.reference.quantities import quantities

NOTHING = Run(Ending("finished"), error="no reference could be read")
"""What a submission without a readable reference comes to."""


@dataclass(frozen=True)
class Settings:
    """What holds for every submission of a batch.

    Without a tolerance it is that of the comparison, and for training that of the suite. `search` says that what no
    cause is seen in is run again with one statement changed at a time (`port.batch.mend`), a second or more for each.
    `hidden` are files that no submission may read.
    """

    limits: Limits = field(default_factory=Limits)
    tolerance: Tolerance | None = None
    search: bool = False
    require_sandbox: bool = False
    hidden: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Reference:
    """A reference file: its name in the results, a digest of its content, and where to read it.

    `content` travels along where workers may not have the file.
    """

    name: str
    path: Path
    digest: str
    content: bytes | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Task:
    """One submission to check, with all that a worker needs; `key` is a digest of what decides its outcome."""

    key: str
    submission: str
    code: str
    files: Mapping[str, bytes]
    entry: str
    function: str
    arguments: tuple[str, ...] | None
    outputs: tuple[str, ...]


class Station:
    """Checks one task after another in one sandbox, keeping the references of the task before."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sandbox = Sandbox(settings.limits, hidden=settings.hidden, require=settings.require_sandbox)
        self._held: dict[Any, Wanted | str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox."""
        self.sandbox.close()

    def check(self, task: Task, references: Sequence[Reference]) -> Outcome:
        """Run a submission and compare what it returns; whatever its code does, this gives an outcome."""
        begin = time.perf_counter()
        wanted = self._hold(task, references)
        served = [each for each in wanted if isinstance(each, Wanted)]
        job = Job(task.files, task.entry, task.function, _suggestion(served))
        run = self.sandbox.play(job) if served else NOTHING
        judged = [judge(want, run, number) for number, want in enumerate(served)]
        told = iter(self._explained(job, run, judged))
        results = [
            replace(result, case=reference.name)
            for reference, want in zip(references, wanted, strict=True)
            for result in (next(told) if isinstance(want, Wanted) else [unreadable(want)])
        ]
        return Outcome(
            key=task.key,
            submission=task.submission,
            code=task.code,
            function=task.function,
            ending=describe(run.ending),
            error=run.error,
            isolation="bubblewrap" if self.sandbox.isolation.bubblewrap else "limits only",
            seconds=time.perf_counter() - begin,
            results=tuple(results),
        )

    def _explained(self, job: Job, run: Run, judged: Sequence[Judged]) -> list[list[Result]]:
        """The results with the likeliest cause: of what the values look like, else of what sets them right."""
        told = find_cause(judged)
        if (
            not self.settings.search
            or run.error
            or run.ending.kind != "finished"
            or any(row.cause for rows in told for row in rows)
        ):
            return told
        from port.batch.mend import mend

        found = mend(self.sandbox, job, judged)
        return told if found is None else found.told(told)

    def _hold(self, task: Task, references: Sequence[Reference]) -> list[Wanted | str]:
        """What each reference wants of a task, or why it cannot be read; the sandbox gets the arguments."""
        keys = [(reference, task.arguments, task.outputs) for reference in references]
        if keys != list(self._held):
            kept = self._held
            self._held = {key: kept.get(key) or self._wanted(task, key[0]) for key in keys}
            served = [each for each in self._held.values() if isinstance(each, Wanted)]
            self.sandbox.load([{"arguments": each.arguments, "outputs": each.outputs} for each in served])
        return list(self._held.values())

    def _wanted(self, task: Task, reference: Reference) -> Wanted | str:
        try:
            content = reference.path.read_bytes() if reference.content is None else reference.content
            case = self.sandbox.read(content, reference.path)
            names = outputs(case, task.outputs)
            arrays = quantities({name: case.expected[name] for name in names})
            tolerance = self.settings.tolerance or _tolerance(case)
            return Wanted(case, arguments(case, task.arguments), names, arrays, tolerance)
        except OSError as error:
            return f"{reference.path}: cannot be read: {error.strerror}"
        except MatportError as error:
            return str(error)


def _suggestion(served: Sequence[Wanted]) -> str:
    """The function that the first reference names."""
    return str(served[0].case.meta.get("function", "")) if served else ""


def _tolerance(case: Case) -> Tolerance:
    """Training hands the rounding of every step on to the next; everything else is held to the default."""
    if case.meta.get("task") != "train":
        return DEFAULT
    from port.reference.suite import TRAINING

    return TRAINING
