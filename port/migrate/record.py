"""Record a run, statement by statement: `record_python` and `record_matlab`."""

import ast
import keyword
import os
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.errors import ArgumentError, CaseError, EngineError, SourceError
from port.migrate import matlab_run
from port.migrate.replay import MOST_EVENTS, Task
from port.migrate.trace import Trace, load_trace
from port.reference.engine import MATLAB, OCTAVE, Session, find_engine, run
from port.reference.matfile import read_mat, write_mat
from port.reference.matvalue import object_array

PathLike = str | os.PathLike[str]
Inputs = Mapping[str, Any] | PathLike | None

GRACE = 5.0
INPUTS = "matport_inputs.mat"
PRINTED = 100_000


def record_python(
    path: PathLike, call: str | None = None, inputs: Inputs = None, *, timeout: float = 60.0
) -> Trace:
    """Run Python in another process and record every variable after every statement that sets it.

    call: `f(a, b)` or `[J, grad] = f(a, b)`, an expression over the functions of the file, `np` and the inputs;
    without one, a file of a single public function whose parameters are all inputs is called so, and any other is
    run as a script. inputs: values by name, or a .mat file; a struct comes as an object with attributes.
    Functions in other files of the folder are recorded too. A run that fails or takes longer than timeout
    seconds gives the trace up to there, with `failure` set.

    Raises SourceError where the file cannot be read, ArgumentError for a call that is none.
    """
    source = Path(path).resolve()
    values = {python_word(name): value for name, value in read_inputs(inputs).items()}
    outputs, expression = python_call(source, call, values)
    return record_task(Task(str(source), expression, outputs, values, "", timeout))


def record_task(task: Task) -> Trace:
    """Run a task in another process; raises EngineError where that left no trace."""
    source = Path(task.path)
    with tempfile.TemporaryDirectory(prefix="matport-") as folder:
        task_file, trace_file = Path(folder, "task"), Path(folder, "trace")
        task_file.write_bytes(pickle.dumps(replace(task, trace=str(trace_file))))
        printed, killed = _run_apart(task_file, source.parent, task.timeout + GRACE)
        try:
            trace = load_trace(trace_file)
        except CaseError:
            raise EngineError(
                f"{source}: Python ended without a trace: {printed[-2000:].strip() or killed}"
            ) from None
    return replace(trace, printed=printed, replay=task)


def record_matlab(
    path: PathLike,
    call: str | None = None,
    inputs: Inputs = None,
    engine: str = "octave",
    *,
    timeout: float = 60.0,
    session: Session | None = None,
    root: PathLike | None = None,
) -> Trace:
    """Run MATLAB code in an engine and record every variable after every statement that sets it.

    call: `f(a, b)` or `[J, grad] = f(a, b)` in MATLAB; without one, a function whose first parameters are inputs
    is called with these and all its outputs, and a script is run. engine: "octave" or "matlab". session: an open
    Octave, for many runs without starting anew. The engine works on an instrumented copy in an empty folder; the
    files are only read. Functions of the folder, of those that `addpath` names and of all below `root` are recorded
    too; figures are not drawn. A run that fails or takes longer than timeout seconds gives the trace up to there,
    with `failure` set.

    Raises SourceError where the file cannot be read, EngineError where there is no engine, ArgumentError for an
    engine or a call that is none.
    """
    source = Path(path).resolve()
    values = matlab_inputs(inputs)
    prepared = matlab_run.prepare(
        source,
        call,
        list(values),
        timeout=timeout,
        most_events=MOST_EVENTS,
        root=None if root is None else Path(root).resolve(),
    )
    chosen = session.engine if session else find_engine(engine_name(engine))
    with tempfile.TemporaryDirectory(prefix="matport-") as name:
        folder = Path(name)
        matlab_run.write(prepared, folder)
        write_mat(folder / INPUTS, values, compress=False)
        script = matlab_run.script(folder, source.parent, folder / INPUTS)
        stopped = ""
        try:
            if session:
                printed = session.run(script, timeout=timeout + GRACE)
            else:
                printed = run(script, engine=chosen, timeout=timeout + GRACE).stdout
        except EngineError as error:
            printed, stopped = "", str(error)
            if not any(folder.glob("trace_*.mat")):
                raise
        return matlab_run.collect(prepared, folder, f"{chosen.name} {chosen.version}", printed, stopped)


def engine_name(engine: str) -> str:
    """The engine's full name; ArgumentError where there is none of that name."""
    names = {"octave": OCTAVE, "matlab": MATLAB}
    if engine.lower() not in names:
        raise ArgumentError(f"no engine {engine!r}; there are 'octave' and 'matlab'")
    return names[engine.lower()]


