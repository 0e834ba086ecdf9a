"""`matport.toml`: what to run in a course folder to see its functions called, and how closely to compare."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from port.errors import ArgumentError, SourceError
from port.migrate.matlab_run import parsed_file, words
from port.migrate.syntax import File
from port.reference.files import write_whole

FILE = "matport.toml"
GUESSES = {
    r"lambda|alpha|mu|sigma|C": "0.5",
    r"num_labels|K": "3",
    r".*(size|num|iters?|epochs)|[mnpk]|L_(in|out)": "4",
    r"y|labels|idx": "mod((1:6)', 3) + 1",
    r"(initial_)?theta|.*params|w|b|p|z": "sin((1:4)')",
}
GUESS = "reshape(sin(1:24), 6, 4)"


@dataclass(frozen=True)
class Call:
    """A call to make: the function, the statements before it that make its inputs, the call."""

    function: str
    call: str
    before: str = ""

    def script(self) -> str:
        """The MATLAB script that makes the call."""
        return f"{self.before}\n{self.call.strip().rstrip(';')};\n"


@dataclass(frozen=True)
class Settings:
    """scripts: those to run, None for all of the folder; rtol: relative tolerance by function."""

    scripts: tuple[str, ...] | None = None
    calls: tuple[Call, ...] = ()
    rtol: Mapping[str, float] = field(default_factory=dict)


def sources(course: Path) -> list[Path]:
    """The MATLAB files of the folder itself; SourceError where there is none."""
    if not course.is_dir():
        raise SourceError(f"{course} is no folder; give the folder of the MATLAB files")
    found = sorted(course.glob("*.m"))
    if not found:
        raise SourceError(f"{course} holds no .m file{_below(course)}")
    return found


def _below(course: Path) -> str:
    """Which folders below hold MATLAB, for who gave the one over them."""
    folders = sorted({path.parent.relative_to(course).as_posix() for path in course.rglob("*.m")})
    shown = ", ".join(folders[:5]) + (", ..." if len(folders) > 5 else "")
    return f" itself; those below do: {shown}. Give one of these" if folders else ""


def read_settings(course: Path) -> Settings:
    """The settings of a course folder; the defaults where it has no matport.toml.

    Raises ArgumentError where the file is not as it must be.
    """
    path = course / FILE
    if not path.is_file():
        return Settings()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ArgumentError(f"{path}: it cannot be read: {error}") from None
    _known(path, document, {"scripts", "call", "rtol"})
    return Settings(_scripts(path, document, course), _calls(path, document), _rtol(path, document))


def write_initial(course: Path) -> Path:
    """Write a matport.toml with guesses; raises ArgumentError where there is one, SourceError without MATLAB."""
    path = course / FILE
    if path.exists():
        raise ArgumentError(f"{path} is there already; edit it, or remove it to have new guesses")
    files = {source: parsed_file(source) for source in sources(course)}
    write_whole(path, initial(files).encode())
    return path


def initial(files: Mapping[Path, File]) -> str:
    """The text of a matport.toml: every script, and a guessed call of every function that no script leads to."""
    scripts = [path.name for path, file in files.items() if file.is_script]
    reached = _reached(files)
    lines = [
        "# What matport migrate runs in GNU Octave to see the functions called. Edit, then run it again.",
        f"scripts = [{', '.join(json.dumps(name) for name in scripts)}]  # leave out what should not run",
        "",
        "# [rtol]",
        "# slowFunction = 1e-6  # relative tolerance of one function; the default is 1e-10",
    ]
    for path, file in files.items():
        if not file.is_script and path.stem not in reached:
            lines += ["", *_guessed(path.stem, file)]
    return "\n".join(lines) + "\n"


def _reached(files: Mapping[Path, File]) -> set[str]:
    """The functions that the scripts call, directly or through others."""
    known = {path.stem: file for path, file in files.items()}
    found: set[str] = set()
    waiting = [stem for stem, file in known.items() if file.is_script]
    while waiting:
        for word in words(known[waiting.pop()]):
            if word in known and word not in found:
                found.add(word)
                waiting.append(word)
    return found


def _guessed(name: str, file: File) -> list[str]:
    main = file.functions[0]
    names = [part for part in main.parameters if part.isidentifier() and part != "varargin"]
    before = " ".join(f"{part} = {_guess(part)};" for part in names)
    outputs = [part for part in main.outputs if part != "varargout"]
    left = f"{outputs[0]} = " if len(outputs) == 1 else f"[{', '.join(outputs)}] = " if outputs else ""
    call = f"{left}{name}({', '.join(names)})"
    return [
        "[[call]]  # a guess: no script calls it; give inputs that make sense",
        f"function = {json.dumps(name)}",
        f"before = {json.dumps(before)}",
        f"call = {json.dumps(call)}",
    ]


def _guess(name: str) -> str:
    return next((value for pattern, value in GUESSES.items() if re.fullmatch(pattern, name)), GUESS)


def _known(path: Path, table: Mapping[str, Any], names: set[str]) -> None:
    unknown = sorted(table.keys() - names)
    if unknown:
        raise ArgumentError(f"{path}: `{unknown[0]}` is unknown; there are {', '.join(sorted(names))}")


def _scripts(path: Path, document: Mapping[str, Any], course: Path) -> tuple[str, ...] | None:
    given = document.get("scripts")
    if given is None:
        return None
    if not (isinstance(given, list) and all(isinstance(name, str) for name in given)):
        raise ArgumentError(f'{path}: `scripts` is a list of file names, such as ["ex4.m"]')
    for name in given:
        if not (course / name).is_file():
            raise ArgumentError(f"{path}: the folder has no script {name}")
    return tuple(given)


def _calls(path: Path, document: Mapping[str, Any]) -> tuple[Call, ...]:
    rows = document.get("call", [])
    if not (isinstance(rows, list) and all(_is_call(row) for row in rows)):
        raise ArgumentError(f"{path}: a [[call]] has the texts `function` and `call`, and may have `before`")
    return tuple(Call(**row) for row in rows)


def _is_call(row: object) -> bool:
    names = {"function", "call"}
    return (
        isinstance(row, dict)
        and names <= row.keys() <= names | {"before"}
        and all(isinstance(value, str) for value in row.values())
    )


def _rtol(path: Path, document: Mapping[str, Any]) -> dict[str, float]:
    table = document.get("rtol", {})
    if not isinstance(table, dict):
        raise ArgumentError(f"{path}: `rtol` is a table: under [rtol], a line `function = number` each")
    return {name: _number(path, name, value) for name, value in table.items()}


def _number(path: Path, name: str, value: object) -> float:
    if isinstance(value, int | float) and 0 <= value < 1:
        return float(value)
    raise ArgumentError(f"{path}: rtol of {name} is a number from 0 up to 1, not {value!r}")
