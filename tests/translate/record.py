"""Record the inputs and what Octave answers, for all cases or those named: `python tests/translate/record.py [CASE ...]`."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from octave_values import run_octave  # noqa: E402
from translate.corpus import Case, cases  # noqa: E402

HEADER = b"MATLAB 5.0 MAT-file, inputs of a translation case, made by Octave from inputs.m"
PROGRAM = """1;
warning ("off", "all");

function record_function (folder, outputs, call)
  inputs_ = made_inputs (folder);
  for [value_, name_] = inputs_
    eval ([name_ " = value_;"]);
  end
  printed_ = evalc ([call ";"]);
  values_ = struct ();
  for k_ = 1:numel (outputs)
    values_.(outputs{k_}) = eval (outputs{k_});
  end
  write_answer (folder, printed_, values_);
end

function record_script (folder, script)
  inputs_ = made_inputs (folder);
  for [value_, name_] = inputs_
    eval ([name_ " = value_;"]);
  end
  clear value_ name_ k_
  printed_ = evalc (script);
  values_ = struct ();
  names_ = who ();
  for k_ = 1:numel (names_)
    if ! any (strcmp (names_{k_}, {"folder", "script"})) && names_{k_}(end) != "_"
      values_.(names_{k_}) = eval (names_{k_});
    end
  end
  write_answer (folder, printed_, values_);
end

function in = made_inputs (folder_)
  in = struct ();
  if exist (fullfile (folder_, "inputs.m"), "file")
    source (fullfile (folder_, "inputs.m"));
  end
  names_ = who ();
  for k_ = 1:numel (names_)
    if ! any (strcmp (names_{k_}, {"in", "folder_", "names_", "ans", "k_"}))
      in.(names_{k_}) = eval (names_{k_});
    end
  end
  if numfields (in) > 0
    save ("-v6", [getenv("RECORD_TO") "/" label(folder_) ".mat"], "-struct", "in");
  end
end

function name = label (folder)
  [~, name] = fileparts (folder);
end

function write_answer (folder, printed, values)
  out = fopen ([getenv("RECORD_TO") "/" label(folder) ".json"], "w");
  fprintf (out, '{"printed": %s, "values": %s}\\n', encode_value (printed), encode_value (values));
  fclose (out);
end
"""


def statement(case: Case) -> str:
    """The statements that record one case in a clean session."""
    folder = f"'{case.folder}'"
    if case.is_script:
        call = f"record_script ({folder}, '{case.name}')"
    else:
        target = f"[{', '.join(case.outputs)}] = " if case.outputs else ""
        names = "{" + ", ".join(f"'{name}'" for name in case.outputs) + "}"
        call = f"record_function ({folder}, {names}, '{target}{case.name} ({', '.join(case.arguments)})')"
    return (
        f"addpath ({folder});\n"
        f"try\n  {call};\ncatch problem\n  printf ('%s: %s\\n', '{case.folder.name}', problem.message);\nend\n"
        f"rmpath ({folder}); rand ('twister', 1); randn ('twister', 1); clear -global;"
    )


def record(chosen: list[Case]) -> str:
    """Record all chosen cases in one session of Octave; what went wrong is returned, a line each."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        script = "\n".join([PROGRAM, f"setenv ('RECORD_TO', '{folder}');", *map(statement, chosen)])
        problems = run_octave(script, folder)
        for case in chosen:
            keep(case, folder)
    return problems


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
    chosen = [case for case in cases() if not names or case.folder.name in names]
    print(record(chosen), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
