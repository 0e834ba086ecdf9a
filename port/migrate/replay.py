"""Run recorded Python: the other process of `record_python`, started as `python -m port.migrate.replay TASK`.

The task is a pickled `Task` of the process that starts this one; what goes back is a trace file.
"""

import _thread
import ast
import builtins
import os
import pickle
import platform
import runpy
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.instrument_python import FRAME, RECORDER, instrument
from port.migrate.substitute import Substitutes, like, lines_replaced
from port.migrate.trace import Failure, Site, Store, write_footer

LARGE = 4096
"""Elements from which on an array set in a loop is recorded at a few of its occurrences only."""
ALWAYS = 16
MOST_EVENTS = 2_000_000
PATIENCE = 2.0
"""Seconds that a run may take to stop, once it is told to."""
EMPTY, EMPTY_LIKE = np.empty, np.empty_like


@dataclass(frozen=True)
class Task:
    """One run: `call` is a Python expression, or empty for a script.

    substitutes: values in place of what statements set, by file, line, name and occurrence. changed: sources in
    place of what is in files, by their names in the trace.
    """

    path: str
    call: str
    outputs: tuple[str, ...]
    inputs: Mapping[str, Any]
    trace: str
    timeout: float
    most_events: int = MOST_EVENTS
    substitutes: Substitutes = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)


class Stopped(BaseException):
    """The run took too long or recorded too much."""


class Struct(SimpleNamespace):
    """A MATLAB struct for ports of both kinds: `s.W` and `s["W"]`."""

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__

    def keys(self) -> Sequence[str]:
        """The field names."""
        return list(self.__dict__)


class Recorder:
    """What instrumented code calls. Rows are (site, frame, occurrence, key, part key)."""

    def __init__(self, store: Store, task: Task) -> None:
        self.store, self.task = store, task
        self.sites: list[Site] = []
        self.rows: list[tuple[int, int, int, str, str | None]] = []
        self.counts: dict[int, int] = {}
        self.last: dict[tuple[int, str], str] = {}
        self.left_out: set[tuple[int, int]] = set()
        self.frames = 0
        self.callers: dict[int, tuple[int, str, int]] = {}
        self.expired = False

    def enter(self) -> int:
        """The number of a new call; the recorded code that made it is noted."""
        self.frames += 1
        frame = sys._getframe(1).f_back
        while frame is not None and FRAME not in frame.f_locals:
            frame = frame.f_back
        if frame is not None and not frame.f_code.co_filename.startswith("<"):
            self.callers[self.frames] = frame.f_locals[FRAME], frame.f_code.co_filename, frame.f_lineno
        return self.frames

    def record(self, site: int, frame: int, value: Any) -> None:
        """One variable after its statement."""
        occurrence = self.counts.get(site, 0) + 1
        self.counts[site] = occurrence
        if occurrence > ALWAYS and occurrence & (occurrence - 1) and is_large(value):
            self.left_out.add((site, frame))
        else:
            self.append(site, frame, occurrence, self.store.add(value), None)

    def replaced(self, site: int, frame: int, value: Any) -> Any:
        """A variable before it is recorded: what was substituted for it, if anything was."""
        place = self.sites[site]
        key = (place.file, place.line, place.name, self.counts.get(site, 0) + 1)
        if key not in self.task.substitutes:
            return value
        return like(self.task.substitutes[key], value, in_place=bool(place.path))

    def record_part(self, site: int, frame: int, whole: Any, part: Callable[[], Any]) -> None:
        """One variable of which a part was set."""
        before = len(self.rows)
        self.record(site, frame, whole)
        if len(self.rows) > before:
            self.rows[-1] = (*self.rows[-1][:4], self.store.add(part()))

    def append(self, site: int, frame: int, occurrence: int, key: str, part: str | None) -> None:
        if self.expired or len(self.rows) >= self.task.most_events:
            raise Stopped(self.reason())
        self.rows.append((site, frame, occurrence, key, part))
        self.last[frame, self.sites[site].name] = key

    def reason(self) -> str:
        """Why the run was stopped."""
        if self.expired:
            return f"it was stopped: it took longer than {self.task.timeout:g} s"
        return f"it was stopped after {self.task.most_events:,} recorded events"

    def touch(self, site: int, frame: int, value: Any) -> None:
        """A variable that was handed to a call: recorded where its content is another now."""
        known = self.last.get((frame, self.sites[site].name))
        if known is not None and (isinstance(value, list | dict | np.ndarray) or hasattr(value, "__dict__")):
            key = self.store.add(value)
            if key != known:
                self.counts[site] = self.counts.get(site, 0) + 1
                part = self.store.add(value[-1]) if isinstance(value, list) and value else None
                self.append(site, frame, self.counts[site], key, part)

    def settle(self, site: int, frame: int, value: Callable[[], Any]) -> None:
        """After a loop: record what was left out last."""
        if (site, frame) in self.left_out:
            self.left_out.discard((site, frame))
            self.append(site, frame, self.counts[site], self.store.add(value()), None)

    def test(self, site: int, frame: int, value: Any) -> bool:
        """The truth of a condition."""
        truth = bool(self.replaced(site, frame, value))
        self.record(site, frame, truth)
        return truth

    def give(self, site: int, frame: int, value: Any) -> Any:
        """A returned value."""
        value = self.replaced(site, frame, value)
        self.record(site, frame, value)
        return value

    def results(self, outputs: Sequence[str], value: Any) -> None:
        """What the call of the whole run gave, by position."""
        values = list(value) if isinstance(value, tuple) else [value]
        names = [*outputs, *(f"result {i + 1}" for i in range(len(outputs), len(values)))]
        for name, item in zip(names, values, strict=False):
            self.sites.append(Site(Path(self.task.path).name, 0, 0, "", name, "result"))
            self.record(len(self.sites) - 1, 0, item)


