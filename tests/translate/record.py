"""Record inputs and what Octave answers, of all cases or those named: `python tests/translate/record.py [CASE ...]`."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from octave_values import run_octave  # noqa: E402
from translate.corpus import Case, cases  # noqa: E402

HEADER = b"MATLAB 5.0 MAT-file, inputs of a translation case, made by Octave from inputs.m"


def statement(case: Case) -> str:
    """The statements that record one case in a clean session."""
    folder = f"'{case.folder}'"
    if case.is_script:
        call = f"setenv ('RECORD_CASE', {folder}); record_script ('{case.name}')"
    else:
        target = f"[{', '.join(case.outputs)}] = " if case.outputs else ""
        names = "{" + ", ".join(f"'{name}'" for name in case.outputs) + "}"
        call = f"record_function ({folder}, {names}, '{target}{case.name} ({', '.join(case.arguments)})')"
    return (
        f"addpath ({folder});\n"
        f"try\n  {call};\ncatch problem\n  printf ('%s: %s\\n', '{case.folder.name}', problem.message);\nend\n"
        f"rmpath ({folder}); rand ('twister', 1); randn ('twister', 1); clear -global;"
    )


def recorded(chosen: list[Case], folder: Path) -> str:
    """Record all chosen cases into a folder, in one session of Octave; what went wrong is returned, a line each."""
    script = [f"setenv ('RECORD_TO', '{folder}');", 'warning ("off", "all");', *map(statement, chosen)]
    return run_octave("\n".join(script), folder)


def keep(case: Case, recorded: Path) -> None:
    """Move what was recorded into the case's folder: inputs with a header without date, answers with a line a value."""
    inputs, answers = (recorded / f"{case.folder.name}{suffix}" for suffix in (".mat", ".json"))
    if inputs.exists():
        data = inputs.read_bytes()
        (case.folder / "inputs.mat").write_bytes(HEADER.ljust(116) + data[116:])
    if answers.exists():
        (case.folder / "expected.json").write_text(tidied(json.loads(answers.read_text())), encoding="utf-8")


def tidied(answer: dict[str, Any]) -> str:
    printed = bytes(answer["printed"]["codes"]).decode()
    fields = {name: values[0] for name, values in answer["values"]["fields"].items()}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in fields.items())
    return f'{{"printed": {json.dumps(printed)},\n "values": {{\n{lines}\n}}}}\n'


def main(names: list[str]) -> None:
    chosen = [c for c in cases() if not c.refused and (not names or c.folder.name in names)]
    with TemporaryDirectory() as name:
        print(recorded(chosen, Path(name)), end="")
        for case in chosen:
            keep(case, Path(name))


if __name__ == "__main__":
    main(sys.argv[1:])
