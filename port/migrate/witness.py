"""See the functions of a course folder called: its scripts run in Octave on a copy where every function has a wrapper.

A wrapper hands each call on to the original and keeps arguments and results, so what is recorded is what the
course's own scripts do. Each call is on disk as soon as it is made: a run that fails or is stopped keeps them.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from port.errors import ArgumentError, CaseError, EngineError, SourceError
from port.migrate import syntax
from port.migrate.columns import read_sized
from port.migrate.matlab_run import support, words
from port.reference.engine import Engine, quote, run

MOST_CALLS = 5
MOST_BYTES = 24 << 20
MOST_COPIED = 1 << 30
RANDOM = frozenset({"rand", "randn", "randi", "randperm", "rande"})
SKIPPED = shutil.ignore_patterns(".git", "__pycache__", ".*", "*.asv", "*.m~")
WRAPPER = """\
function varargout = {name}(varargin)
  persistent over
  if isempty(over)
    [varargout, over] = matport_witness('{name}', nargout, varargin, {settings});
  elseif nargout > 0
    [varargout{{1:nargout}}] = matport_original_{name}(varargin{{:}});
  else
    matport_original_{name}(varargin{{:}});
    if exist('ans', 'var')
      varargout{{1}} = ans;
    end
  end
end
"""


@dataclass(frozen=True)
class Seen:
    """One call of a function: MATLAB statements that make it again, the inputs these need, and what it gave.

    script: where it was called from; seed: of Octave's twister before the call, 0 where none was set.
    """

    function: str
    call: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    script: str
    seed: int = 0


@dataclass(frozen=True)
class ScriptRun:
    """How a script ended in Octave: problem is empty where it ended well; notes: why calls were not kept."""

    script: str
    seen: tuple[Seen, ...]
    problem: str
    notes: Mapping[str, str]


def watch(
    course: Path,
    functions: Mapping[str, syntax.File],
    scripts: Iterable[tuple[str, str]],
    *,
    engine: Engine,
    timeout: float,
    report: Callable[[ScriptRun], None],
) -> None:
    """Run scripts, each in an Octave of its own and a fresh copy of the folder, and report each as it ends.

    functions: those of the course, parsed, by name. scripts: name and text. What a script that fails, takes longer
    than `timeout` seconds or is interrupted did until then is reported too. Raises ArgumentError for a folder that
    is too large to copy.
    """
    _small_enough(course)
    random = drawing(functions)
    for name, text in scripts:
        with tempfile.TemporaryDirectory(prefix="matport-course-") as folder:
            copy, kept = Path(folder, "course"), Path(folder, "kept")
            shutil.copytree(course, copy, ignore=_left_out)
            kept.mkdir()
            _instrument(copy, kept, functions, random)
            (copy / "matport_entry.m").write_text(text, encoding="utf-8", errors="surrogateescape")
            problem = "it was interrupted"
            try:
                problem = _run(copy, engine, timeout)
            finally:
                report(ScriptRun(name, tuple(_seen(kept, functions, name)), problem, _notes(kept)))


def drawing(functions: Mapping[str, syntax.File]) -> frozenset[str]:
    """The functions that draw random numbers, themselves or through others of the course."""
    uses = {name: set(words(file)) for name, file in functions.items()}
    found = {name for name, used in uses.items() if used & RANDOM}
    while more := {name for name, used in uses.items() if used & found} - found:
        found |= more
    return frozenset(found)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What of a folder is not copied: what is SKIPPED, links that lead nowhere, and those to a folder around them."""
    links = [path for name in names if (path := Path(folder, name)).is_symlink()]
    here = Path(folder).resolve()
    astray = {path.name for path in links if not path.exists() or here.is_relative_to(os.path.realpath(path))}
    return SKIPPED(folder, names) | astray


def _small_enough(course: Path) -> None:
    size = sum(path.stat().st_size for path in course.rglob("*") if path.is_file())
    if size > MOST_COPIED:
        raise ArgumentError(
            f"{course} takes {size >> 20} MiB; a copy of it is run, so put the code and the data it needs into a "
            f"folder of at most {MOST_COPIED >> 20} MiB"
        )


def _instrument(copy: Path, kept: Path, functions: Mapping[str, syntax.File], random: frozenset[str]) -> None:
    """Put a wrapper in the place of every function of the copy, the original beside it under another name."""
    for name in functions:
        original = copy / f"{name}.m"
        original.rename(copy / f"matport_original_{name}.m")
        settings = (
            f"struct('folder', {quote(kept)}, 'calls', {MOST_CALLS}, 'bytes', {MOST_BYTES}, "
            f"'draws', {'true' if name in random else 'false'})"
        )
        original.write_text(WRAPPER.format(name=name, settings=settings))
    recorder = files("port.migrate") / "recorder" / "matport_witness.m"
    (copy / "matport_witness.m").write_text(recorder.read_text(encoding="utf-8"), encoding="utf-8")
    silent = copy / "matport_silent"
    silent.mkdir()
    for file, text in support().items():
        if file.startswith("silent/"):
            (silent / Path(file).name).write_text(text, encoding="utf-8")


