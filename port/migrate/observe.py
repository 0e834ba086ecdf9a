"""Facts from one recorded run of the MATLAB code, and the proof that the translation gives the same."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.errors import EngineError
from port.migrate import runtime
from port.migrate.agree import mismatch
from port.migrate.kinds import (
    ANY,
    CELL,
    HANDLE,
    LOGICAL,
    ROW_CELL,
    STR,
    STRUCT,
    Environment,
    Kind,
    array,
    join,
)
from port.migrate.record import read_inputs, record_matlab, record_python
from port.migrate.scope import python_name
from port.migrate.trace import Dropped, Event, Opaque, Trace

Facts = dict[str, Environment]


def observe(
    path: Path, call: str | None, inputs: Any = None, *, root: Path | None = None
) -> tuple[Facts, Trace]:
    """Run a file in Octave and note what each function was given: `{function: {parameter: Kind}}`.

    root: a folder in which functions lie that no search path leads to.
    Raises EngineError where the run failed, for then nothing was observed.
    """
    trace = record_matlab(path, call, inputs, root=root)
    if trace.failure is not None:
        where = f" at {Path(trace.failure.file).name}:{trace.failure.line}" if trace.failure.file else ""
        raise EngineError(f"the MATLAB run failed{where}: {trace.failure.message}")
    return facts_of(trace), trace


def facts_of(trace: Trace) -> Facts:
    """What a trace says of the parameters of every function, and by `name@line` of what its statements (and those of
    scripts) assign; of several calls and turns, what holds in all.
    """
    facts: Facts = {}
    seen: set[tuple[Any, ...]] = set()
    for event in trace.events:
        site = event.site
        if site.kind not in ("argument", "assign") or (site, event.key) in seen:
            continue
        seen.add((site, event.key))
        place = "" if site.kind == "argument" else f"@{site.line}"
        known = facts.setdefault(site.function or python_name(Path(site.file).stem), {})
        for name, kind in kinds_of(site.name, event.value, event.shape).items():
            known[name + place] = join(known[name + place], kind) if name + place in known else kind
    return facts


def kinds_of(name: str, value: Any, shape: tuple[int, ...] | None = None) -> Environment:
    """The kind of a value and of its fields and items, by path.

    A trace lists the items of cells and of struct arrays alike: a row cell is only what has that shape.
    """
    if isinstance(value, Opaque | Dropped):
        return {name: HANDLE if isinstance(value, Opaque) and value.class_name == "function_handle" else ANY}
    known = kind_of(value)
    if known.rep == "list" and any(isinstance(item, Mapping) for item in value):
        known = ANY
    elif known.rep == "list" and not (shape == (0, 0) or (shape and shape[0] == 1)):
        known = CELL
    found = {name: known}
    fields = value if isinstance(value, Mapping) else getattr(value, "__dict__", {})
    for key, part in fields.items():
        found.update(kinds_of(f"{name}.{key}", part))
    if isinstance(value, list) and value:
        for path in dict.fromkeys(p for item in value for p in kinds_of(f"{name}{{}}", item)):
            kinds = [kinds_of(f"{name}{{}}", item).get(path, ANY) for item in value]
            joined = kinds[0]
            for kind in kinds[1:]:
                joined = join(joined, kind)
            found[path] = joined
    return found


def kind_of(value: Any) -> Kind:
    """What an observed value tells."""
    if isinstance(value, str):
        return STR
    if isinstance(value, bool | np.bool_):
        return LOGICAL
    if isinstance(value, int | float | complex | np.number):
        return _scalar(np.asarray(value))
    if isinstance(value, list):
        return ROW_CELL
    if isinstance(value, np.ndarray):
        return _array(value)
    return STRUCT if isinstance(value, Mapping) or hasattr(value, "__dict__") else ANY


def _scalar(value: Any) -> Kind:
    cls = _class(value)
    plain = cls in ("double", "logical")
    return Kind(cls, "scalar", 1, 1, real=value.dtype.kind != "c") if plain else Kind(cls)


def _class(value: Any) -> str:
    names = {"f8": "double", "c16": "double", "b1": "logical", "f4": "single", "c8": "single", "i8": "double"}
    return names.get(value.dtype.str[1:], value.dtype.name if value.dtype.kind in "iu" else "any")


def _array(value: Any) -> Kind:
    """The kind of an observed array; an empty or one of more than two dimensions tells its class alone."""
    if value.dtype == object:
        return CELL if not all(hasattr(v, "__dict__") for v in value.ravel()) else ANY
    cls = _class(value)
    if value.size == 1 and cls in ("double", "logical"):
        return _scalar(value.reshape(()))
    if value.ndim != 2 or value.size == 0 or cls not in ("double", "logical"):
        return Kind(cls)
    return replace(array(value.shape[0], value.shape[1], cls), real=value.dtype.kind != "c")


def differences(matlab: Trace, path: Path, call: str | None, inputs: Any = None) -> list[str]:
    """Run the translation on the same inputs; one sentence for each result that is not MATLAB's."""
    python = record_python(path, _python_spelling(call, path), _python_inputs(inputs))
    if python.failure is not None:
        line = f" at line {python.failure.line}" if python.failure.line else ""
        return [f"{python.failure.file or path.name} failed{line}: {python.failure.message}"]
    want, got = _results(matlab), _results(python)
    got = {**got.get("GLOBALS", {}), **got}
    found: list[str] = []
    for name, value in want.items():
        spelled = name if name in got else python_name(name)
        if spelled not in got:
            found.append(f"{name} is missing")
            continue
        how = mismatch(value, got[spelled])
        if how is not None:
            found.append(f"{name} differs ({how.kind}) {how.detail}".rstrip())
    return found


