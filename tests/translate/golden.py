"""Write the translations (`out.py` and modules beside it) of all cases or those named, and the table of what covers what.

`python tests/translate/golden.py [CASE ...]`, then read the difference before committing it.
"""

import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from translate.corpus import HERE, Case, cases  # noqa: E402

from port.migrate import translate, translation  # noqa: E402


def translated(chosen: list[Case], folder: Path) -> dict[Path, str]:
    """The translations of cases by the file each is kept in, laid out by one run of ruff in `folder` instead of one each."""
    laid_out: dict[Path, Path] = {}
    with patch.object(translation, "ruff_command", lambda: None):
        for case in chosen:
            for source in case.sources:
                target = case.module_file(source.stem)
                draft = folder / case.folder.name / target.name
                draft.parent.mkdir(parents=True, exist_ok=True)
                draft.write_text(translate(source.read_bytes(), filename=source).python, encoding="utf-8")
                laid_out[target] = draft
    ruff = translation.ruff_command()
    assert ruff, "ruff is not installed"
    subprocess.run([ruff, "format", "--isolated", "--quiet", str(folder)], check=False)
    return {target: draft.read_text(encoding="utf-8") for target, draft in laid_out.items()}


def main(names: list[str]) -> None:
    from tempfile import TemporaryDirectory

    from translate.coverage import table

    with TemporaryDirectory() as folder:
        for target, text in translated(
            [c for c in cases() if not names or c.folder.name in names], Path(folder)
        ).items():
            target.write_text(text, encoding="utf-8")
    (HERE / "COVERAGE.md").write_text(table(cases()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
