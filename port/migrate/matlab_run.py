"""A recorded run of MATLAB code: the folder that an engine runs, and the trace from what it leaves behind."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from port.errors import ArgumentError, CaseError, SourceError
from port.migrate import syntax
from port.migrate.instrument_matlab import instrument
from port.migrate.parser import parse
from port.migrate.search_path import reached, unique_below
from port.migrate.trace import Event, Failure, Opaque, Site, Store, Trace, Values, events_of
from port.reference.engine import quote
from port.reference.matfile import read_mat

SEED = (
    "if exist('OCTAVE_VERSION', 'builtin'), rand('twister', 1); randn('twister', 1); rande('twister', 1); "
    "else, rng(1); end"
)
"""Two runs draw the same random numbers, and `port.migrate.runtime` those of Octave."""
DRIVER, CHUNK = "matport_drive", 20_000
RECORDER_FILES = ("matport_record.m", "matport_test.m")
SILENT = (
    "figure plot plot3 hold axis xlabel ylabel zlabel title legend surf mesh contour contourf imagesc image colormap "
    "colorbar drawnow print saveas subplot pause input keyboard line text grid semilogx semilogy loglog bar scatter "
    "histogram clf close clc waitbar set gcf gca shading view patch errorbar imshow pcolor sgtitle savefig beep"
).split()
"""Functions that show something or wait for somebody: in a recorded run they do nothing."""


@dataclass(frozen=True)
class Prepared:
    """An instrumented copy of the files that a run needs, and what its numbers mean."""

    entry: str
    sites: tuple[Site, ...]
    sources: Mapping[str, str]
    files: Mapping[str, str]
    outputs: tuple[str, ...]


def prepare(
    path: Path,
    call: str | None,
    inputs: Sequence[str],
    *,
    timeout: float,
    most_events: int,
    root: Path | None = None,
) -> Prepared:
    """Instrument a MATLAB file and those that it refers to, and write the script that runs it.

    Raises SourceError where the file cannot be read, ArgumentError where the call cannot be guessed.
    """
    parsed = reachable(path, root)
    main = parsed[path.name]
    sites: list[Site] = []
    copies = {name: instrument(file, name, sites) for name, file in parsed.items()}
    outputs, expression = matlab_call(path, main, call, inputs)
    results = [Site(path.name, 0, 0, "", name, "result") for name in outputs]
    first = len(sites) + 1
    sites += results
    settings = f"[{len(sites)}, {timeout:g}, {most_events}, {CHUNK}]"
    return Prepared(
        entry=path.name,
        sites=tuple(sites),
        sources={name: file.source for name, file in parsed.items()},
        files={**copies, f"{DRIVER}.m": driver(expression, outputs, first, settings), **support()},
        outputs=outputs,
    )


def reachable(path: Path, root: Path | None = None) -> dict[str, syntax.File]:
    """The file and those that it refers to, parsed, by the name that each has in an instrumented copy.

    They lie in its folder, its private folder, or those that one of them adds to the search path; under `root`, if
    there is one, in any other folder too.
    """
    folder = path.parent
    known = {file.stem: file for file in [*folder.glob("private/*.m"), *folder.glob("*.m")]}
    known[path.stem] = path
    found: dict[Path, syntax.File] = {}
    named = {path.stem: None}
    while waiting := [known[word] for word in named if word in known and known[word] not in found]:
        for file in dict.fromkeys(waiting):
            found[file] = parsed_file(file)
            named |= dict.fromkeys(words(found[file]))
            known = reached(file, found[file]) | known
        known = (unique_below(root) if root else {}) | known
    own = {file: file.relative_to(folder).as_posix() for file in found if file.is_relative_to(folder)}
    return {own.get(file, file.name): parsed for file, parsed in found.items()}


def parsed_file(path: Path) -> syntax.File:
    """A parsed MATLAB file; raises SourceError where it cannot be read."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path}: it cannot be read: {error.strerror}") from None


