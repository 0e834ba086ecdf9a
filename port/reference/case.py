"""A reference case: what a MATLAB function was given and what it returned, read from one .mat file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from port.errors import CaseError
from port.reference.matfile import read_mat, write_mat
from port.reference.matvalue import Value
from port.reference.quantities import quantities as flatten

__all__ = ["Case", "flatten", "load_case", "load_suite", "save_case", "suite_files", "suite_folder"]
SCHEMA = 1
PARTS = ("input", "expected", "meta")


@dataclass(frozen=True)
class Case:
    """One reference case.

    `input` and `expected` hold the values by their MATLAB names: numbers as 2-D column-major arrays of
    their MATLAB class, cells as lists (rows and columns) or object arrays, structs as dicts. `meta` says
    where they come from.
    """

    name: str
    title: str = ""
    path: Path | None = None
    input: dict[str, Value] = field(default_factory=dict)
    expected: dict[str, Value] = field(default_factory=dict)
    meta: dict[str, Value] = field(default_factory=dict)


def load_case(path: str | os.PathLike[str], *, apart: bool = True) -> Case:
    """Read a case from a .mat file of any level: structs `expected`, and where present `input` and `meta`.

    `apart` is that of `read_mat`.

    An `input` or `expected` that is a numeric array is one quantity of that name. Raises CaseError,
    one sentence that starts with the path, for a file that cannot be read or that is no case.
    """
    path = Path(path)
    variables = read_mat(path, PARTS, apart=apart)
    if "expected" not in variables:
        raise CaseError(
            f"{path}: it is no reference case: it has no variable `expected` (what the function returned)"
        )
    meta = variables.get("meta", {})
    if not isinstance(meta, dict):
        raise CaseError(f"{path}: it is no reference case: `meta` is not a struct")
    schema = _scalar(meta.get("schema", SCHEMA))
    if not isinstance(schema, int | float) or schema != SCHEMA:
        raise CaseError(f"{path}: it has schema {schema}; this matport reads schema {SCHEMA}")
    return Case(
        name=_text(meta, "name", path.stem),
        title=_text(meta, "title", ""),
        path=path,
        input=_quantities(path, variables, "input"),
        expected=_quantities(path, variables, "expected"),
        meta=meta,
    )


def save_case(case: Case, path: str | os.PathLike[str]) -> Path:
    """Write a case as MATLAB 7 .mat, whole or not at all; `load_case` gives the same values back.

    Raises CaseError for a value MATLAB cannot hold: an array of one dimension, a Python object.
    """
    meta = {"schema": float(SCHEMA), **case.meta, "name": case.name, "title": case.title}
    write_mat(path, {"input": case.input, "expected": case.expected, "meta": meta})
    return Path(path)


def load_suite(folder: str | os.PathLike[str]) -> tuple[Case, ...]:
    """Every case of a folder, by file name; raises CaseError for a folder without cases or a case unread."""
    return tuple(load_case(path) for path in suite_files(folder))


def suite_files(folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """The .mat files of a folder, by name; raises CaseError where there is none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise CaseError(f"{folder}: there is no such folder")
    files = tuple(sorted(path for path in folder.glob("*.mat") if not path.name.startswith(".")))
    if not files:
        raise CaseError(f"{folder}: holds no reference cases (*.mat)")
    return files


def suite_folder() -> Path:
    """The shipped suite: inside the installed package, or beside it in a source checkout."""
    package = Path(__file__).parents[1]
    candidates = [root / "matlab_ref" / "data" for root in (package, package.parent)]
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise CaseError(
        f"the shipped reference cases are missing: neither {candidates[0]} nor {candidates[1]} exists"
    )


def _quantities(path: Path, variables: Mapping[str, Value], part: str) -> dict[str, Value]:
    value = variables.get(part, {})
    if isinstance(value, dict):
        return value
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return {part: value}
    raise CaseError(f"{path}: it is no reference case: `{part}` is neither a struct nor a numeric array")


def _scalar(value: Value) -> Any:
    return value.item() if isinstance(value, np.ndarray) and value.size == 1 else value


def _text(meta: Mapping[str, Any], key: str, default: str) -> str:
    value = meta.get(key)
    return value if isinstance(value, str) and value else default
