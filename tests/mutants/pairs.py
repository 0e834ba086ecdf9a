"""The pairs of MATLAB and Python that divergences are seeded into: the translated corpus, and ports by hand.

`python tests/mutants/pairs.py` records with Octave the originals whose traces are kept in `traces/`, so that the engine
is tested where there is no Octave: the ports by hand whose traces are small, and some translated pairs.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TRACES = HERE / "traces"
MOST_KEPT = 32_000
TRANSLATED = ("backprop_matrix_form", "broadcasting", "break_continue_return", "adam_optimizer")
"""Translated pairs whose traces are kept; ports by hand are kept where a trace has at most so many bytes."""
sys.path[:0] = [str(HERE), str(HERE / "ports"), str(HERE.parent)]

from cases import PAIRS  # noqa: E402
from translate.corpus import Case, cases  # noqa: E402
from translate.golden import facts_of  # noqa: E402

from port.migrate import SourceMap, Trace, record_matlab, record_python, translate  # noqa: E402
from port.migrate.scope import python_name  # noqa: E402
from port.reference.engine import Session  # noqa: E402


@dataclass(frozen=True)
class Pair:
    """A port that is right, ready to be spoiled: the sources of Python by file name, `entry` the one that is called.

    maps: for translated code the source map of each file.
    """

    name: str
    matlab: Path
    matlab_call: str | None
    python_call: str | None
    inputs: Any
    entry: str
    sources: Mapping[str, str]
    maps: Mapping[str, SourceMap] | None = field(default=None, repr=False)

    def record_original(self, session: Session) -> Trace:
        return record_matlab(self.matlab, self.matlab_call, self.inputs, session=session)

    def record_port(
        self, folder: Path, changed: Mapping[str, str] | None = None, timeout: float = 10.0
    ) -> Trace:
        """Run the port, or a changed one, from files in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {**self.sources, **(changed or {})}.items():
            (folder / name).write_text(text, encoding="utf-8")
        return record_python(folder / self.entry, self.python_call, self.inputs, timeout=timeout)


def by_hand() -> Iterator[Pair]:
    """The ports written by hand."""
    for pair in PAIRS.values():
        source = pair.python.read_text(encoding="utf-8")
        yield Pair(
            pair.name,
            pair.matlab,
            pair.matlab_call,
            pair.python_call,
            pair.inputs,
            pair.python.name,
            {pair.python.name: source},
        )


def translated() -> Iterator[Pair]:
    """The corpus of translations, all that has no refusal in it."""
    for case in cases():
        if not case.refused and not any(path.parent.name == "private" for path in case.sources):
            yield of_case(case)


def of_case(case: Case) -> Pair:
    """A case of the corpus, translated now, for its source maps."""
    facts = facts_of(case)
    made = {
        f"{python_name(path.stem)}.py": translate(path.read_bytes(), facts=facts, filename=path)
        for path in case.sources
    }
    inputs = case.folder / "inputs.mat"
    arguments = ", ".join(case.arguments)
    left = f"[{', '.join(case.outputs)}] = " if case.outputs else ""
    call = None if case.is_script else f"{left}{case.name}({arguments})"
    python_call = None if case.is_script else f"{left}{python_name(case.name)}({arguments})"
    return Pair(
        case.folder.name,
        case.folder / f"{case.name}.m",
        call,
        python_call,
        inputs if inputs.exists() else {},
        f"{python_name(case.name)}.py",
        {name: item.python for name, item in made.items()},
        {name: item.source_map for name, item in made.items()},
    )


def keep_traces() -> None:
    """Record the originals anew."""
    TRACES.mkdir(exist_ok=True)
    pairs = [*by_hand(), *(pair for pair in translated() if pair.name in TRANSLATED)]
    with Session() as session:
        for pair in pairs:
            file = TRACES / f"{pair.name}.trace"
            pair.record_original(session).save(file)
            if pair.maps is None and file.stat().st_size > MOST_KEPT:
                file.unlink()


if __name__ == "__main__":
    keep_traces()
