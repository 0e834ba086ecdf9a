"""Write the files of a project again and again without losing what its owner changed in them.

What was written last is known by its hash. A file that is as it was written is replaced; one that its owner changed
stays, and where there is something new for it, that goes into `<name>.new` beside it.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from port.errors import ArgumentError, CaseError
from port.reference.case import load_case
from port.reference.files import write_whole
from port.reference.provenance import content_hash

STATE = ".matport.json"
SCHEMA = 1


@dataclass
class Keeper:
    """The files of a project: `hashes` of what was last written, `kept` what its owner changed in this run."""

    root: Path
    hashes: dict[str, str] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all; what its owner changed stays, with the new text beside it."""
        target = self.root / name
        digest = _digest(name, content)
        before = self.hashes.get(name)
        if target.exists() and (found := _digest(name, target.read_bytes(), target)) != digest:
            if found != before:
                self._beside(name, content, changed=before != digest)
                self.hashes[name] = digest
                return
        elif target.exists():
            self.hashes[name] = digest
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
        self.hashes[name] = digest

    def save(self) -> None:
        """Write down what was written, for the next run."""
        document = {"schema": SCHEMA, **self.about, "files": self.hashes}
        write_whole(self.root / STATE, (json.dumps(document, indent=1) + "\n").encode())

    def _beside(self, name: str, content: bytes, *, changed: bool) -> None:
        """Keep a changed file; the new text goes beside it where it is not the one that its owner started from."""
        if changed:
            write_whole(self.root / f"{name}.new", content)
        if name not in self.kept and (changed or (self.root / f"{name}.new").exists()):
            self.kept.append(name)


def keeper(root: Path) -> Keeper:
    """The keeper of a folder, new or written before; ArgumentError where its notes cannot be read."""
    path = root / STATE
    if root.exists() and not root.is_dir():
        raise ArgumentError(f"{root} is a file; give a folder for the project")
    root.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        return Keeper(root)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        hashes = {str(name): str(digest) for name, digest in document.pop("files").items()}
        if document.pop("schema") != SCHEMA:
            raise ValueError("it was written by another version")
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ArgumentError(
            f"{path}: it cannot be used ({error}); remove it, or give another folder"
        ) from None
    return Keeper(root, hashes, document)


def _digest(name: str, content: bytes, path: Path | None = None) -> str:
    """A hash of a file; of a reference, of what it holds, for its header carries a date."""
    if name.startswith("references/") and name.endswith(".mat"):
        return _case_digest(content, path)
    return hashlib.sha256(content).hexdigest()


def _case_digest(content: bytes, path: Path | None) -> str:
    import tempfile

    try:
        if path is not None:
            return content_hash(load_case(path))
        with tempfile.NamedTemporaryFile(suffix=".mat") as file:
            file.write(content)
            file.flush()
            return content_hash(load_case(file.name))
    except CaseError:
        return hashlib.sha256(content).hexdigest()
