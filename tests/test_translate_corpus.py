"""The corpus of translations: every case gives Octave's values in Octave's shapes, and is translated as it was reviewed."""

import contextlib
import importlib
import importlib.util
import io
import runpy
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from octave_values import OCTAVE, difference
from translate.corpus import Case, cases
from translate.golden import translated

from port.migrate import runtime

RTOL = 1e-10
CASES = cases()
IDS = [case.folder.name for case in CASES]


class Modules:
    """Finds the modules of one case, whose main file is kept as `out.py`."""

    def __init__(self, case: Case) -> None:
        self.files = {source.stem: case.module_file(source.stem) for source in case.sources}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        file = self.files.get(name)
        return importlib.util.spec_from_file_location(name, file) if file is not None else None


@contextlib.contextmanager
def modules_of(case: Case) -> Iterator[None]:
    finder: Any = Modules(case)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in finder.files:
            sys.modules.pop(name, None)


def inputs_of(case: Case) -> dict[str, Any]:
    file = case.folder / "inputs.mat"
    return vars(runtime.load(str(file))) if file.exists() else {}


def run_case(case: Case) -> tuple[str, dict[str, Any]]:
    """What the translation prints, and its outputs (of a script: its variables) by name."""
    inputs = inputs_of(case)
    runtime.GLOBALS.__dict__.clear()
    for stream in (runtime.rand, runtime.randn):
        stream("twister", 1)
    with modules_of(case), contextlib.redirect_stdout(io.StringIO()) as printed:
        if case.is_script:
            variables = runpy.run_path(str(case.module_file(case.name)), init_globals=inputs)
            return printed.getvalue(), variables
        function = getattr(importlib.import_module(case.name), case.name)
        arguments = [inputs[name] for name in case.arguments]
        result = runtime.feval(function, *arguments, nargout=len(case.outputs))
    values = result if len(case.outputs) > 1 else (result,)
    return printed.getvalue(), dict(zip(case.outputs, values, strict=False))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_translation_gives_octave_s_values(case: Case) -> None:
    want = case.expected
    printed, got = run_case(case)
    assert printed == want["printed"]
    for name, value in want["values"].items():
        assert name in got, f"no variable {name}"
        found = difference(value, got[name], RTOL, classes=False, where=name)
        assert found is None, found


@pytest.fixture(scope="module")
def translations(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    return translated(CASES, tmp_path_factory.mktemp("translations"))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_translation_is_the_reviewed_one(case: Case, translations: dict[Path, str]) -> None:
    for source in case.sources:
        file = case.module_file(source.stem)
        assert translations[file] == file.read_text(encoding="utf-8"), f"{source.name}: run golden.py and review"
