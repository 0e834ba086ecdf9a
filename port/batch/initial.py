"""Write the manifest of a folder of submissions, to be looked over before it is run."""

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path

from port.batch.manifest import COLUMNS
from port.errors import ArgumentError

SOURCES = (".py", ".m")
ENTRIES = ("main", "solution", "submission")
REFERENCES = ("references", "cases")


def init_manifest(
    folder: Path,
    *,
    cases: Path | None = None,
    function: str = "",
    notice: Callable[[str], None] = lambda text: None,
) -> Path:
    """Write `manifest.csv` into a folder of submissions and return its path.

    Every source file directly in the folder is a submission, and so is every folder in it, with all its
    files; the code of such a folder is the file that defines `function` or is called like it, else main,
    solution or submission, else the first. `cases` is a file, folder or pattern of references: by default
    `references` or `cases` in the folder, or nothing, to be filled in. `notice` is told what is no submission.

    Raises ArgumentError where there is no submission, a name that a manifest cannot hold, or a manifest already.
    """
    if not folder.is_dir():
        raise ArgumentError(f"{folder}: there is no such folder")
    if cases is not None and not cases.exists() and not glob(str(cases)):
        raise ArgumentError(f"{cases}: there are no such references")
    here = [folder / name for name in REFERENCES if (folder / name).is_dir()]
    references = cases or next(iter(here), None)
    rows = list(_rows(folder, function, skipped=references, notice=notice))
    if not rows:
        raise ArgumentError(f"{folder}: holds no submissions: neither *.py or *.m nor folders of them")
    for row in rows:
        names = row["code"], row.get("folder", "")
        if not row["code"].isprintable() or any(name != name.strip() for name in names):
            raise ArgumentError(
                f"{row['code']!r}: rename it, a manifest has names of printable characters, without blanks around"
            )
    case = Path(os.path.relpath(references, folder)).as_posix() if references else ""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "case": case, "function": function} for row in rows)
    target = folder / "manifest.csv"
    try:
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(stream.getvalue())
    except OSError as error:
        raise ArgumentError(f"{target}: cannot be written: {error.strerror}") from None
    return target


def _rows(
    folder: Path, function: str, *, skipped: Path | None, notice: Callable[[str], None]
) -> Iterator[dict[str, str]]:
    """Submission, code and folder of everything in the folder that holds source."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")) or path.is_symlink() or path == skipped:
            continue
        if path.is_file() and path.suffix in SOURCES:
            yield {"submission": path.stem, "code": path.name}
        elif path.is_dir() and (sources := _sources(path)):
            code = max(sources, key=lambda source: _fitness(source, function))
            yield {
                "submission": path.name,
                "code": code.relative_to(folder).as_posix(),
                "folder": path.name,
            }
        elif path.is_dir():
            notice(f"{path} is left out: no *.py and no *.m in it")


def _sources(folder: Path) -> list[Path]:
    """Source files under a folder, Python before MATLAB, the shallow before the deep."""
    found = [path for path in folder.rglob("*") if path.suffix in SOURCES and path.is_file()]
    return sorted(found, key=lambda path: (SOURCES.index(path.suffix), len(path.parts), path))


def _fitness(source: Path, function: str) -> tuple[bool, bool, bool]:
    """How likely a file is to be the code of its submission; of equals the first is taken."""
    text = source.read_text(encoding="utf-8", errors="replace")
    defines = bool(function) and re.search(rf"^(def|function)\b.*\b{re.escape(function)}\b", text, re.M)
    return bool(defines), source.stem == function, source.stem in ENTRIES
