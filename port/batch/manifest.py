"""What a batch checks: rows of a CSV or TOML file, each a function of a submission and what it must return.

| column | what it says |
|---|---|
| `submission` | who or what is checked; the results are told by it (required) |
| `code` | the file with the function: `.py`, or `.m`, which is translated first (required) |
| `case` | what it must return: a reference case (`.mat`), a folder or pattern of them, or a `.m` (required) |
| `function` | the function to call; by default the one the case names, that of the file's name, or the only one |
| `call` | `[loss, dW] = f(weights, biases, x, y)`: arguments by position, outputs by name |
| `outputs` | the quantities to check, separated by spaces; all that the case expects by default |
| `folder` | a folder whose files the submission may use; by default it has its code alone |
| `inputs` | for a `.m` in `case`: the `.mat` with its arguments |

Paths are relative to the manifest. TOML has the same keys in one `[[check]]` a row, and `[defaults]` for all;
there `case` may be a list. Rows that differ in nothing but the case are one check, run in one process.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from port.errors import ArgumentError

LARGEST = 64 << 20
MOST_ROWS = 2_000_000
LONGEST = 1000
REQUIRED = ("submission", "code", "case")
COLUMNS = (*REQUIRED, "function", "call", "outputs", "folder", "inputs")
CALL = re.compile(r"(?:(?P<outputs>[^=()]*)=)?\s*(?P<function>\w+)\s*\((?P<arguments>[^()]*)\)\s*;?")
ARGUMENT = re.compile(r"""[A-Za-z]\w*(\.[A-Za-z]\w*)*|[-+]?[\d.]+([eE][-+]?\d+)?|'[^']*'|"[^"]*\"""")
OUTPUT = re.compile(r"[A-Za-z]\w*")
PATTERN = re.compile(r"[*?\[]")
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One function of one submission, and the cases it must satisfy.

    `arguments` is what `call` puts between the parentheses, None where nothing is said; `place` is the line
    of the manifest.
    """

    submission: str
    code: Path
    cases: tuple[Path, ...]
    function: str = ""
    arguments: tuple[str, ...] | None = None
    outputs: tuple[str, ...] = ()
    folder: Path | None = None
    inputs: Path | None = None
    place: str = ""


def read_manifest(path: Path) -> tuple[Check, ...]:
    """The checks of a .csv or .toml manifest, in its order; raises ArgumentError with file and line."""
    readers = {".csv": _csv_records, ".toml": _toml_records}
    if path.suffix.lower() not in readers:
        raise ArgumentError(f"{path}: a manifest is a .csv or a .toml file")
    places: dict[Check, str] = {}
    cases: dict[Check, dict[Path, None]] = {}
    named: dict[str, tuple[Path, ...]] = {}
    for place, record in readers[path.suffix.lower()](_text(path), path):
        check = _check(record, path.parent, place)
        places.setdefault(check, place)
        for name in record["case"] if isinstance(record["case"], list) else [record["case"]]:
            if str(name) not in named:
                named[str(name)] = _cases(path.parent, name, place)
            cases.setdefault(check, {}).update(dict.fromkeys(named[str(name)]))
    if not places:
        raise ArgumentError(f"{path}: the manifest has no rows")
    return tuple(replace(check, cases=tuple(cases[check]), place=place) for check, place in places.items())


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ArgumentError(f"{path}: a manifest of more than {LARGEST >> 20} MiB; split it")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ArgumentError(f"{path}: the manifest cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ArgumentError(f"{path}: the manifest is not UTF-8 text (byte {error.start})") from None


def _csv_records(text: str, path: Path) -> Iterator[tuple[str, Record]]:
    """Place and columns of every row of a CSV file."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _known(reader.fieldnames or (), f"{path}:1")
        for record in reader:
            place = f"{path}:{reader.line_num}"
            if None in record:
                raise ArgumentError(f"{place}: more values than the header has columns")
            if reader.line_num > MOST_ROWS:
                raise ArgumentError(f"{place}: more than {MOST_ROWS} rows; split the manifest")
            yield place, {name: value or "" for name, value in record.items()}
    except csv.Error as error:
        raise ArgumentError(f"{path}:{reader.line_num}: not readable as CSV: {error}") from None


