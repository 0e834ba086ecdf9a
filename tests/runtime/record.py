"""Record what Octave answers to every row of the tables beside this file: `python tests/runtime/record.py`.

A row is `MATLAB  =>  Python`. The MATLAB side may begin with statements, set off by ` ;; `, and may be an assignment to
several outputs. The inputs both sides may use are the variables of `inputs.m`.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from octave_values import Expected, run_octave  # noqa: E402


class Row(NamedTuple):
    """One line of a table."""

    table: str
    matlab: str
    python: str

    @property
    def id(self) -> str:
        return f"{self.table}: {self.matlab}"


def rows() -> list[Row]:
    """All rows of all tables, in order."""
    found = []
    for path in sorted(HERE.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "  =>  " in line and not line.startswith("#"):
                matlab, python = line.split("  =>  ")
                found.append(Row(path.stem, matlab.strip(), python.strip()))
    return found


def answers(table: list[Row]) -> list[list[Expected] | None]:
    """Octave's values for every row, one process for all; None where Octave raised an error."""
    with TemporaryDirectory() as folder:
        run_octave("\n".join([_PRELUDE, *map(_recorded, table), "fclose (out);"]), Path(folder), HERE)
        lines = (Path(folder) / "answers.json").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


_PRELUDE = """1;
warning ("off", "all");
out = fopen ("answers.json", "w");
function show (out, values)
  fprintf (out, "[%s]\\n", strjoin (cellfun (@encode_value, values, "UniformOutput", false), ", "));
end"""


def _recorded(row: Row) -> str:
    prelude, _, expression = row.matlab.rpartition(" ;; ")
    target, equals, _ = expression.partition("] = ")
    if equals and target.startswith("["):
        names = target[1:].replace("~", "ignored").replace(",", " ").split()
        run, values = expression.replace("~", "ignored", target.count("~")), ", ".join(names)
    else:
        run, values = f"value = {expression}", "value"
    attempt = f"inputs; {prelude}; {run}; show (out, {{{values}}});"
    return f'clear -x out; try, {attempt}\ncatch, fprintf (out, "null\\n"); end'


def stored() -> dict[str, list[Expected] | None]:
    """The recorded answers, by row."""
    return dict(json.loads((HERE / "answers.json").read_text(encoding="utf-8")))


def main() -> None:
    table = rows()
    pairs = zip((row.id for row in table), answers(table), strict=True)
    text = ",\n".join(f"{json.dumps(name)}: {json.dumps(values)}" for name, values in pairs)
    (HERE / "answers.json").write_text("{\n" + text + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