def matlab_inputs(inputs: Inputs) -> dict[str, Any]:
    """Inputs as values that a .mat file holds: Python's integers are MATLAB's plain numbers, double."""
    if inputs is None:
        return {}
    if isinstance(inputs, Mapping):
        return {name: _doubles(value) for name, value in inputs.items()}
    return read_mat(inputs)


def _doubles(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic) and value.dtype == np.int64:
        return value.astype(np.float64)
    if isinstance(value, SimpleNamespace):
        return _doubles(vars(value))
    if isinstance(value, Mapping):
        return {name: _doubles(item) for name, item in value.items()}
    return [_doubles(item) for item in value] if isinstance(value, list | tuple) else value


def read_inputs(inputs: Inputs) -> dict[str, Any]:
    """Inputs as values by name: of a .mat file those are what a port wants, with 1 x 1 as a scalar."""
    if inputs is None:
        return {}
    if isinstance(inputs, Mapping):
        return dict(inputs)
    return {name: scalars(value) for name, value in read_mat(inputs).items()}


def scalars(value: Any) -> Any:
    """1 x 1 arrays as NumPy's scalars, within cells and structs too."""
    if isinstance(value, np.ndarray) and value.shape == (1, 1) and value.dtype.kind in "biufc":
        return value[0, 0]
    if isinstance(value, Mapping):
        return {name: scalars(item) for name, item in value.items()}
    if isinstance(value, np.ndarray) and value.dtype == object:
        return object_array([scalars(item) for item in value.ravel(order="F")], value.shape)
    return [scalars(item) for item in value] if isinstance(value, list) else value


def python_word(name: str, inputs: Collection[str] | None = None) -> str:
    """A name of MATLAB as Python can have it: `lambda_`. Given inputs, only where it is one of them."""
    other = f"{name}_" if keyword.iskeyword(name) else name
    return other if inputs is None or other in inputs else name


def python_call(path: Path, call: str | None, inputs: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """The names and the expression of the call to make; empty where the file is to be run as a script."""
    tree = python_tree(path)
    if call is not None:
        outputs, expression = matlab_run.split_call(call)
        expression = re.sub(r"\b[A-Za-z]\w*", lambda word: python_word(word[0], inputs), expression)
        try:
            ast.parse(expression, mode="eval")
        except SyntaxError:
            raise ArgumentError(
                f"{call!r} is no call in Python, such as 'f(a, b)' or '[J, grad] = f(a, b)'"
            ) from None
        return outputs, expression
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    main = next((node for node in functions if node.name == path.stem), functions[0] if functions else None)
    if main is None or not script_free(tree):
        return (), ""
    required = [item.arg for item in main.args.args]
    given = [name for name in required if name in inputs]
    missing = required[: len(required) - len(main.args.defaults)]
    if any(name not in inputs for name in missing):
        absent = ", ".join(name for name in missing if name not in inputs)
        raise ArgumentError(
            f"{path.name}: {main.name} needs {absent}, which the inputs do not hold; give a call"
        )
    return (), f"{main.name}({', '.join(f'{name}={name}' for name in given)})"


def script_free(tree: ast.Module) -> bool:
    """Whether a module only defines: imports, functions, classes, constants and a guarded main part."""
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.For | ast.While | ast.With | ast.AugAssign):
            return False
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return False
        calls = (
            [item.func for item in ast.walk(node) if isinstance(item, ast.Call)]
            if isinstance(node, ast.Assign)
            else []
        )
        if any(isinstance(item, ast.Name) and item.id in own for item in calls):
            return False
    return True


def python_tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file; SourceError where there is none."""
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=path.name)
    except OSError as error:
        raise SourceError(f"{path}: it cannot be read: {error.strerror}") from None
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise SourceError(f"{path}:{line}: it is no Python: {getattr(error, 'msg', error)}") from None


def _run_apart(task_file: Path, folder: Path, timeout: float) -> tuple[str, str]:
    """What the other process printed, and why it was ended where it was."""
    command = [sys.executable, "-P", "-m", "port.migrate.replay", str(task_file)]
    package = Path(__file__).resolve().parents[2]
    search_path = os.pathsep.join([str(package), *(entry for entry in sys.path if entry)])
    environment = {**os.environ, "PYTHONPATH": search_path, "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            process.wait(timeout)
            killed = f"exit status {process.returncode}"
        except subprocess.TimeoutExpired:
            killed = f"it took longer than {timeout:g} s and did not react"
        finally:
            process.kill()
            process.wait()
        output.seek(0)
        return output.read(PRINTED).decode("utf-8", "replace"), killed