def _toml_records(text: str, path: Path) -> Iterator[tuple[str, Record]]:
    """Place and keys of every `[[check]]` of a TOML file."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ArgumentError(f"{path}: not readable as TOML: {error}") from None
    defaults, checks = document.pop("defaults", {}), document.pop("check", [])
    if document or not isinstance(defaults, dict) or not isinstance(checks, list):
        raise ArgumentError(f"{path}: a manifest has [[check]] and [defaults], nothing else")
    for number, check in enumerate(checks, 1):
        place = f"{path}: check {number}"
        if not isinstance(check, dict):
            raise ArgumentError(f"{place} is no table")
        record = {**defaults, **check}
        _known(record, place)
        yield place, record


def _known(names: Iterable[str], place: str) -> None:
    """Raise ArgumentError where a column is unknown or missing."""
    names = list(names)
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in names]
    if unknown or missing or len(set(names)) < len(names):
        problem = (
            f"knows no {unknown[0]!r}" if unknown else f"needs {' and '.join(missing) or 'each name once'}"
        )
        raise ArgumentError(f"{place}: a manifest {problem}; its columns are {', '.join(COLUMNS)}")


def _check(record: Record, base: Path, place: str) -> Check:
    """The check a record describes, without its cases and its place."""
    text = {name: _one(record.get(name, ""), name, place) for name in COLUMNS if name != "case"}
    for name in ("submission", "code"):
        if not text[name]:
            raise ArgumentError(f"{place}: `{name}` is empty")
    outputs, function, arguments = _call(text["call"], place)
    named = _outputs(text["outputs"], place)
    if function and text["function"] not in ("", function):
        raise ArgumentError(f"{place}: `function` is {text['function']} and `call` calls {function}")
    return Check(
        submission=text["submission"],
        code=base / text["code"],
        cases=(),
        function=text["function"] or function,
        arguments=arguments,
        outputs=named or outputs,
        folder=base / text["folder"] if text["folder"] else None,
        inputs=base / text["inputs"] if text["inputs"] else None,
    )


def _one(value: Any, name: str, place: str) -> str:
    """One printable text of reasonable length."""
    if not isinstance(value, str) or len(value) > LONGEST or not value.replace("\t", " ").isprintable():
        raise ArgumentError(f"{place}: `{name}` is no text of one line and at most {LONGEST} characters")
    return value.strip()


def _call(text: str, place: str) -> tuple[tuple[str, ...], str, tuple[str, ...] | None]:
    """Outputs, function and arguments of `[loss, dW] = f(weights, x)`."""
    if not text:
        return (), "", None
    found = CALL.fullmatch(text)
    arguments = tuple(part.strip() for part in found["arguments"].split(",")) if found else ()
    if arguments == ("",):
        arguments = ()
    if not found or not all(ARGUMENT.fullmatch(argument) for argument in arguments):
        raise ArgumentError(f"{place}: `call` is {text!r}; write it as [loss, dW] = f(weights, biases, x, y)")
    return _outputs((found["outputs"] or "").strip("[] "), place), found["function"], arguments


def _outputs(text: str, place: str) -> tuple[str, ...]:
    names = tuple(name for name in re.split(r"[\s,;]+", text) if name)
    if not all(OUTPUT.fullmatch(name) for name in names):
        raise ArgumentError(f"{place}: {text!r} are no names of outputs, such as: loss dW db")
    return names


def _cases(base: Path, name: Any, place: str) -> tuple[Path, ...]:
    """The reference files a `case` names: one, those of a folder, or those that match a pattern."""
    name = _one(name, "case", place)
    path = base / name
    if path.is_dir():
        found = sorted(each for each in path.glob("*.mat") if not each.name.startswith("."))
    elif PATTERN.search(name) and not path.exists():
        found = sorted(base.glob(name)) if not Path(name).is_absolute() else _absolute(Path(name))
    else:
        found = [path] if path.is_file() and path.suffix in (".mat", ".m") else []
    if not name or not found:
        raise ArgumentError(
            f"{place}: `case` is {name!r}: no reference (.mat or .m), folder or pattern of them"
        )
    return tuple(found)


def _absolute(pattern: Path) -> list[Path]:
    return sorted(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor))))
