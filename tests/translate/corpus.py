"""The corpus: a folder a case, with MATLAB of our own, what it is called with, and what Octave answers.

`*.m` is the source, `inputs.m` makes the inputs (kept in `inputs.mat`), `call` is the call: `[a, b] = f(x, y)`, or
`script` and its name, whose answers are the variables it leaves. `expected.json` is what Octave answers and prints
(`record.py`), `out.py` the translation of the file that is called, other modules lie beside it (`golden.py`). A case
with a file `refused` (line numbers) is one that cannot be translated there, and says so.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]


class Case(NamedTuple):
    """One folder of the corpus."""

    folder: Path
    outputs: tuple[str, ...]
    name: str
    arguments: tuple[str, ...]
    is_script: bool

    @property
    def sources(self) -> list[Path]:
        """The MATLAB files to translate."""
        files = [*sorted(self.folder.glob("*.m")), *sorted(self.folder.glob("private/*.m"))]
        return [path for path in files if path.name != "inputs.m"]

    @property
    def refused(self) -> tuple[int, ...]:
        """The lines of the called file that cannot be translated, from the file `refused`; mostly none."""
        file = self.folder / "refused"
        return tuple(map(int, file.read_text(encoding="utf-8").split())) if file.exists() else ()

    @property
    def expected(self) -> dict[str, Any]:
        """What Octave answered: the printed text, and the values of outputs or variables by name."""
        return dict(json.loads((self.folder / "expected.json").read_text(encoding="utf-8")))

    def module_file(self, stem: str) -> Path:
        """Where the translation of `<stem>.m` is kept."""
        return self.folder / ("out.py" if stem == self.name else f"{stem}.py")


def read_case(folder: Path) -> Case:
    """A case, as its `call` tells it."""
    text = (folder / "call").read_text(encoding="utf-8").strip()
    if text.startswith("script "):
        return Case(folder, (), text.removeprefix("script "), (), True)
    match = re.fullmatch(r"(?:\[?([\w, ]*)\]? = )?(\w+)\((.*)\)", text)
    assert match, f"{folder.name}: cannot read the call {text!r}"
    outputs = tuple(re.findall(r"\w+", match.group(1) or ""))
    return Case(folder, outputs, match.group(2), tuple(re.findall(r"\w+", match.group(3))), False)


def cases() -> list[Case]:
    """All cases, in order of their names."""
    return [read_case(path.parent) for path in sorted(HERE.glob("*/call"))]
