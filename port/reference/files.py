"""Files read and written whole, or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from port.errors import CaseError


def read_whole(path: Path) -> bytes:
    """The bytes of a file. Raises CaseError, one sentence with the path, where it cannot be read or has no end."""
    try:
        if path.exists() and not path.is_file():
            raise CaseError(f"{path}: it cannot be read: it is no file")
        return path.read_bytes()
    except OSError as error:
        raise CaseError(f"{path}: it cannot be read: {(error.strerror or str(error)).lower()}") from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises CaseError where the folder does not take it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise CaseError(f"{path}: it cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