def _python_spelling(call: str | None, path: Path) -> str | None:
    """A MATLAB call as Python can read it: `lambda` is `lambda_` there, `f` is `f()`, and a script is run."""
    if call is None:
        return None
    spelled = re.sub(r"[A-Za-z_]\w*", lambda match: python_name(match.group()), call.strip().rstrip(";"))
    if spelled == path.stem:
        is_function = f"def {spelled}(" in path.read_text(encoding="utf-8")
        return f"{spelled}()" if is_function else None
    return spelled


def _python_inputs(inputs: Any) -> dict[str, Any]:
    if isinstance(inputs, str | Path):
        return {python_name(name): value for name, value in vars(runtime.load(str(inputs))).items()}
    return {python_name(name): _namespaces(value) for name, value in read_inputs(inputs).items()}


def _namespaces(value: Any) -> Any:
    """Structs as the objects with attributes that translated code takes."""
    if isinstance(value, Mapping):
        return SimpleNamespace(**{name: _namespaces(part) for name, part in value.items()})
    return [_namespaces(part) for part in value] if isinstance(value, list) else value


def _results(trace: Trace) -> dict[str, Any]:
    """The results of a call; of a script, the last value of every variable of its workspace that is no function."""
    results = {e.site.name: e.value for e in trace.events if e.site.kind == "result"}
    if results:
        return results
    last = {e.site.name: e for e in trace.events if e.frame == 0 and e.site.kind in ("assign", "loop")}
    values = {name: e for name, e in last.items() if e.class_name != "function_handle"}
    return {name: e.value for name, e in values.items() if not _is_cleared(trace, e)}


def _is_cleared(trace: Trace, event: Event) -> bool:
    """Whether a script says `clear x` below the last assignment of x."""
    lines = trace.sources.get(event.site.file, "").splitlines()[event.site.line - 1 :]
    cleared = (names for line in lines for names in re.findall(r"\bclear\b([^;%#]*)", line.split("%")[0]))
    return any(event.site.name in re.findall(r"\w+", names) for names in cleared)
