"""Run a submission with one statement changed at a time: what the changes make of one case, on the submission's side.

Which of the changes sets the results right is not known here, where no reference is: what goes back is a sketch of
every result, and the worker compares. Changes are those of `port.migrate.edits`, in the statements that are done.
"""

import ast
import contextlib
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from port.batch.calling import call, function_of, load, named
from port.migrate.edits import Edit, edits, statement_at
from port.migrate.trial import SHORTEST, limited
from port.reference.quantities import quantities

MOST, DEAREST, LARGEST = 2000, 2.2, 1 << 15
"""Changes tried, what they may cost, and bytes of a file that is changed."""
SLOWER = 5
"""How much longer than the submission a changed one may run."""
WORD = re.compile(r"[A-Za-z_]\w*")
Request = Mapping[str, Any]
Emit = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Done:
    """What a run did: the lines of each file, and what the variables were at the end of their functions.

    shapes: of the arrays and numbers. numbers: the values of the latter. ended: whether it came to its end.
    """

    lines: dict[str, dict[int, None]] = field(default_factory=dict)
    shapes: dict[str, set[tuple[int, ...]]] = field(default_factory=dict)
    numbers: dict[str, set[Any]] = field(default_factory=dict)
    seconds: float = 0.0
    ended: bool = False

    def note(self, name: str, value: Any) -> None:
        """Take down the value of a variable."""
        if isinstance(value, int | float | complex | np.number | np.ndarray):
            self.shapes.setdefault(name, set()).add(np.shape(value))
            if np.size(value) == 1:
                self.numbers.setdefault(name, set()).add(np.ravel(value)[0].item())

    def likely(self, made: Sequence[Edit], target: str) -> Iterator[Edit]:
        """The changes of a statement that could be right, as far as is known of the variables.

        Where the run came to its end, one stands for another of its shape, and a slope has the shape of what is set;
        of numbers of samples that are equal the first will do.
        """
        seen = set()
        for edit in made:
            if edit.code in ("S01", "S02"):
                key = edit.before, edit.code, self.number(edit.after.rpartition(" ")[2])
                if key[-1] and key in seen:
                    continue
                seen.add(key)
            new = [name for name in WORD.findall(edit.after) if name not in WORD.findall(edit.before)]
            other = {"P03": edit.before, "N07": target}.get(edit.code)
            if not (self.ended and other and any(self.differ(name, other) for name in new)):
                yield edit

    def differ(self, one: str, other: str) -> bool:
        """Whether two variables never had the same shape."""
        known = self.shapes.get(one), self.shapes.get(other)
        return all(known) and set.isdisjoint(*filter(None, known))

    def number(self, text: str) -> frozenset[Any]:
        """What a number was that is a variable, or `x.shape[0]`; empty if that is not known."""
        name, _, rest = text.partition(".shape[")
        if not rest:
            return frozenset(self.numbers.get(name, ()))
        return frozenset(
            shape[int(rest[:-1])] for shape in self.shapes.get(name, ()) if len(shape) > int(rest[:-1])
        )


def attempt(request: Request, cases: Sequence[Any], emit: Emit) -> None:
    """Emit what the changes `first` to `last` make of the case `case`: their numbers, and sketches of the results."""
    case, code = cases[request["case"]], workshop(request)
    found, seconds = changes(request, code, case)
    numbers, sketches = [], []
    for number in range(request["first"], min(request["last"], len(found))):
        with written(code, *found[number]), contextlib.suppress(BaseException):
            with limited(max(SHORTEST, SLOWER * seconds)):
                sketches.append(sketched(returned(request, code, case)))
                numbers.append(number)
    emit({"case": 0, "values": {"count": len(found), "numbers": numbers, "sketches": sketches}})


def tell(request: Request, cases: Sequence[Any], emit: Emit) -> None:
    """Emit the changes of the numbers in `changes`: the file with each of them, and what it is."""
    found, _ = changes(request, workshop(request), cases[request["case"]])
    for place, number in enumerate(request["changes"]):
        file, edit = found[number]
        told = {name: getattr(edit, name) for name in ("line", "source", "before", "after", "code", "what")}
        emit({"case": place, "values": {"file": file, **told}})


def workshop(request: Request) -> Path:
    """A copy of the submission's files that may be changed, and is loaded from."""
    code = Path(request["temporary"], "workshop")
    shutil.copytree(request["code"], code)
    sys.path.insert(0, str(code))
    return code


