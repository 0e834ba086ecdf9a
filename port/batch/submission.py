"""Read the files of a submission without trusting them: regular files only, of limited size and number."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from port.batch.limits import MIB
from port.batch.manifest import Check
from port.errors import SourceError

LARGEST = 16 * MIB
MOST = 500
Files = dict[str, bytes]


def read_submission(check: Check, *, hidden: frozenset[Path] = frozenset()) -> tuple[Files, str]:
    """The files of a submission by the path they have in its folder, and the one to load.

    Hidden files, links, and the references of `hidden` stay out. Raises SourceError for code that is missing, no
    regular file, not in its folder, or too large.
    """
    code = Path(os.path.normpath(check.code))
    folder = Path(os.path.normpath(check.folder or code.parent))
    if not code.is_relative_to(folder):
        raise SourceError(f"{check.code}: is not in the folder of its submission, {folder}")
    entry = code.relative_to(folder).as_posix()
    files: Files = {}
    left = LARGEST
    for path in _paths(folder, hidden) if check.folder else ():
        if len(files) == MOST:
            raise SourceError(f"{folder}: holds more than {MOST} files")
        files[path.relative_to(folder).as_posix()] = content = _read(path, left)
        left -= len(content)
    files[entry] = _read(code, LARGEST)
    return files, entry


def _paths(folder: Path, hidden: frozenset[Path]) -> Iterator[Path]:
    """Files under a folder in a fixed order."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if stat.S_ISREG(path.lstat().st_mode) and path.resolve() not in hidden:
                yield path


def _read(path: Path, most: int) -> bytes:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(f"{path}: is no regular file")
        if status.st_size > most:
            raise SourceError(f"{path}: a submission of more than {LARGEST // MIB} MiB")
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
