"""Where one worker checks submissions: a sandbox, the references in its hands, and the comparison."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from port.batch.arguments import arguments, outputs
from port.batch.frames import Run, clean, describe
from port.batch.limits import Ending, Limits
from port.batch.results import Outcome, Result
from port.batch.sandbox import Job, Sandbox
from port.errors import MatportError
from port.reference import Case, Tolerance, compare, diagnose
from port.reference.comparison import DEFAULT, Row
from port.reference.quantities import quantities
from port.reference.routes import task as task_of
from port.reference.suite import TRAINING

MOST_DIAGNOSED = 1_000_000
"""Elements of the largest array whose difference is looked into."""
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Settings:
    """What holds for every submission of a batch.

    Without a tolerance it is that of the comparison, and for training that of the suite. `hidden` are files
    that no submission may read.
    """

    limits: Limits = field(default_factory=Limits)
    tolerance: Tolerance | None = None
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


@dataclass(frozen=True)
class Wanted:
    """A reference that could be read: what a function is given, and every array that must come back."""

    case: Case
    arguments: Any
    outputs: Sequence[str]
    arrays: Arrays
    tolerance: Tolerance


@dataclass(frozen=True)
class Cause:
    """The likely cause of a difference, or why none was found."""

    code: str = ""
    title: str = ""
    detail: str = ""


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
        self.sandbox.close()

    def check(self, task: Task, references: Sequence[Reference]) -> Outcome:
        """Run a submission and compare what it returns; whatever its code does, this gives an outcome."""
        begin = time.perf_counter()
        wanted = self._hold(task, references)
        served = [each for each in wanted if isinstance(each, Wanted)]
        run = self._play(task, served)
        results: list[Result] = []
        for reference, want in zip(references, wanted, strict=True):
            if isinstance(want, Wanted):
                results += _results(reference.name, want, _returned(run, served.index(want), want))
            else:
                results.append(Result(reference.name, "", "cannot tell", detail=want))
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

    def _play(self, task: Task, served: Sequence[Wanted]) -> Run:
        if not served:
            return Run(Ending("finished"), error="no reference could be read")
        suggestion = str(served[0].case.meta.get("function", ""))
        return self.sandbox.play(Job(task.files, task.entry, task.function, suggestion))

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
            tolerance = self.settings.tolerance or (TRAINING if task_of(case) == "train" else DEFAULT)
            return Wanted(case, arguments(case, task.arguments), names, arrays, tolerance)
        except OSError as error:
            return f"{reference.path}: cannot be read: {error.strerror}"
        except MatportError as error:
            return str(error)


def _returned(run: Run, number: int, want: Wanted) -> Arrays | Result:
    """The arrays that came back for a case under the names it has for them, or a result that says why none."""
    values = run.values.get(number)
    if isinstance(values, Mapping) and all(isinstance(array, np.ndarray) for array in values.values()):
        return {_name(name, want.arrays): _matrix(array) for name, array in values.items()}
    if number in run.errors or run.error:
        return Result("", "", "failed", detail=run.errors.get(number, run.error))
    return Result("", "", "stopped", detail=describe(run.ending))


def _name(name: str, wanted: Arrays) -> str:
    """A list of lists is a MATLAB cell with two subscripts, where the reference has one: `w{3,2}`, not `w{3}{2}`."""
    merged = name.replace("}{", ",")
    return merged if merged in wanted else name


def _matrix(array: NDArray[Any]) -> NDArray[Any]:
    """A number is 1 x 1, as it is in MATLAB."""
    return array.reshape(1, 1) if array.ndim == 0 else array


def _results(name: str, want: Wanted, returned: Arrays | Result) -> list[Result]:
    """A result for every quantity that a case wants; what is returned beyond them is not looked at."""
    if isinstance(returned, Result):
        return [replace(returned, case=name, quantity=quantity) for quantity in want.arrays]
    got = {quantity: returned[quantity] for quantity in want.arrays if quantity in returned}
    with np.errstate(all="ignore"):
        table = compare(got, dict(want.arrays), tolerance=want.tolerance).table
        blame = _cause(want, got, table)
    return [_result(name, row, blame.get(row.quantity, Cause())) for row in table]


def _cause(want: Wanted, got: Arrays, table: Sequence[Row]) -> dict[str, Cause]:
    """The likeliest cause, at the first quantity whose difference is explained by one.

    A rule that stumbles over what a submission made up must not stop the batch: that it did is told.
    """
    inputs = quantities(want.case.input)
    for row in table:
        if row.verdict in ("differ", "shape") and got[row.quantity].size <= MOST_DIAGNOSED:
            try:
                causes = diagnose(want.arrays[row.quantity], got[row.quantity], inputs=inputs)
            except Exception as error:
                return {row.quantity: Cause(detail=clean(f"no diagnosis: {type(error).__name__}: {error}"))}
            if causes:
                return {row.quantity: Cause(causes[0].code, causes[0].title)}
    return {}


def _result(case: str, row: Row, cause: Cause) -> Result:
    measured = row.verdict in ("agree", "differ")
    return Result(
        case=case,
        quantity=row.quantity,
        verdict=row.verdict,
        shape_want=_shape(row.shape_want),
        shape_got=_shape(row.shape_got),
        differing=int(row.differing) if measured else None,
        max_abs=_number(row.max_abs),
        max_rel=_number(row.max_rel),
        max_scaled=_number(row.max_scaled),
        ulp=_number(row.ulp),
        where=row.at_matlab,
        cause=cause.code,
        title=cause.title,
        detail=cause.detail,
    )


def _shape(shape: tuple[int, ...] | None) -> str:
    return "" if shape is None else "x".join(map(str, shape)) or "scalar"


def _number(value: float) -> float | None:
    return None if value != value else float(value)