def words(file: syntax.File) -> Iterator[str]:
    """The names in a file that may be functions of other files."""
    for part in (*file.script, *file.functions):
        for node in syntax.walk(part):
            if isinstance(node, syntax.Name):
                yield node.id
            elif isinstance(node, syntax.Handle | syntax.Command):
                yield node.name
            elif isinstance(node, syntax.Text):
                yield from re.findall(r"[A-Za-z]\w*", node.value)


def matlab_call(
    path: Path, file: syntax.File, call: str | None, inputs: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    """The outputs and the expression of the call to make; a script is called by its name."""
    if file.is_script:
        return (), path.stem
    main = file.functions[0]
    outputs = tuple(name for name in main.outputs if name != "varargout")
    if call is not None:
        names, expression = split_call(call)
        return (names or outputs if expression.split("(")[0].strip() == path.stem else names), expression
    given = [name for name in main.parameters if name in inputs]
    if given != list(main.parameters[: len(given)]):
        absent = next(name for name in main.parameters if name not in inputs)
        raise ArgumentError(
            f"{path.name}: {main.name} needs {absent}, which the inputs do not hold; give a call"
        )
    return outputs, f"{path.stem}({', '.join(given)})"


def driver(expression: str, outputs: Sequence[str], first: int, settings: str) -> str:
    """The script that makes the call between the opening and the closing of the recorder."""
    names = [
        f"matport_result_{i}" if name == "~" or not name.isidentifier() else name
        for i, name in enumerate(outputs)
    ]
    left = f"[{', '.join(names)}] = " if names else ""
    keep = [f"  matport_record({first + i}, 0, {name});" for i, name in enumerate(names)]
    return "\n".join(
        [
            "warning('off', 'all');",
            f"matport_record('open', matport_folder, {settings});",
            "matport_frame = 0;",
            "try",
            f"  {left}{expression};",
            *keep,
            "  matport_record('close', '', {'', 0});",
            "catch matport_error",
            "  matport_place = {'', 0};",
            "  for matport_i = numel(matport_error.stack):-1:1",
            "    matport_at = matport_error.stack(matport_i);",
            f"    if ~any(strcmp(matport_at.name, {{'{DRIVER}', 'matport_record', 'matport_test'}}))",
            "      matport_place = {matport_at.name, matport_at.line};",
            "    end",
            "  end",
            "  matport_record('close', matport_error.message, matport_place);",
            "end",
            "",
        ]
    )


def support() -> dict[str, str]:
    """The recorder, and the functions that do nothing in a recorded run; these go behind the user's own."""
    own = files("port.migrate") / "recorder"
    quiet = "function varargout = {name}(varargin)\n  varargout = cell(1, max(nargout, 0));\nend\n"
    silent = {f"silent/{name}.m": quiet.format(name=name) for name in SILENT}
    return {name: (own / name).read_text(encoding="utf-8") for name in RECORDER_FILES} | silent


def script(folder: Path, original: Path, inputs: Path) -> str:
    """The statements that run what `write` wrote: the copies go before the original folder, for its data files."""
    paths = "".join(f"addpath({quote(place)});\n" for place in (folder / "silent", original, folder))
    remove = "".join(f"rmpath({quote(place)});\n" for place in (folder / "silent", original, folder))
    return (
        f"clear all;\nwarning('off', 'all');\n{paths}load({quote(inputs)});\nmatport_folder = {quote(folder)};\n"
        f"{SEED}\n{DRIVER};\n{remove}"
    )


def write(prepared: Prepared, folder: Path) -> None:
    """Write the files of a run into a folder."""
    for name, text in prepared.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def collect(prepared: Prepared, folder: Path, engine: str, printed: str, stopped: str) -> Trace:
    """The trace of a run from the files its recorder left in a folder; `stopped` says why it left no last one."""
    blob = io.BytesIO()
    store = Store(blob)
    rows: list[tuple[int, int, int, str, str | None]] = []
    for chunk in sorted(folder.glob("trace_[0-9]*.mat"), key=lambda file: int(file.stem[6:])):
        try:
            contents = read_mat(chunk)
        except CaseError:
            break
        add_rows(rows, contents, prepared.sites, store)
    end = folder / "trace_end.mat"
    ended = read_mat(end) if end.is_file() else {"message": stopped, "place": ["", 0.0]}
    keys = {key: index for index, key in enumerate(store.entries)}
    values = Values(store.entries, blob.getvalue())
    indexed = [
        (site, frame, count, keys[key], keys.get(part or "")) for site, frame, count, key, part in rows
    ]
    events = events_of(indexed, prepared.sites, values)
    failure = failure_of(str(ended["message"]), ended["place"], prepared, events)
    return Trace("matlab", engine, prepared.entry, prepared.sources, events, values, failure, printed)


def add_rows(
    rows: list[tuple[int, int, int, str, str | None]],
    contents: Mapping[str, Any],
    sites: Sequence[Site],
    store: Store,
) -> None:
    """Append the events of one file; a part is joined to the event of its variable, which comes just before."""
    data, others = np.ravel(contents["data"]), contents["others"]
    others = others if isinstance(others, list) else list(np.ravel(others))
    for number, frame, count, height, width, at in contents["rows"].T.astype(int).tolist():
        site = sites[number - 1]
        if height < 0:
            value = others[at - 1]
            key = dropped_key(value, store) or store.add(restored(value))
        else:
            value = data[at : at + height * width].reshape((height, width), order="F")
            key = store.add(bool(value[0, 0]) if site.kind == "test" else value)
        if site.kind != "part":
            rows.append((number - 1, frame, count, key, None))
        elif rows and rows[-1][1] == frame and sites[rows[-1][0]].name == site.name:
            rows[-1] = (*rows[-1][:4], key)


def dropped_key(value: Any, store: Store) -> str | None:
    """For a value of which the recorder kept the size alone: the key of an entry that says so."""
    if not (isinstance(value, dict) and "matport_dropped" in value):
        return None
    kind = {"double": "<f8", "single": "<f4", "logical": "|b1"}.get(str(value["matport_class"]), "<f8")
    size = tuple(np.ravel(value["matport_dropped"]).astype(int).tolist())
    return store.add_dropped(kind, size)


def restored(value: Any) -> Any:
    """A recorded value with handles and objects as they are in a trace."""
    if isinstance(value, dict):
        if "matport_opaque" in value:
            return Opaque(str(value["matport_opaque"]), str(value["matport_text"]))
        return {name: restored(item) for name, item in value.items()}
    if isinstance(value, list):
        return [restored(item) for item in value]
    return value


def failure_of(
    message: str, place: Sequence[Any], prepared: Prepared, events: Sequence[Event]
) -> Failure | None:
    """How the run ended. Where the engine names no line, it is that of the last statement recorded."""
    if not message:
        return None
    name, line = str(place[0]), int(np.ravel(place[1])[0])
    owner = {site.function: site.file for site in prepared.sites} | {
        Path(f).stem: f for f in prepared.sources
    }
    if name in owner and line > 0:
        return Failure(message, owner[name], line)
    last = events[-1].site if events else None
    return Failure(message, last.file if last else prepared.entry, last.line if last else 0)


def split_call(call: str) -> tuple[tuple[str, ...], str]:
    """`[J, grad] = f(a, b)` as the names on its left and the rest."""
    found = re.match(r"\s*(?:\[([^\]=]*)\]|([\w.,\s~]+?))\s*=(?!=)(.*)", call, re.DOTALL)
    if not found:
        return (), call.strip().rstrip(";").strip()
    names = re.split(r"[,\s]+", (found[1] if found[1] is not None else found[2]).strip())
    return tuple(name for name in names if name), found[3].strip().rstrip(";").strip()
