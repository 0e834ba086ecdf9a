"""The corpus of translations: every case gives Octave's values in Octave's shapes, and is translated as reviewed.

Each case is translated twice: with what a run showed of its arguments (`out.py`), and with nothing known at all.
"""

import contextlib
import importlib.util
import io
import json
import runpy
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from octave_values import OCTAVE, difference
from translate.corpus import HERE, Case, cases
from translate.coverage import covered, table
from translate.golden import drafts, translated
from translate.record import recorded, tidied

from port.migrate import runtime, translate
from port.migrate.scope import python_name

RTOL = 1e-10
CASES = cases()
RUN = [case for case in CASES if not case.refused]
REFUSED = [case for case in CASES if case.refused]


class Modules:
    """Finds the modules of one case in a folder, whose main file is called `out.py` there."""

    def __init__(self, case: Case, folder: Path) -> None:
        files = {source.stem: folder / case.module_file(source.stem).name for source in case.sources}
        self.files = {python_name(stem): file for stem, file in files.items()}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        file = self.files.get(name)
        return importlib.util.spec_from_file_location(name, file) if file is not None else None


@contextlib.contextmanager
def modules_of(case: Case, folder: Path) -> Iterator[None]:
    finder: Any = Modules(case, folder)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in finder.files.keys() - sys.stdlib_module_names:
            sys.modules.pop(name, None)


def module_of(file: Path) -> ModuleType:
    """A module by its file, for its name may be one of Python's: `types.m`, `numbers.m`."""
    spec = importlib.util.spec_from_file_location(f"case_{file.parent.name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def inputs_of(case: Case) -> dict[str, Any]:
    file = case.folder / "inputs.mat"
    return vars(runtime.load(str(file))) if file.exists() else {}


def run_case(case: Case, folder: Path) -> tuple[str, dict[str, Any]]:
    """What the translation prints, and its outputs (of a script: its variables) by name."""
    inputs = inputs_of(case)
    runtime.GLOBALS.__dict__.clear()
    for stream in (runtime.rand, runtime.randn):
        stream("twister", 1)
    quiet = np.errstate(all="ignore")  # MATLAB does not warn of 1/0 or log(0)
    with quiet, modules_of(case, folder), contextlib.redirect_stdout(io.StringIO()) as printed:
        if case.is_script:
            variables = runpy.run_path(str(folder / "out.py"), init_globals=inputs)
            return printed.getvalue(), variables
        function = getattr(module_of(folder / "out.py"), python_name(case.name))
        arguments = [inputs[argument] for argument in case.arguments]
        result = runtime.feval(function, *arguments, nargout=len(case.outputs))
    values = result if len(case.outputs) > 1 else (result,)
    return printed.getvalue(), {python_name(o): v for o, v in zip(case.outputs, values, strict=False)}


def assert_octave_s(case: Case, folder: Path) -> None:
    want = case.expected
    printed, got = run_case(case, folder)
    assert printed == want["printed"]
    for name, value in want["values"].items():
        assert python_name(name) in got, f"no variable {name}"
        found = difference(value, got[python_name(name)], RTOL, classes=False, where=name)
        assert found is None, found


def name_of(case: Case) -> str:
    return case.folder.name


@pytest.mark.parametrize("case", RUN, ids=name_of)
def test_translation_gives_octave_s_values(case: Case) -> None:
    assert_octave_s(case, case.folder)


@pytest.fixture(scope="module")
def unobserved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unobserved")
    drafts(RUN, folder, observed=False)
    return folder


@pytest.mark.parametrize("case", RUN, ids=name_of)
def test_translation_without_facts_gives_octave_s_values(case: Case, unobserved: Path) -> None:
    assert_octave_s(case, unobserved / case.folder.name)


@pytest.fixture(scope="module")
def translations(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    return translated(CASES, tmp_path_factory.mktemp("translations"))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_translation_is_the_reviewed_one(case: Case, translations: dict[Path, str]) -> None:
    for source in case.sources:
        file = case.module_file(source.stem)
        assert translations[file] == file.read_text(encoding="utf-8"), f"{source.name}: run golden.py, review"


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
def test_what_cannot_be_translated_is_refused_by_line(case: Case) -> None:
    source = case.folder / f"{case.name}.m"
    translation = translate(source.read_bytes(), filename=source)
    assert [refusal.line for refusal in translation.refusals] == list(case.refused)


def test_the_table_of_constructs_is_full_and_current() -> None:
    assert not [name for name, found in covered(CASES).items() if not found]
    assert (HERE / "COVERAGE.md").read_text(encoding="utf-8") == table(CASES)


@pytest.mark.live
@pytest.mark.skipif(not OCTAVE, reason="octave-cli is not installed")
def test_the_recorded_answers_are_octave_s(tmp_path: Path) -> None:
    assert recorded(RUN, tmp_path) == ""
    for case in RUN:
        answer = (tmp_path / f"{case.folder.name}.json").read_text(encoding="utf-8")
        assert json.loads(tidied(json.loads(answer))) == case.expected, case.folder.name
