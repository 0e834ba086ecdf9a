"""Where a reference comes from: a hash of what a case holds, and the manifest of a folder of cases."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from port.errors import CaseError
from port.reference.case import Case, load_case, suite_files
from port.reference.files import write_whole
from port.reference.matvalue import DTYPES, Value, class_and_size, is_sparse

MANIFEST = "MANIFEST.json"
FROM_META = ("engine", "version", "script", "script_sha256", "layout", "convention", "created")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a folder of cases."""

    case: str
    problem: str


def content_hash(case: Case) -> str:
    """SHA-256 of what a case holds; dates (`meta.created`, the file header) and compression do not enter."""
    meta = {name: value for name, value in case.meta.items() if name != "created"}
    return values_hash({"input": case.input, "expected": case.expected, "meta": meta})


def values_hash(variables: Mapping[str, Value]) -> str:
    """SHA-256 over (name, class, size, column-major bytes) of every value, by name, and of those inside."""
    digest = hashlib.sha256()
    for name in sorted(variables):
        _update(digest, name, variables[name])
    return digest.hexdigest()


def file_sha256(path: str | os.PathLike[str]) -> str:
    """SHA-256 of a text source with line ends as LF, so that a checkout on Windows has the same."""
    return hashlib.sha256(Path(path).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def manifest_entry(case: Case) -> dict[str, Any]:
    """What the manifest says of a case; raises CaseError for a case that was not read from a file."""
    if case.path is None:
        raise CaseError(f"case {case.name} was not read from a file")
    told = {key: _plain(case.meta[key]) for key in FROM_META if key in case.meta}
    return {"name": case.name, "file": case.path.name, "content_sha256": content_hash(case), **told}


def write_manifest(folder: str | os.PathLike[str]) -> Path:
    """Write MANIFEST.json for the cases of a folder, whole or not at all."""
    entries = [manifest_entry(load_case(path)) for path in suite_files(folder)]
    path = Path(folder) / MANIFEST
    text = json.dumps({"schema": 1, "cases": entries}, indent=2, ensure_ascii=False, default=str)
    write_whole(path, f"{text}\n".encode())
    return path


def read_manifest(folder: str | os.PathLike[str]) -> dict[str, dict[str, Any]]:
    """Entries of MANIFEST.json by case name; raises CaseError where it is missing or is no manifest."""
    path = Path(folder) / MANIFEST
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
        return {entry["name"]: {"file": entry["file"], **entry} for entry in cases}
    except FileNotFoundError:
        raise CaseError(f"{path}: there is no manifest") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{path}: it is no manifest of cases ({error})") from None


def load_verified(path: str | os.PathLike[str]) -> Case:
    """Read a case; where its folder has a manifest, raises CaseError unless it is as the manifest says."""
    path = Path(path)
    case = load_case(path)
    if (path.parent / MANIFEST).exists():
        entries = {entry["file"]: entry for entry in read_manifest(path.parent).values()}
        if path.name not in entries:
            raise CaseError(
                f"{path}: the manifest beside it does not list it: record it with `matport capture`"
            )
        if content_hash(case) != entries[path.name].get("content_sha256"):
            raise CaseError(
                f"{path}: it does not hold what was recorded: record it again with `matport capture`"
            )
    return case


def verify(folder: str | os.PathLike[str], loaded: Sequence[Case] = ()) -> tuple[Finding, ...]:
    """What in a folder is not as its manifest says: a case missing, unlisted, unreadable or changed.

    Cases that have been `loaded` from it are not read again.
    """
    at_hand = {case.path: case for case in loaded}
    listed = {entry["file"]: entry for entry in read_manifest(folder).values()}
    files = {path.name: path for path in suite_files(folder)}
    missing = [
        Finding(listed[name]["name"], f"{name} is missing") for name in sorted(listed.keys() - files.keys())
    ]
    unlisted = [
        Finding(files[name].stem, "is not in the manifest") for name in sorted(files.keys() - listed.keys())
    ]
    both = sorted(listed.keys() & files.keys())
    checked = [_checked(files[name], listed[name], at_hand.get(files[name])) for name in both]
    return (*missing, *unlisted, *(finding for finding in checked if finding))


def _checked(path: Path, entry: Mapping[str, Any], case: Case | None) -> Finding | None:
    try:
        found = content_hash(case or load_case(path))
    except CaseError as error:
        return Finding(entry["name"], str(error))
    if found != entry.get("content_sha256"):
        return Finding(
            entry["name"], f"{path.name} does not hold what was recorded (content hash {found[:12]}...)"
        )
    return None


def _update(digest: Any, name: str, value: Value) -> None:
    kind, size = class_and_size(value)
    digest.update(f"{name}\0{kind}\0{'x'.join(map(str, size))}\0".encode())
    if isinstance(value, str):
        digest.update(value.encode())
    elif isinstance(value, Mapping):
        for field in sorted(value):
            _update(digest, field, value[field])
    elif isinstance(value, list | tuple):
        for item in value:
            _update(digest, "", item)
    elif is_sparse(value):
        canonical = value.tocsc().sorted_indices()
        for part in (canonical.indptr.astype("<i8"), canonical.indices.astype("<i8"), _bytes(canonical.data)):
            digest.update(part)
    elif kind in ("cell", "struct"):
        for item in value.ravel(order="F"):
            _update(digest, "", dict(zip(value.dtype.names, item, strict=True)) if kind == "struct" else item)
    else:
        digest.update(_bytes(np.asarray(value, DTYPES["double"] if type(value) is int else None)))


def _bytes(array: np.ndarray[Any, Any]) -> bytes:
    """Column-major, little-endian bytes."""
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes(order="F")


def _plain(value: Value) -> Any:
    """A meta value as JSON: a 1 x 1 array is a number, a truth value or a string."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    array = np.asarray(value)
    return array.item() if array.size == 1 else array.tolist()
