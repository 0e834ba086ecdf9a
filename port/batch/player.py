"""Runs foreign code and emits what it returns: the one part of matport that shares a process with it.

Nothing here is a secret and nothing it says is believed; whoever reads the results checks them.
"""

import os
import re
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from port.batch.attempts import attempt, tell
from port.batch.calling import call, function_of, load, named, python_of
from port.batch.wire import pack
from port.errors import MatportError
from port.reference.quantities import quantities

MESSAGE = 400
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
Frame = dict[str, Any]


def play(request: Mapping[str, Any], cases: Sequence[Any], results: int) -> None:
    """Do what a request asks and emit frames: `{"case": i, "values": ...}`, `{"error": ...}`, then `{"done": True}`.

    A request has `kind` (a key of KINDS), `code` and `temporary` (folders). A case has `arguments`, a list of
    them or a dict by name, and `outputs`, the names of what the function returns.
    """
    write = os.write

    def emit(frame: Frame) -> None:
        content = pack(frame)
        left = memoryview(struct.pack("<Q", len(content)) + content)
        while left:
            left = left[write(results, left) :]

    _settle_in(Path(request["code"]), request["temporary"])
    KINDS[request["kind"]](request, cases, emit)
    emit({"done": True})


def _settle_in(code: Path, temporary: str) -> None:
    os.environ["TMPDIR"] = os.environ["HOME"] = tempfile.tempdir = temporary
    os.chdir(temporary)
    sys.path.insert(0, str(code))
    sys.dont_write_bytecode = True


def _call(request: Mapping[str, Any], cases: Sequence[Any], emit: Callable[[Frame], None]) -> None:
    """Call a function of the submission with each case; `entry` and `function` say which."""
    code = Path(request["code"])
    try:
        entry = python_of(code, request["entry"], Path(request["temporary"]))
        function = function_of(load(entry), request["function"], request["suggestion"])
    except BaseException as error:
        return emit({"error": _describe(error, code)})
    for index, case in enumerate(cases):
        try:
            returned = call(function, case["arguments"])
            emit({"case": index, "values": quantities(named(returned, case["outputs"]))})
        except BaseException as error:
            emit({"case": index, "error": _describe(error, code)})


def _read(request: Mapping[str, Any], _: Sequence[Any], emit: Callable[[Frame], None]) -> None:
    """Read a reference file that arrives as bytes: `content`, `name`."""
    from port.reference import load_case

    path = Path(request["temporary"], request["name"])
    path.write_bytes(request["content"].tobytes())
    try:
        case = load_case(path, apart=False)
    except MatportError as error:
        return emit({"error": str(error).removeprefix(f"{path}: ")})
    emit(
        {
            "case": 0,
            "values": {key: getattr(case, key) for key in ("name", "title", "input", "expected", "meta")},
        }
    )


KINDS = {"call": _call, "read": _read, "attempt": attempt, "tell": tell}


def _describe(error: BaseException, code: Path) -> str:
    """One line: the place in the submission, the type and the message, without addresses that change every run."""
    places = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(f"{code}/")
    ]
    place = f"{Path(places[-1].filename).relative_to(code)}:{places[-1].lineno}: " if places else ""
    message = str(error).strip() or "(no message)"
    return ADDRESS.sub("0x...", f"{place}{type(error).__name__}: {message}")[:MESSAGE]