@contextlib.contextmanager
def written(code: Path, file: str, edit: Edit) -> Iterator[None]:
    """A change in its file, for a while."""
    path = code / file
    before = path.read_bytes()
    path.write_text(edit.source, encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(before)


def changes(request: Request, code: Path, case: Any) -> tuple[list[tuple[str, Edit]], float]:
    """The likeliest changes, by file, of what a run with the case does, and how long the run takes.

    The search is deterministic: it goes by the text and by what is done, not by the time that it takes.
    """
    done = watched(request, code, case)
    found: list[tuple[str, Edit]] = []
    for file, lines in done.lines.items():
        source = (code / file).read_text(encoding="utf-8")
        for statement in statements(source, lines) if len(source) <= LARGEST else ():
            made = edits(source, statement.lineno, done.numbers, most=DEAREST)
            found += [(file, edit) for edit in done.likely(made, target_of(statement))]
            found = sorted(found, key=lambda change: change[1].cost)[:MOST]
    return found, done.seconds


def statements(source: str, lines: Mapping[int, None]) -> list[ast.stmt]:
    """The statements of which some line was done, one for every line on which one starts."""
    tree = ast.parse(source)
    begun = {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt)
        and any(line in lines for line in range(node.lineno, last_of_head(node) + 1))
    }
    return [statement for line in sorted(begun) if (statement := statement_at(tree, line))]


def target_of(statement: ast.stmt) -> str:
    """The variable that a statement sets."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return targets[0].id if targets and isinstance(targets[0], ast.Name) else ""


def last_of_head(node: ast.stmt) -> int:
    """The last line of a statement without the statements inside it."""
    body = getattr(node, "body", None)
    return body[0].lineno - 1 if body else node.end_lineno or node.lineno


def watched(request: Request, code: Path, case: Any) -> Done:
    """What the unchanged submission does with a case; it may fail."""
    done, prefix = Done(), f"{code}/"

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        done.lines.setdefault(frame.f_code.co_filename[len(prefix) :], {})[frame.f_lineno] = None
        if event == "return":
            for name, value in frame.f_locals.items():
                done.note(name, value)
        return inside

    def tracer(frame: FrameType, event: str, _: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(prefix) else None

    begun, ended = time.process_time(), False
    sys.settrace(tracer)
    with contextlib.suppress(BaseException):
        returned(request, code, case)
        ended = True
    sys.settrace(None)
    return replace(done, seconds=time.process_time() - begun, ended=ended)


def returned(request: Request, code: Path, case: Any) -> dict[str, NDArray[Any]]:
    """What the submission returns for a case, by name."""
    with unloaded(code), np.errstate(all="ignore"):
        function = function_of(load(code / request["entry"]), request["function"], request["suggestion"])
        return quantities(named(call(function, deepcopy(case["arguments"])), case["outputs"]))


@contextlib.contextmanager
def unloaded(code: Path) -> Iterator[None]:
    """Afterwards the submission's modules are not loaded: each attempt loads them anew."""
    known = frozenset(sys.modules)
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name not in known]:
            if str(getattr(sys.modules[name], "__file__", None)).startswith(f"{code}/"):
                del sys.modules[name]


def sketched(values: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The sketches of the arrays of numbers."""
    return {name: sketch(array) for name, array in values.items() if array.dtype.kind in "biufc"}


def sketch(array: NDArray[Any]) -> NDArray[np.complex128]:
    """The number of elements and two weighted sums of them, by columns: equal for equal arrays but for rounding."""
    flat = array.ravel(order="F").astype(np.complex128)
    steps = np.arange(1, flat.size + 1)
    with np.errstate(all="ignore"):
        return np.array([flat.size, *(flat @ np.cos(steps * rate) for rate in RATES)])


RATES = (1.0, np.sqrt(2.0))
"""What makes the weights of the two sums."""


def alike(want: NDArray[Any], got: Any) -> bool:
    """Whether a sketch that came back, which may be anything, is that of an array but for rounding."""
    expected = sketch(want)
    if not isinstance(got, np.ndarray) or got.shape != expected.shape or got.dtype.kind != "c":
        return False
    with np.errstate(all="ignore"):
        bound = CLOSE * np.nansum(np.abs(want.astype(np.complex128)))
        same = (np.abs(got - expected) <= bound) | (got == expected) | (np.isnan(got) & np.isnan(expected))
    return bool(same.all())


CLOSE = 1e-7
"""The share of the sum of all magnitudes by which sketches of equal arrays may differ; what is alike is compared."""
