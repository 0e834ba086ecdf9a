"""How the function of a submission is found, given its arguments, and its outputs named."""

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from port.errors import ArgumentError
from port.migrate.replay import Struct


def python_of(code: Path, entry: str, temporary: Path) -> Path:
    """The file to load; MATLAB is translated, with all of its folder, into a folder of temporary files."""
    if not entry.endswith(".m"):
        return code / entry
    from port.migrate.folder import translate_paths

    folder = temporary / "translated"
    written = {item.source: item for item in translate_paths([code])}
    for item in written.values():
        target = folder / item.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(item.translation.python, encoding="utf-8")
    sys.path.insert(0, str(folder))
    return folder / written[code / entry].target


def load(path: Path) -> ModuleType:
    """The submission's file as a module under its own name."""
    specification = spec_from_file_location(path.stem, path)
    if specification is None or specification.loader is None:
        raise ArgumentError(f"{path.name} is not a Python file")
    module = module_from_spec(specification)
    sys.modules[path.stem] = module
    specification.loader.exec_module(module)
    return module


def function_of(module: ModuleType, name: str, suggestion: str) -> Callable[..., Any]:
    """The function of that name; without one the suggested, that of the file's name, or the only one of the file."""
    own = [key for key, value in vars(module).items() if _is_own(value, module) and not key.startswith("_")]
    if not name:
        likely = [key for key in (suggestion, module.__name__) if key in own] or own
        if not likely or (likely is own and len(own) > 1):
            found = ", ".join(own) or "none"
            raise ArgumentError(f"name the function to call: {module.__name__}.py defines {found}")
        name = likely[0]
    function: Callable[..., Any] | None = getattr(module, name, None)
    if function is None or not callable(function):
        raise ArgumentError(f"{module.__name__}.py defines no function {name}")
    return function


def _is_own(value: Any, module: ModuleType) -> bool:
    return inspect.isfunction(value) and value.__module__ == module.__name__


def _struct(value: Any) -> Any:
    """A value whose dicts are structs, with fields that can be had as `s.a` and as `s["a"]`."""
    if isinstance(value, dict):
        return Struct(**{name: _struct(item) for name, item in value.items()})
    if isinstance(value, list):
        return [_struct(item) for item in value]
    if isinstance(value, np.ndarray) and value.dtype == object:
        items = np.empty(value.size, dtype=object)
        items[:] = [_struct(item) for item in value.ravel()]
        return items.reshape(value.shape)
    return value


def call(function: Callable[..., Any], case: Any) -> Any:
    """Call with a list of arguments in order, or with those of a dict that the parameters ask for.

    Names match without regard to case and a final underscore, for `lambda` is no name in Python; where a parameter
    without default has no match, all values are passed in the order of the case.
    """
    if isinstance(case, list):
        return function(*map(_struct, case))
    parameters = inspect.signature(function).parameters.values()
    values = {name: _struct(value) for name, value in case.items()}
    known = {_key(name): value for name, value in values.items()}
    if any(each.kind is each.VAR_KEYWORD for each in parameters):
        return function(**values)
    required = [each for each in parameters if each.default is each.empty]
    if any(each.kind is each.VAR_POSITIONAL or _key(each.name) not in known for each in required):
        return function(*values.values())
    given = [each for each in parameters if _key(each.name) in known]
    positional = [known[_key(each.name)] for each in given if each.kind is each.POSITIONAL_ONLY]
    by_name = {each.name: known[_key(each.name)] for each in given if each.kind is not each.POSITIONAL_ONLY}
    return function(*positional, **by_name)


def _key(name: str) -> str:
    return name.rstrip("_").casefold()


def named(returned: Any, outputs: Sequence[str]) -> Any:
    """What a function returned, by the names of its outputs: a tuple by position, fields by name in any case."""
    if isinstance(returned, tuple) and not hasattr(returned, "_asdict"):
        return dict(zip(outputs, returned, strict=False))
    fields = _fields(returned)
    if fields is None:
        return {outputs[0]: returned} if outputs else returned
    wanted = {_key(name): name for name in outputs}
    return {wanted.get(_key(str(name)), str(name)): value for name, value in fields.items()}


def _fields(value: Any) -> Mapping[Any, Any] | None:
    """The fields of a mapping or of an object that is no array, number, text or list."""
    if isinstance(value, Mapping):
        return value
    if hasattr(value, "_asdict"):
        return dict(value._asdict())
    if hasattr(value, "__dict__") and not hasattr(value, "__array__") and not callable(value):
        return dict(vars(value))
    return None
