"""Functions of other folders: which folders the `addpath` calls of a file name, and what lies there."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from port.migrate.calls import is_function
from port.migrate.syntax import (
    Assign,
    Call,
    Command,
    Expression,
    File,
    Matrix,
    Name,
    Paren,
    Text,
    walk,
)

HERE = frozenset(("pwd", "cd", "mfilename"))
"""What stands for the folder of the file, where scripts are run there."""
INSIDE = ("private", "+", "@", ".")
"""How the names of folders begin whose functions no search path reaches."""


class Added(NamedTuple):
    """A folder that is added to the search path, and whether all below it are."""

    folder: str
    all_below: bool = False


def added(file: File) -> list[Added]:
    """The folders of a file's `addpath` calls that can be told from its text; the last added comes first."""
    told = _constants(file)
    found: list[Added] = []
    for node in walk(file):
        if isinstance(node, Command) and node.name == "addpath":
            found += [Added(text) for text in node.arguments]
        elif isinstance(node, Call) and node.base == Name("addpath"):
            found += [folder for argument in node.arguments if (folder := _folder(argument, told))]
    kept = [item for item in found if not item.folder.startswith("-")]
    return [item._replace(folder=item.folder.replace("\\", "/")) for item in reversed(kept)]


def _constants(file: File) -> dict[str, Expression]:
    """What variables of one assignment stand for."""
    values: dict[str, list[Expression]] = {}
    for node in walk(file):
        if isinstance(node, Assign) and len(node.targets) == 1 and isinstance(node.targets[0], Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    return {name: given[0] for name, given in values.items() if len(given) == 1}


def _folder(node: Expression, told: Mapping[str, Expression]) -> Added | None:
    """The folder that an argument of `addpath` means."""
    if isinstance(node, Call) and node.base == Name("genpath"):
        text = _text(node.arguments[0], told) if node.arguments else "."
        return Added(text, True) if text else None
    text = _text(node, told)
    return Added(text) if text else None


def _text(node: Expression, told: Mapping[str, Expression]) -> str | None:
    """A text that can be told from the source, "." for the folder of the file."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Paren):
        return _text(node.inner, told)
    if isinstance(node, Matrix) and len(node.rows) == 1:
        return _joined(node.rows[0], told, "")
    if isinstance(node, Name):
        others = {name: value for name, value in told.items() if name != node.id}
        return "." if node.id in HERE else _text(told[node.id], others) if node.id in told else None
    if isinstance(node, Call) and isinstance(node.base, Name):
        name = node.base.id
        if name in HERE or (name == "fileparts" and _text(node.arguments[0], told) == "."):
            return "."
        if name in ("fullfile", "strcat"):
            return _joined(node.arguments, told, "/" if name == "fullfile" else "")
    return None


def _joined(parts: Iterable[Expression], told: Mapping[str, Expression], between: str) -> str | None:
    texts = [_text(part, told) for part in parts]
    known = [text for text in texts if text is not None]
    return between.join(known) if known and len(known) == len(texts) else None


def folders(file: File, start: Path) -> list[Path]:
    """The folders that a file adds to the search path, where they are, those taken first in front.

    start: the folder that MATLAB stands in.
    """
    found: list[Path] = []
    for item in added(file):
        folder = Path(os.path.normpath(start / item.folder))
        if folder.is_dir():
            found += [folder, *(_below(folder) if item.all_below else ())]
    return list(dict.fromkeys(found))


def _below(folder: Path) -> Iterator[Path]:
    """The folders below one that `genpath` names."""
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not child.is_symlink() and not child.name.startswith(INSIDE):
            yield child
            yield from _below(child)


def reached(path: Path, file: File) -> dict[str, Path]:
    """The MATLAB files of the folders that a file adds to the search path, by name."""
    found: dict[str, Path] = {}
    for folder in folders(file, path.parent):
        for other in sorted(folder.glob("*.m")):
            found.setdefault(other.stem, other)
    return found


def unique_below(root: Path) -> dict[str, Path]:
    """The MATLAB files below a folder whose name no other has, nor a function of MATLAB's, by name."""
    by_name: dict[str, list[Path]] = {}
    for place in [root, *_below(root)]:
        for path in sorted(place.glob("*.m")):
            by_name.setdefault(path.stem, []).append(path)
    return {name: paths[0] for name, paths in by_name.items() if len(paths) == 1 and not is_function(name)}


class Tree:
    """The files of a folder that is translated as a whole, and which of them see which.

    MATLAB may stand in the folder of each file or in that of them all.
    """

    def __init__(self, files: Mapping[Path, File], root: Path) -> None:
        self.places = {
            path: [*folders(file, path.parent), *folders(file, root)] for path, file in files.items()
        }
        self.added = list(dict.fromkeys(place for places in self.places.values() for place in places))
        self.by_name: dict[str, list[Path]] = {}
        inside = {path.parent for path in files}
        for path in [*files, *(p for place in self.added if place not in inside for p in place.glob("*.m"))]:
            if not path.parent.name.startswith(INSIDE):
                self.by_name.setdefault(path.stem, []).append(path)

    def seen_from(self, source: Path) -> dict[str, Path]:
        """The files in other folders that a file sees, by name.

        Of several of one name, that in the folder which the file itself adds to the search path, or else another file
        does; one that is alone and no function of MATLAB's is seen anyway, for the path may be set by hand.
        """
        order = {place: rank for rank, place in reversed([*enumerate([*self.places[source], *self.added])])}
        found: dict[str, Path] = {}
        for name, paths in self.by_name.items():
            apart = [path for path in paths if path.parent != source.parent]
            ranked = sorted((p for p in apart if p.parent in order), key=lambda p: order[p.parent])
            if ranked or (len(apart) == 1 and not is_function(name)):
                found[name] = (ranked or apart)[0]
        return found
