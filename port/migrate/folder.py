"""Files and folders: which MATLAB becomes which Python, and what is written beside it."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from port.errors import ArgumentError, SourceError
from port.migrate.kinds import Kind
from port.migrate.parser import parse
from port.migrate.scope import Note, python_name
from port.migrate.search_path import Tree
from port.migrate.statements import comment_text
from port.migrate.translation import Translation, laid_out, seen_from, sibling, sibling_at, translate_file

Facts = Mapping[str, Mapping[str, Kind]]
STANDALONE = "matlab_runtime"


@dataclass(frozen=True, slots=True)
class Written:
    """One translated file: where it came from, where it goes (relative), and its translation."""

    source: Path
    target: Path
    translation: Translation


def translate_paths(paths: Iterable[Path], facts: Facts | None = None) -> list[Written]:
    """Translate files and folders; the files of one folder call each other.

    Raises SourceError where a path holds no MATLAB, ArgumentError where two files would become one.
    """
    found: list[Written] = []
    for path in paths:
        if path.is_dir():
            sources = sorted(p for p in path.rglob("*.m") if p.is_file())
            if not sources:
                raise SourceError(f"{path} holds no .m file")
            found.extend(_group(sources, path, facts))
        elif path.is_file():
            found.extend(w for w in _group(_beside(path), path.parent, facts, only=path) if w.source == path)
        else:
            raise SourceError(f"{path} is neither a file nor a folder")
    targets = [w.target for w in found]
    doubled = {t for t in targets if targets.count(t) > 1}
    if doubled:
        raise ArgumentError(
            f"two files would become {sorted(map(str, doubled))[0]}: translate them into different folders"
        )
    return found


def _beside(path: Path) -> list[Path]:
    return sorted({path, *path.parent.glob("*.m"), *(path.parent / "private").glob("*.m")})


def _group(sources: list[Path], root: Path, facts: Facts | None, only: Path | None = None) -> list[Written]:
    """Translate the files below a folder, each among those of its own folder first."""
    files = {source: parse(source.read_bytes()) for source in sources}
    siblings = {source: sibling(file, source.stem) for source, file in files.items()}
    tree = Tree(files, root)
    wanted = sources if only is None else [only]
    translations: list[Translation] = []
    for source in wanted:
        places = (source.parent, source.parent / "private")
        near = {p.stem: s for p, s in siblings.items() if p.parent in places}
        near[source.stem] = siblings[source]
        others = {
            name: path
            for name, path in tree.seen_from(source).items()
            if name not in near and (path in siblings or name in siblings[source].names)
        }
        near |= {name: siblings.get(path) or sibling_at(path) for name, path in others.items()}
        apart = {name: _way(source, path) for name, path in others.items()}
        seen = seen_from(source.stem, near)
        translations.append(translate_file(files[source], source.stem, seen, facts, apart))
    return [
        Written(source, _home(source).relative_to(root) / f"{python_name(source.stem)}.py", translation)
        for source, translation in zip(wanted, laid_out(translations), strict=True)
    ]


def _home(source: Path) -> Path:
    """The folder whose modules a file's becomes one of: that over `private`, else its own."""
    return source.parent.parent if source.parent.name == "private" else source.parent


def _way(source: Path, other: Path) -> str:
    """The folder of another file's module as seen from that of a file's."""
    return Path(os.path.relpath(_home(other), _home(source))).as_posix()


def standalone(written: Iterable[Written]) -> dict[Path, str]:
    """The runtime functions that translations use, as modules to lie beside them.

    All folders get the same, for of modules of one name Python imports the first alone.
    """
    from port.migrate.runtime.bundle import bundle

    users = [item for item in written if item.translation.runtime]
    names = sorted({name for item in users for name in item.translation.runtime})
    modules = bundle(names, STANDALONE) if names else {}
    return {
        folder / name: text
        for folder in dict.fromkeys(item.target.parent for item in users)
        for name, text in modules.items()
    }


def without_matport(python: str) -> str:
    """A translation that takes the runtime from the module beside it."""
    return python.replace("from port.migrate.runtime import", f"from {STANDALONE} import")


def annotated(translation: Translation) -> str:
    """The module with its decisions and warnings as comments over the lines they are about."""
    notes: dict[int, list[Note]] = {}
    for note in (*translation.decisions, *translation.warnings):
        notes.setdefault(note.line, []).append(note)
    lines: list[str] = []
    for number, text in enumerate(translation.python.splitlines(), 1):
        line = translation.source_map.matlab_line(number)
        for note in notes.pop(line, []) if line is not None else []:
            indent = text[: len(text) - len(text.lstrip())]
            evidence = f" ({note.evidence})" if note.evidence else ""
            shown = " ".join(f"{note.text}{evidence}".split())
            lines.append(indent + comment_text(f"matport, line {note.line}: {shown}"))
        lines.append(text)
    return "\n".join(lines) + "\n"
