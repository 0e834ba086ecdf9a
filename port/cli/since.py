"""What a report says of the one before it: which verdicts are other ones now."""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from port.report.page import listed

SINCE = "Since the last report"
MOST_NAMED = 3
Key = tuple[str, ...]


def changes(
    before: Mapping[Key, str],
    now: Mapping[Key, str],
    *,
    agree: Collection[str] = ("agree",),
    untold: Collection[str] = (),
) -> str:
    """What has changed from some verdicts to others, in a line; the first part of a key is the name to show.

    agree are the verdicts of what agrees, untold of what cannot be told; all others say that something differs.
    """
    if not before:
        return "this is the first report here"
    words = {**dict.fromkeys(agree, "agree"), **dict.fromkeys(untold, "cannot be told")}
    parts = []
    for word in ("differ", "cannot be told", "agree"):
        became = [
            key[0]
            for key, verdict in now.items()
            if key in before and words.get(before[key], "differ") != words.get(verdict, "differ") == word
        ]
        named = "" if word == "agree" else f" ({listed(sorted(set(became)), MOST_NAMED)})"
        parts += [f"{len(became)} now {word}{named}"] if became else []
    for word, keys in (("new", now.keys() - before.keys()), ("gone", before.keys() - now.keys())):
        parts += [f"{len(keys)} {word}"] if keys else []
    return "; ".join(parts) or "no verdict has changed"


def verdicts_before(path: Path, keys: Sequence[str], verdict: str = "verdict") -> dict[Key, str]:
    """The verdicts that an earlier report left in a table, by key; none where there is none that can be read."""
    try:
        return {tuple(str(row[key]) for key in keys): str(row[verdict]) for row in READERS[path.suffix](path)}
    except (OSError, ValueError, KeyError, TypeError, ImportError, RecursionError, csv.Error):
        return {}


def _json(path: Path) -> Iterable[Mapping[str, Any]]:
    """The rows of a summary as `matport check` writes it."""
    rows: Iterable[Mapping[str, Any]] = json.loads(path.read_bytes())["summary"]
    return rows


def _csv(path: Path) -> Iterable[Mapping[str, Any]]:
    return csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))


def _parquet(path: Path) -> Iterable[Mapping[str, Any]]:
    import pandas as pd

    frame = pd.read_parquet(path)
    return ({str(name): value for name, value in row.items()} for row in frame.to_dict("records"))


READERS: Mapping[str, Callable[[Path], Iterable[Mapping[str, Any]]]] = {
    ".json": _json,
    ".csv": _csv,
    ".parquet": _parquet,
}
