"""Small pieces of MATLAB with what Octave answers: `python tests/translate/snippets.py` records `snippets.json`."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from octave_values import run_octave  # noqa: E402

HERE = Path(__file__).parent
NAME = "snippet"


def sources() -> list[str]:
    """Every snippet as a file with a function `snippet(a, b)`."""
    pieces = (HERE / "snippets.txt").read_text(encoding="utf-8").split("%%%\n")[1:]
    return [source_of(*piece.rstrip("\n").partition("\n---\n")) for piece in pieces]


def source_of(body: str, _: str, functions: str) -> str:
    return f"function r = {NAME}(a, b)\n{body}\nend\n{functions}\n"


def answers(texts: list[str]) -> list[Any]:
    """What each prints and returns in Octave; None where it raises an error."""
    script = ['warning ("off", "all");', 'out = fopen ("answers.json", "w");']
    with TemporaryDirectory() as name:
        for number, text in enumerate(texts):
            folder = Path(name) / str(number)
            folder.mkdir()
            (folder / f"{NAME}.m").write_text(text, encoding="utf-8")
            call = f"printed = evalc ('r = {NAME} ([1 2 3; 4 5 6], 2);');"
            kept = 'fprintf (out, "[%s, %s]\\n", encode_value (printed), encode_value (r));'
            attempt = f'try, r = []; {call} {kept}\ncatch, fprintf (out, "null\\n"); end'
            script.append(f"addpath ('{folder}'); {attempt}\nrmpath ('{folder}'); clear -global;")
        run_octave("\n".join([*script, "fclose (out);"]), Path(name))
        lines = (Path(name) / "answers.json").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def stored() -> list[Any]:
    """The recorded answers, in the order of the snippets."""
    return list(json.loads((HERE / "snippets.json").read_text(encoding="utf-8")))


def main() -> None:
    lines = ",\n".join(json.dumps(answer) for answer in answers(sources()))
    (HERE / "snippets.json").write_text(f"[{lines}]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