def _run(copy: Path, engine: Engine, timeout: float) -> str:
    """Why the script did not end well; empty where it did."""
    script = f"warning('off', 'all');\naddpath({quote(copy / 'matport_silent')});\ncd({quote(copy)});\nmatport_entry"
    try:
        run(script, engine=engine, timeout=timeout)
    except EngineError as error:
        return _plain(str(error), copy)
    return ""


def _plain(message: str, copy: Path) -> str:
    """An engine's message without the traceback and the names of this machinery."""
    lines = [
        line for line in message.splitlines() if line.startswith("error: ") and "called from" not in line
    ]
    text = lines[0].removeprefix("error: ") if lines else message.splitlines()[0]
    for ours, shown in (
        (f"{copy}{os.sep}", ""),
        ("matport_original_", ""),
        ("matport_entry.m", "the script"),
    ):
        text = text.replace(ours, shown)
    return text.replace("matport_entry", "the script")


def _notes(kept: Path) -> dict[str, str]:
    """Why calls of functions were not kept."""
    return {
        path.stem.removeprefix("note_"): path.read_text(encoding="utf-8", errors="replace").strip()
        for path in kept.glob("note_*.txt")
    }


def _seen(kept: Path, functions: Mapping[str, syntax.File], script: str) -> Iterator[Seen]:
    """The calls that a run left."""
    for name, file in functions.items():
        for number in range(1, MOST_CALLS + 1):
            path = kept / f"call_{name}_{number}.mat"
            if path.is_file():
                try:
                    yield _spelled(name, file.functions[0], read_sized(path), script)
                except (CaseError, SourceError) as error:
                    (kept / f"note_{name}.txt").write_text(str(error).replace(f"{path}: ", ""))


def _spelled(name: str, main: syntax.Function, record: Mapping[str, Any], script: str) -> Seen:
    """The call in MATLAB over named inputs: its parameters, and what its function handles captured."""
    handles: dict[str, Any] = {}
    values: dict[str, Any] = {}
    arguments = list(_cells(record["given"]))
    captured: dict[str, Any] = {}
    for value in arguments:
        _capture(value, captured, handles)
    shown = []
    for place, value in enumerate(arguments):
        if _is_handle(value):
            shown.append(_text(value))
            continue
        argument = _parameter(main, place)
        while argument in captured or argument in values:
            argument += "_given"
        values[argument] = value
        shown.append(argument)
    results = list(_cells(record["results"]))
    outputs = [_output(main, place) for place in range(len(results))]
    seed = int(record["seed"].item())
    lines = [f"rand('twister', {seed}); randn('twister', {seed});"] if seed else []
    lines += [f"{handle} = {_text(value)};" for handle, value in handles.items()]
    left = outputs[0] if len(outputs) == 1 else f"[{', '.join(outputs)}]"
    lines.append(f"{left} = {name}({', '.join(shown)});")
    return Seen(
        name, "\n".join(lines), values | captured, dict(zip(outputs, results, strict=True)), script, seed
    )


def _cells(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else value.ravel(order="F")


def _is_handle(value: Any) -> bool:
    return isinstance(value, dict) and "matport_handle" in value


def _text(handle: Mapping[str, Any]) -> str:
    """A handle as it is written."""
    text = str(handle["matport_handle"])
    return text if text.startswith("@") else f"@{text}"


def _capture(value: Any, captured: dict[str, Any], handles: dict[str, Any]) -> None:
    """Add what a handle captured, and the handles among that, innermost first; SourceError where names collide."""
    from port.reference.provenance import values_hash

    if not _is_handle(value):
        return
    for name, item in zip(_cells(value["names"]), _cells(value["values"]), strict=True):
        _capture(item, captured, handles)
        known = handles if _is_handle(item) else captured
        if name in known and values_hash({"": known[name]}) != values_hash({"": item}):
            raise SourceError(f"its function handles captured two variables called {name}")
        known[name] = item


def _parameter(main: syntax.Function, place: int) -> str:
    """The name of an argument: as the function declares it, counted on for varargin."""
    names = list(main.parameters)
    if names and names[-1] == "varargin" and place >= len(names) - 1:
        return f"varargin_{place - len(names) + 2}"
    return names[place] if names[place].isidentifier() else f"argument_{place + 1}"


def _output(main: syntax.Function, place: int) -> str:
    """The name of a result: as the function declares it, counted on for varargout."""
    names = list(main.outputs)
    if names and names[-1] == "varargout" and place >= len(names) - 1:
        return f"varargout_{place - len(names) + 2}"
    return names[place]