def is_large(value: Any) -> bool:
    """Whether a value has so many elements that copies of it in a loop would fill the memory."""
    if isinstance(value, np.ndarray):
        return value.size > LARGE
    return isinstance(value, list) and sum(np.size(item) for item in value if item is not None) > LARGE


class Finder(MetaPathFinder):
    """Imports the files of one folder instrumented, and leaves all others alone."""

    def __init__(
        self,
        root: Path,
        recorder: Recorder,
        changed: Mapping[str, str] | None = None,
        only: Mapping[str, Collection[int]] | None = None,
    ) -> None:
        """changed: sources in place of what is in the files; only: the lines of each file that are recorded."""
        self.root, self.recorder, self.changed, self.only = root, recorder, changed or {}, only
        self.replaced = lines_replaced(recorder.task.substitutes)
        self.sources: dict[str, str] = {}
        self.imported: list[str] = []
        self.scripts: dict[str, CodeType] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader) or not spec.origin:
            return None
        if self.root not in Path(spec.origin).resolve().parents:
            return None
        self.imported.append(name)
        spec.loader = Loader(name, spec.origin, self)
        return spec

    def compiled(self, path: Path) -> CodeType:
        """The instrumented code of a file; its source is noted."""
        name = self.name(path)
        source = self.changed[name] if name in self.changed else path.read_text(encoding="utf-8")
        self.sources[name] = source
        replaced = self.replaced.get(name, set())
        only = None if self.only is None else {*self.only.get(name, ()), *replaced}
        return compile(instrument(source, name, self.recorder.sites, only, replaced), str(path), "exec")

    def script(self, path: str, init_globals: Mapping[str, Any]) -> dict[str, Any]:
        """Run a script of the folder that another one runs, recorded; in place of `runpy.run_path`."""
        if self.root not in Path(path).resolve().parents:
            return runpy.run_path(path, init_globals=dict(init_globals))
        if path not in self.scripts:
            self.scripts[path] = self.compiled(Path(path))
        variables = {**init_globals, "__file__": path}
        exec(self.scripts[path], variables)
        return variables

    def name(self, path: Path) -> str:
        """A file as it is named in the trace."""
        return path.resolve().relative_to(self.root).as_posix()


class Loader(SourceFileLoader):
    """Compiles a module instrumented; nothing is cached on disk."""

    def __init__(self, name: str, path: str, finder: Finder) -> None:
        super().__init__(name, path)
        self.finder = finder

    def get_code(self, fullname: str) -> CodeType:
        return self.finder.compiled(Path(self.path))


def run(task: Task, recorder: Recorder, finder: Finder) -> None:
    """Run the script, or import the module and make the call."""
    path = Path(task.path)
    vars(builtins)[RECORDER] = recorder
    vars(np).update(empty=unset, empty_like=unset_like)
    inputs = {name: given(value) for name, value in task.inputs.items()}
    module = ModuleType(module_name(path) if task.call else "__main__")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    if is_translated(path):
        adapt_runtime(finder)
    if not task.call:
        vars(module).update(inputs)
        exec(finder.compiled(path), vars(module))
        return
    exec(finder.compiled(path), vars(module))
    function = ast.parse(task.call, mode="eval").body
    known = {"np": np, **vars(module), **inputs}
    if isinstance(function, ast.Call) and isinstance(function.func, ast.Name):
        known[function.func.id] = vars(module).get(function.func.id, known.get(function.func.id))
    recorder.results(task.outputs, eval(task.call, known))


def module_name(path: Path) -> str:
    """The name a file is imported by, where that is not the name of something else."""
    return f"_{path.stem}" if path.stem in sys.stdlib_module_names else path.stem


def is_translated(path: Path) -> bool:
    """Whether a file of the folder uses the runtime of translations."""
    return any(
        "port.migrate.runtime" in file.read_text(encoding="utf-8") for file in path.parent.glob("*.py")
    )


