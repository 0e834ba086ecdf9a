"""Write the translations (`out.py` and modules beside it) of all cases or those named, and the table of coverage.

`python tests/translate/golden.py [--observe] [CASE ...]`, then read the difference before committing it. The
translations use what one run in Octave showed of the functions' arguments: `facts.json`, taken anew with `--observe`.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from port.migrate import translate, translation  # noqa: E402
from port.migrate.kinds import Kind  # noqa: E402
from port.migrate.observe import Facts, observe  # noqa: E402
from translate.corpus import HERE, Case, cases  # noqa: E402
from translate.coverage import table  # noqa: E402


def facts_of(case: Case) -> Facts:
    """What a run of the case showed, from `facts.json`."""
    file = case.folder / "facts.json"
    stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {f: {name: Kind(**known) for name, known in names.items()} for f, names in stored.items()}


def write_facts(case: Case) -> None:
    """Run the case in Octave and keep what is not told by a Kind's defaults."""
    inputs = case.folder / "inputs.mat"
    call = None if case.is_script else f"{case.name}({', '.join(case.arguments)})"
    facts, _ = observe(case.folder / f"{case.name}.m", call, inputs if inputs.exists() else None)
    told = {f: {name: _told(kind) for name, kind in names.items()} for f, names in facts.items()}
    lines = [f"{json.dumps(f)}: {{\n  " + _lines(names) + "}" for f, names in told.items()]
    (case.folder / "facts.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def _told(kind: Kind) -> dict[str, object]:
    unknown = asdict(Kind())
    return {field: value for field, value in asdict(kind).items() if value != unknown[field]}


def _lines(names: dict[str, dict[str, object]]) -> str:
    return ",\n  ".join(f"{json.dumps(name)}: {json.dumps(told)}" for name, told in names.items())


def drafts(chosen: list[Case], folder: Path, *, observed: bool) -> dict[Path, Path]:
    """Translate cases into folders below `folder`, with or without facts; not laid out. Where each module belongs."""
    written: dict[Path, Path] = {}
    with patch.object(translation, "ruff_command", lambda: None):
        for case in chosen:
            facts = facts_of(case) if observed else None
            for source in case.sources:
                target = case.module_file(source.stem)
                draft = folder / case.folder.name / target.name
                draft.parent.mkdir(parents=True, exist_ok=True)
                python = translate(source.read_bytes(), facts=facts, filename=source).python
                draft.write_text(python, encoding="utf-8")
                written[target] = draft
    return written


def translated(chosen: list[Case], folder: Path) -> dict[Path, str]:
    """The translations of cases by the file each is kept in; ruff lays them out in one run, which is quicker."""
    written = drafts(chosen, folder, observed=True)
    ruff = translation.ruff_command()
    assert ruff, "ruff is not installed"
    subprocess.run([ruff, "format", "--isolated", "--quiet", str(folder)], check=False)
    return {target: draft.read_text(encoding="utf-8") for target, draft in written.items()}


def main(arguments: list[str]) -> None:
    names = [a for a in arguments if not a.startswith("-")]
    chosen = [case for case in cases() if not names or case.folder.name in names]
    for case in chosen if "--observe" in arguments else []:
        write_facts(case)
    with TemporaryDirectory() as folder:
        for target, text in translated(chosen, Path(folder)).items():
            target.write_text(text, encoding="utf-8")
    (HERE / "COVERAGE.md").write_text(table(cases()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
