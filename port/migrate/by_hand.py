"""Where there is only a desktop: the MATLAB function that records a run, and the trace from the file it saves."""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from port import __version__
from port.errors import ArgumentError, CaseError
from port.migrate import matlab_run
from port.migrate.matlab_run import DRIVER, SEED, Prepared
from port.migrate.record import matlab_inputs, scalars
from port.migrate.replay import MOST_EVENTS
from port.migrate.trace import Event, Site, Trace, load_trace
from port.reference.capture import EMBEDDED_LIMIT, unpacked
from port.reference.files import write_whole
from port.reference.literal import literal, quoted
from port.reference.matfile import read_mat, write_mat

ABOUT = "about.json"
SUFFIX = "_trace.mat"
HELPERS = ("matport_write.m", "matport_numbers.m")
KEPT = re.compile(r"trace_(\d+|end)\.mat")


@dataclass(frozen=True)
class Reference:
    """A run recorded elsewhere: the trace, the call that was made (None as by default), and its inputs for Python."""

    trace: Trace
    call: str | None
    inputs: Mapping[str, Any]


def write_program(
    target: Path, source: Path, call: str | None, inputs: Mapping[str, Any], *, timeout: float
) -> list[Path]:
    """Write the function that records a run by hand, and its inputs beside it where they are large.

    Raises ArgumentError for a target whose name is no MATLAB function's, SourceError and ArgumentError as
    `record_matlab` does, CaseError where the folder does not take it.
    """
    if target.suffix != ".m" or not re.fullmatch(r"[A-Za-z]\w*", target.stem) or target.stem == source.stem:
        raise ArgumentError(f"{target}: the program is a new MATLAB function: letters, digits and _, then .m")
    values = matlab_inputs(inputs)
    prepared = matlab_run.prepare(
        source.resolve(), call, list(values), timeout=timeout, most_events=MOST_EVENTS
    )
    embedded = {name: literal(value) for name, value in values.items()}
    data = (
        target.with_name(f"{target.stem}_inputs.mat")
        if sum(map(len, embedded.values())) > EMBEDDED_LIMIT
        else None
    )
    lines = [f"input.{name} = {text};" for name, text in embedded.items()] if data is None else []
    write_whole(target, program(target.stem, prepared, call, values, lines, data).encode())
    if data is not None:
        write_mat(data, values)
    return [target, *([data] if data else [])]


def program(
    name: str,
    prepared: Prepared,
    call: str | None,
    values: Mapping[str, Any],
    lines: list[str],
    data: Path | None,
) -> str:
    """The text of the function."""
    about = {
        "call": call,
        "entry": prepared.entry,
        "sites": prepared.sites,
        "sources": {file: text.split("\n") for file, text in prepared.sources.items()},
        "outputs": prepared.outputs,
    }
    texts = {**prepared.files, ABOUT: json.dumps(about, indent=0)}
    given = [f"input = load(fullfile(home, {quoted(data.name)}));"] if data else ["input = struct();", *lines]
    main = Template(recorder_file("by_hand.m.template")).substitute(
        program=name,
        PROGRAM=name.upper(),
        entry=prepared.entry,
        target=f"{name}{SUFFIX}",
        version=__version__,
        inputs="\n".join(given),
        variables="\n".join(f"{key} = matport_input.{key};" for key in values),
        seed=SEED,
        driver=DRIVER,
        files="\n".join(unpacked(file, text) for file, text in texts.items()),
    )
    return "\n".join([main, *(helper(file) for file in HELPERS)])


def recorder_file(name: str) -> str:
    return (files("port.migrate") / "recorder" / name).read_text(encoding="utf-8")


def helper(name: str) -> str:
    return (files("port.reference") / "matlab" / name).read_text(encoding="utf-8")


def load_reference(path: Path) -> Reference:
    """A MATLAB run that was recorded before: by the function that `write_program` wrote, or kept by `Trace.save`.

    Of the latter the inputs are the arguments of its first call. Raises CaseError for a file that is neither.
    """
    if not path.is_file():
        raise CaseError(f"{path}: there is no such file; what --script writes saves it where MATLAB runs it")
    if path.suffix == ".mat" and path.read_bytes()[:6] in (b"MATLAB", b"Octave"):
        return by_hand(path, read_mat(path))
    trace = load_trace(path)
    if trace.language != "matlab":
        raise CaseError(f"{path}: it is a run of Python; --trace takes a run of MATLAB")
    return Reference(
        trace, None, {event.name: scalars(event.value) for event in trace.events if is_given(event)}
    )


def is_given(event: Event) -> bool:
    """Whether an event is an argument of the call that the run was."""
    return event.kind == "argument" and event.frame == 1


def by_hand(path: Path, contents: Mapping[str, Any]) -> Reference:
    """The reference in a file that was recorded by hand."""
    try:
        held = contents["matport_trace"]
        with tempfile.TemporaryDirectory(prefix="matport-") as name:
            folder = Path(name)
            for file, data in zip(held["names"], held["bytes"], strict=True):
                if KEPT.fullmatch(file) or file == ABOUT:
                    (folder / file).write_bytes(data.tobytes())
            about = json.loads((folder / ABOUT).read_bytes())
            prepared = Prepared(
                entry=about["entry"],
                sites=tuple(Site(*site) for site in about["sites"]),
                sources={file: "\n".join(lines) for file, lines in about["sources"].items()},
                files={},
                outputs=tuple(about["outputs"]),
            )
            engine = f"{held['engine']} {held['version']}"
            trace = matlab_run.collect(prepared, folder, engine, "", "it was stopped: it left no end")
    except (KeyError, TypeError, ValueError, AttributeError, OSError):
        raise CaseError(f"{path}: it is no recorded run; give what the function of --script saved") from None
    given = {name: scalars(value) for name, value in held["input"].items()}
    return Reference(trace, about["call"], given)