def adapt_runtime(finder: Finder) -> None:
    """Let translated code draw what a recorded run in Octave draws, and run other scripts recorded."""
    from port.migrate import runtime
    from port.migrate.runtime import paths

    for stream in (runtime.rand, runtime.randn):
        stream("twister", 1)
    vars(paths)["run_path"] = finder.script


@wraps(np.empty)
def unset(*arguments: Any, **options: Any) -> Any:
    """What `np.empty` leaves is what was in memory: here it is NaN, so that two runs are the same."""
    return cleared(EMPTY(*arguments, **options))


@wraps(np.empty_like)
def unset_like(*arguments: Any, **options: Any) -> Any:
    """`np.empty_like` with NaN."""
    return cleared(EMPTY_LIKE(*arguments, **options))


def cleared(array: Any) -> Any:
    """An array of NaN, where its type has one, else of zeros."""
    array[...] = np.nan if array.dtype.kind in "fc" else None if array.dtype.kind == "O" else 0
    return array


def given(value: Any) -> Any:
    """An input as a port wants it: structs with attributes; a copy, for a program may write into what it is given."""
    if isinstance(value, Mapping):
        return Struct(**{name: given(item) for name, item in value.items()})
    if isinstance(value, np.ndarray) and value.dtype.hasobject:
        return objects(value)
    if isinstance(value, np.ndarray):
        return value.copy(order="K")
    return [given(item) for item in value] if isinstance(value, list) else value


def objects(value: Any) -> Any:
    """A cell or an array of structs, with what a port wants in it."""
    items = np.empty(value.shape, dtype=object)
    for place in np.ndindex(value.shape):
        item = value[place]
        fields = value.dtype.names
        items[place] = given(dict(zip(fields, item, strict=True)) if fields else item)
    return items


def failure_of(error: BaseException, finder: Finder) -> Failure:
    """What an exception says, and the last line of the user's own files that it went through."""
    if isinstance(error, SyntaxError) and error.filename in finder.sources:
        return Failure(f"SyntaxError: {error.msg}", error.filename, error.lineno or 0)
    own = [
        (finder.name(Path(frame.filename)), frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__)
        if finder.root in Path(frame.filename).resolve().parents
    ]
    text = str(error) if isinstance(error, Stopped) else f"{type(error).__name__}: {error}"
    return Failure(text, *(own[-1] if own else ("", 0)))


def called_from(recorder: Recorder, finder: Finder) -> list[list[Any]]:
    """Where every call was made, with files as they are named in the trace."""
    names = {path: finder.name(Path(path)) for _, path, _ in recorder.callers.values()}
    return [[number, frame, names[path], line] for number, (frame, path, line) in recorder.callers.items()]


def guarded(
    task: Task, recorder: Recorder, finder: Finder, write: Callable[[Failure], None]
) -> Failure | None:
    """Run with a limit on time; the failure, or None. write: keeps the trace of a run that cannot be stopped."""
    ended = threading.Event()

    def expire() -> None:
        recorder.expired = True
        interrupt()
        if not ended.wait(PATIENCE):
            write(Failure(recorder.reason()))
            os._exit(1)

    alarm = threading.Timer(task.timeout, expire)
    alarm.daemon = True
    alarm.start()
    try:
        run(task, recorder, finder)
    except SystemExit as error:
        return failure_of(error, finder) if error.code else None
    except KeyboardInterrupt as error:
        return replace(
            failure_of(error, finder), message=recorder.reason() if recorder.expired else "interrupted"
        )
    except BaseException as error:
        return failure_of(error, finder)
    finally:
        ended.set()
        alarm.cancel()
    return None


def interrupt() -> None:
    """Interrupt what the main thread does, also where it sleeps."""
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGINT)
    else:
        _thread.interrupt_main()


def main(task_path: str) -> None:
    """Run the task of a file and write its trace."""
    task: Task = pickle.loads(Path(task_path).read_bytes())
    root = Path(task.path).resolve().parent
    sys.path.insert(0, str(root))
    sys.dont_write_bytecode = True
    with Path(task.trace).open("wb") as file:
        store = Store(file)
        recorder = Recorder(store, task)
        finder = Finder(root, recorder, task.changed)
        sys.meta_path.insert(0, finder)

        def write(failure: Failure | None) -> None:
            write_footer(
                file,
                store.entries,
                [(recorder.sites[site], *rest) for site, *rest in recorder.rows],
                language="python",
                engine=f"Python {platform.python_version()}, NumPy {np.__version__}",
                entry=finder.name(Path(task.path)),
                sources=finder.sources,
                failure=failure and [failure.message, failure.file, failure.line],
                callers=called_from(recorder, finder),
            )
            file.flush()

        failure = guarded(task, recorder, finder, write)
        sys.stdout.flush()
        write(failure)


if __name__ == "__main__":
    main(sys.argv[1])
