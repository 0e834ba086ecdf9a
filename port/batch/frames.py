"""What a player said, read without trust."""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from port.batch.limits import ENDINGS, Ending
from port.batch.wire import unpack
from port.errors import CaseError

LENGTH = struct.Struct("<Q")
MESSAGE = 400
UNPRINTABLE = re.compile(r"[^\x20-\x7e -￿]+")


@dataclass(frozen=True)
class Run:
    """What came out of a run: a value or an error by number of the case, an error of the whole, and how it ended."""

    ending: Ending
    values: Mapping[int, Any] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)
    error: str = ""


def read_run(output: bytes, ending: Ending) -> Run:
    """The run that `output`, a row of frames, tells of; what cannot be read of it ends the reading."""
    values: dict[int, Any] = {}
    errors: dict[int, str] = {}
    error, done = "", False
    try:
        for frame in _frames(output):
            case = frame.get("case")
            if case is None:
                error, done = error or clean(frame.get("error", "")), done or "done" in frame
            elif "values" in frame:
                values.setdefault(int(case), frame["values"])
            else:
                errors.setdefault(int(case), clean(frame["error"]))
    except (CaseError, AttributeError, KeyError, TypeError, ValueError) as damage:
        error = error or clean(f"its results cannot be read: {damage}")
    if ending.kind == "finished" and not done:
        ending = Ending("exited", "with status 0")
    return Run(ending, values, errors, error)


def describe(ending: Ending) -> str:
    """The ending as a clause: `stopped at its time limit (after 10 s)`."""
    return ENDINGS[ending.kind] + (f" ({ending.detail})" if ending.detail else "")


def clean(text: Any) -> str:
    """Text that a submission chose as one short line of a table; no spreadsheet takes it for a formula."""
    return UNPRINTABLE.sub(" ", str(text)[: 2 * MESSAGE]).strip().lstrip("=+-@")[:MESSAGE]


def _frames(output: bytes) -> Iterator[dict[str, Any]]:
    """Every complete frame; one cut short by the end of the run is left out."""
    start = 0
    while len(output) - start > LENGTH.size:
        (size,) = LENGTH.unpack_from(output, start)
        start += LENGTH.size
        if size > len(output) - start:
            return
        yield unpack(output[start : start + size], limit=size)
        start += size
