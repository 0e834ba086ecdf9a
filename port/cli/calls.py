"""How an original is called, and how its port: by another name, with its own parameters, or in their order."""

import ast
import builtins
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from port.errors import ArgumentError
from port.migrate.match import alike
from port.migrate.matlab_run import matlab_call, parsed_file, split_call
from port.migrate.record import python_tree, python_word, script_free
from port.reference.matfile import read_mat

LIKE = 0.6
CASE = {"input", "expected", "meta"}
Function = ast.FunctionDef


def variables(path: Path | None) -> tuple[dict[str, Any], str | None]:
    """The variables of a .mat file; of a reference case its inputs, with the call that it records, for all outputs."""
    held = {} if path is None else read_mat(path)
    inner, meta = held.get("input"), held.get("meta")
    if not isinstance(inner, dict) or not held.keys() <= CASE:
        return held, None
    call = split_call(str(meta.get("call", "")))[1] if isinstance(meta, dict) else ""
    return inner, call if call and not re.search(r"[\n@]", call) else None


def matlab_file(path: Path) -> None:
    """Raise ArgumentError where MATLAB cannot run a file by its name."""
    if path.suffix != ".m":
        raise ArgumentError(f"{path} is no MATLAB file: the name of one ends in .m")
    if not re.fullmatch(r"[A-Za-z]\w*", path.stem, re.ASCII):
        raise ArgumentError(
            f"{path}: MATLAB runs no file of this name; use a letter, then letters, digits and _"
        )


def require_inputs(original: Path, call: str | None, inputs: Mapping[str, Any]) -> None:
    """Raise ArgumentError where a function with parameters is to be called with nothing."""
    file = parsed_file(original)
    if call or inputs or file.is_script or not file.functions[0].parameters:
        return
    names = ", ".join(file.functions[0].parameters)
    raise ArgumentError(
        f"{original.name} takes {names}: give --inputs IN.mat with variables of these names, or a --call"
    )


def own_call(original: Path, inputs: Mapping[str, Any]) -> str | None:
    """The call that a function declares, with the inputs that bear its parameters' names; None for a script."""
    file = parsed_file(original)
    if file.is_script:
        return None
    require_inputs(original, None, inputs)
    outputs, expression = matlab_call(original, file, None, list(inputs))
    return f"[{', '.join(outputs)}] = {expression}" if outputs else expression


def python_call_for(original: Path, port: Path, call: str | None, inputs: Mapping[str, Any]) -> str | None:
    """The call of the port that stands for a call of the original; None where the port is run as a script.

    Without a call of the original the port is called with the inputs that bear the names of its parameters, and where
    some are missing with those of the original's, in their order. Raises ArgumentError where neither can be.
    """
    tree = python_tree(port)
    main = main_function(tree, port.stem, original.stem)
    if call is not None:
        known = main is None or original.stem in functions_of(tree)
        return (
            call
            if known or main is None
            else re.sub(rf"\b{re.escape(original.stem)}\b(?=\s*\()", main.name, call)
        )
    if main is None or not script_free(tree):
        return None
    return by_name(main, inputs) or in_order(original, port, main, inputs)


def with_ints(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs with sizes and labels, whole numbers and vectors of them, as ints: MATLAB has them as doubles."""
    return {name: as_int(value) if is_whole(value) else value for name, value in inputs.items()}


def as_int(value: Any) -> Any:
    return value.astype(np.int64) if isinstance(value, np.ndarray) else int(value)


def is_whole(value: Any) -> bool:
    """Whether a value is a double, or a vector of doubles, without a fraction."""
    if not isinstance(value, np.ndarray | np.float64) or value.dtype != np.float64:
        return False
    is_vector = value.size == max(value.shape, default=1)
    return is_vector and bool(np.all(np.isfinite(value) & (value == np.rint(value))))


def require_function(port: Path, call: str) -> None:
    """Raise ArgumentError where a call is of a function that the file does not have."""
    called = re.match(r"\s*([A-Za-z_]\w*)\s*\(", split_call(call)[1])
    tree = python_tree(port)
    known = {"np", *dir(builtins)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            known.add(node.name)
        elif isinstance(node, ast.alias):
            known.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            known.add(node.id)
    if called and called[1] not in known and "*" not in known:
        own = ", ".join(functions_of(tree)) or "none"
        raise ArgumentError(f"{port.name} has no function {called[1]}; its functions: {own}")


def by_name(main: Function, inputs: Mapping[str, Any]) -> str | None:
    """The call with the inputs that its parameters name; None where one is missing."""
    given = {python_word(name) for name in inputs}
    names = [item.arg for item in (*main.args.args, *main.args.kwonlyargs)]
    if any(name not in given for name in names[: len(main.args.args) - len(main.args.defaults)]):
        return None
    return f"{main.name}({', '.join(f'{name}={name}' for name in names if name in given)})"


def in_order(original: Path, port: Path, main: Function, inputs: Mapping[str, Any]) -> str:
    """The call with the inputs that the original's parameters name, in their order."""
    file = parsed_file(original) if original.is_file() else None
    parameters = file.functions[0].parameters if file and not file.is_script else ()
    given = [name for name in parameters if name in inputs]
    most = len(main.args.args)
    if not most - len(main.args.defaults) <= len(given) <= most:
        wanted = ", ".join(item.arg for item in main.args.args)
        raise ArgumentError(
            f"{port.name}: {main.name}({wanted}) cannot be called with {', '.join(inputs) or 'no inputs'}; "
            f"give --python-call, such as '{main.name}(X.T, y)'"
        )
    return f"{main.name}({', '.join(given)})"


def functions_of(tree: ast.Module) -> dict[str, Function]:
    """The functions that a Python file defines."""
    return {node.name: node for node in tree.body if isinstance(node, Function)}


def main_function(tree: ast.Module, stem: str, original: str) -> Function | None:
    """The function that is the port: of the file's name, of the most like the original's, or that no other calls."""
    found = functions_of(tree)
    if stem in found or original in found:
        return found.get(original) or found[stem]
    public = [name for name in found if not name.startswith("_")]
    best = max(public, key=lambda name: alike(original, name), default=None)
    if best is not None and alike(original, best) > LIKE:
        return found[best]
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    roots = [name for name in public if name not in called]
    return found[roots[0]] if len(roots) == 1 else None
