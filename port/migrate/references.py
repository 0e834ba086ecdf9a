"""References of a migrated course: the recorded calls as cases, and the tests that make the same calls in Python."""

import ast
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate import observe, runtime
from port.migrate.kinds import Kind, join
from port.migrate.translation import translate
from port.migrate.witness import Seen
from port.reference.case import Case
from port.reference.engine import Engine
from port.reference.matvalue import cell, structure
from port.reference.provenance import file_sha256
from port.reference.pytest_reference import Reference


def replayed(call: Callable[..., Any], reference: Reference) -> dict[str, Any]:
    """Make a recorded call with its recorded inputs; the results under their MATLAB names.

    `call` takes the inputs in their order: numbers 1 x 1 as scalars, structs with attributes.
    """
    loaded = runtime.load(str(reference.case.path))
    got = call(*vars(loaded.input).values())
    names = list(reference.expected)
    results = got if len(names) > 1 else [got]
    return {name: _matlab_form(value) for name, value in zip(names, results, strict=True)}


def _matlab_form(value: Any) -> Any:
    """A result in the form of a reference: numbers 1 x 1, cells as `read_mat` gives them, struct arrays."""
    if isinstance(value, SimpleNamespace):
        return {name: _matlab_form(item) for name, item in vars(value).items()}
    if isinstance(value, list):
        return [_matlab_form(item) for item in value]
    if not isinstance(value, np.ndarray | np.generic | bool | int | float | complex):
        return value
    array = np.asarray(value)
    if array.dtype != object:
        return array if array.ndim else array.reshape(1, 1)
    items = array.ravel(order="F").tolist()
    if runtime.iscell(value) or not items:
        return cell([_matlab_form(item) for item in items], array.shape)
    return structure([_matlab_form(item) for item in items], list(vars(items[0])), array.shape)


def case_of(seen: Seen, number: int, course: Path, engine: Engine) -> Case:
    """A recorded call as a reference case."""
    source = course / f"{seen.function}.m"
    return Case(
        name=f"{seen.function}_{number}",
        title=f"call {number} of {seen.function} in {seen.script}",
        input=dict(seen.inputs),
        expected=dict(seen.expected),
        meta={
            "task": "migrate",
            "function": seen.function,
            "call": seen.call,
            "engine": engine.name,
            "version": engine.version,
            "script": source.name,
            "script_sha256": file_sha256(source),
            "inputs": f"as {seen.script} gave them" + (f"; twister seed {seen.seed}" if seen.seed else ""),
            "created": datetime.now(UTC).strftime("%Y-%m-%d"),
        },
    )


def facts_of(cases: Sequence[Case], parameters: Mapping[str, Sequence[str]]) -> observe.Facts:
    """What references say of the parameters of functions: what holds in all calls of one."""
    facts: observe.Facts = {}
    for name, declared in parameters.items():
        calls = [case.input for case in cases if case.meta.get("function") == name]
        for parameter in declared:
            if calls and all(parameter in inputs for inputs in calls):
                found = [observe.kinds_of(parameter, inputs[parameter]) for inputs in calls]
                facts.setdefault(name, {}).update(_joined(found))
    return facts


def _joined(kinds: Sequence[Mapping[str, Kind]]) -> dict[str, Kind]:
    """The paths that all have, each with what holds in all."""
    joined = dict(kinds[0])
    for other in kinds[1:]:
        joined = {path: join(kind, other[path]) for path, kind in joined.items() if path in other}
    return joined


def test_module(name: str, cases: Sequence[Case], course: Path, rtol: float | None) -> str:
    """The text of `test_<name>.py`: the recorded calls in Python, each compared with its reference."""
    calls: dict[str, list[Case]] = {}
    for case in cases:
        calls.setdefault(_function(case), []).append(case)
    functions = [text.replace("matport_call", f"call_{n}", 1) for n, text in enumerate(calls, 1)]
    python = translate("".join(functions), filename=course / "call_1.m").python
    imports, definitions = _split(python)
    made = f"{cases[0].meta['engine']} {cases[0].meta['version']}"
    tests = "".join(_test(name, n, group, rtol, len(calls)) for n, group in enumerate(calls.values(), 1))
    return (
        f'"""{name}: the translation beside {_counted(len(cases))} of {made}."""\n\n'
        f"import pytest\n\nfrom port.migrate.references import replayed\n{imports}\n\n{definitions}{tests}"
    )


def _counted(calls: int) -> str:
    return "1 recorded call" if calls == 1 else f"{calls} recorded calls"


def _function(case: Case) -> str:
    """A recorded call as a MATLAB function of its inputs."""
    outputs, inputs = ", ".join(case.expected), ", ".join(case.input)
    body = textwrap.indent(str(case.meta["call"]), "  ")
    return f"function [{outputs}] = matport_call({inputs})\n{body}\nend\n"


def _split(python: str) -> tuple[str, str]:
    """The imports of a module, and its functions."""
    lines = python.splitlines(keepends=True)
    first = next(node.lineno for node in ast.parse(python).body if isinstance(node, ast.FunctionDef)) - 1
    imports = [line for line in lines[:first] if line.strip() and not line.startswith("# ruff")]
    return "".join(imports), "".join(lines[first:])


def _test(name: str, number: int, cases: Sequence[Case], rtol: float | None, of: int) -> str:
    names = ", ".join(f'"{case.name}"' for case in cases)
    bound = "" if rtol is None else f", rtol={rtol!r}, atol={rtol!r}"
    suffix = f"_{number}" if of > 1 else ""
    return (
        f"\n\n@pytest.mark.matport({names}{bound})\ndef test_{name}{suffix}(matlab_reference):\n"
        f"    matlab_reference.assert_agrees(replayed(call_{number}, matlab_reference))\n"
    )
