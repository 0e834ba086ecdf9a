"""Small pieces of MATLAB, translated with and without knowing the arguments, print and return what Octave does."""

import contextlib
import io
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from octave_values import OCTAVE, difference
from translate.snippets import NAME, answers, sources, stored

from port.migrate import runtime, translate
from port.migrate.observe import kind_of

SOURCES = sources()
ANSWERS = stored()
ARGUMENTS: dict[str, Any] = {"a": np.array([[1.0, 2, 3], [4, 5, 6]]), "b": 2.0}
FACTS = {NAME: {name: kind_of(value) for name, value in ARGUMENTS.items()}}
RTOL = 1e-10


def run(source: str, facts: Any) -> tuple[str, Any]:
    """What the translation of a snippet prints and returns."""
    module = ModuleType(NAME)
    runtime.GLOBALS.__dict__.clear()
    with contextlib.redirect_stdout(io.StringIO()) as printed, np.errstate(all="ignore"):
        exec(
            compile(translate(source, facts=facts, filename=f"{NAME}.m").python, NAME, "exec"),
            module.__dict__,
        )
        result = runtime.feval(module.__dict__[NAME], *runtime.copied(list(ARGUMENTS.values())))
    return printed.getvalue(), result


@pytest.fixture(autouse=True)
def unformatted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layout makes no difference here and costs a process a snippet."""
    monkeypatch.setattr("port.migrate.translation.ruff_command", lambda: None)


@pytest.mark.parametrize("facts", [None, FACTS], ids=["unknown", "observed"])
@pytest.mark.parametrize("number", range(len(SOURCES)), ids=lambda n: SOURCES[n].splitlines()[1][:40])
def test_snippet_does_what_octave_does(number: int, facts: Any) -> None:
    want_printed, want = ANSWERS[number]
    printed, got = run(SOURCES[number], facts)
    assert printed.encode() == bytes(want_printed["codes"])
    found = difference(want, got, RTOL, classes=False)
    assert found is None, found


@pytest.mark.live
@pytest.mark.skipif(not OCTAVE, reason="octave-cli is not installed")
def test_the_recorded_answers_are_octave_s() -> None:
    assert answers(SOURCES) == ANSWERS
