"""Tables and files: one frame rendered as CSV, Parquet, Markdown or JSON, each file written whole or not at all."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from port.errors import MatportError, MissingPartError


def write_all(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write every content into `folder`, all of them first beside their targets, then renamed one after the other.

    An interruption or a full disk leaves the earlier files whole.
    Raises: MatportError when the folder cannot be made or written.
    """
    staged: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            staged.append((_stage(folder, content), folder / name))
        for temporary, target in staged:
            os.replace(temporary, target)
    except OSError as error:
        raise MatportError(
            f"{folder}: the report cannot be written here ({error.strerror}); name another folder"
        ) from error
    finally:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)
    return [target for _, target in staged]


def write_page(path: Path, page: str) -> str:
    """Write one page, whole or not at all; returns the line that says so. Raises: MatportError where it cannot be."""
    if path.is_dir() or not path.name:
        raise MatportError(f"{path} is a folder; name a file for the page, such as {path / 'page.html'}")
    write_all(path.absolute().parent, {path.name: page})
    return f"page: {path}\n"


def _stage(folder: Path, content: str | bytes) -> str:
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".matport-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary


def to_csv(frame: pd.DataFrame) -> str:
    """The frame as CSV; floats keep every digit."""
    return frame.to_csv(index=False, lineterminator="\n")


def to_markdown(frame: pd.DataFrame) -> str:
    """The frame as a Markdown table; pipes and line ends inside cells are escaped."""
    shown = frame.map(_markdown_cell)
    return shown.to_markdown(index=False, disable_numparse=True) or ""


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as Parquet, columns of mixed Python objects as text.

    Raises: MissingPartError without the extra `matport[parquet]`.
    """
    plain = frame.assign(
        **{name: frame[name].map(str) for name in frame.columns if frame[name].dtype == object}
    )
    try:
        return plain.to_parquet(index=False)
    except ImportError as error:
        raise MissingPartError("Parquet needs one more package: pip install 'matport[parquet]'") from error


def to_json(document: Mapping[str, Any]) -> str:
    """The document as JSON; NaN and infinities become the strings "NaN", "Infinity", "-Infinity"."""
    return json.dumps(_plain(document), indent=1, allow_nan=False) + "\n"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries of plain Python values."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float) and value != value:
        return "NaN"
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, complex):
        return str(value)
    return value


def _markdown_cell(value: object) -> str:
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\r", " ").replace("\n", " ")
