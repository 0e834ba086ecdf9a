"""Names of files and folders, in the slashes of this system's Octave."""

import re
from pathlib import Path
from typing import NoReturn

from port.migrate.runtime.text import over_cells
from port.migrate.runtime.values import Value, as_text, iscell, isempty


def fullfile(*parts: Value) -> Value:
    """The parts with one slash between two of them, empty ones left out; of a cell as the last part, each of its
    texts.
    """
    if parts and iscell(parts[-1]):
        return over_cells(lambda name: fullfile(*parts[:-1], name), parts[-1])
    return re.sub("/+", "/", "/".join(as_text(part) for part in parts if not isempty(part)))


def fileparts(path: str, *, nargout: int = 1) -> Value:
    """The folder of a file's name, the name without its ending, and the ending with its dot."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    parts = (folder or slash, stem if dot else name, dot + ending if dot else "")
    return parts[:nargout] if nargout > 1 else parts[0]


def pwd() -> str:
    """The folder that relative names of files start from."""
    return str(Path.cwd())


def mkdir(parent: str, name: str = "") -> bool:
    """Make a folder, and those around it."""
    Path(parent, name).mkdir(parents=True, exist_ok=True)
    return True


def exit_(status: Value = 0) -> NoReturn:
    """End the program."""
    raise SystemExit(int(status))
