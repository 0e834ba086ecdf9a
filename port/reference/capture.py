"""Record a reference from the user's own function: one MATLAB program that Octave or MATLAB runs, here or by hand."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from port import __version__
from port.errors import ArgumentError, EngineError, SourceError
from port.reference.case import SCHEMA, Case, load_case
from port.reference.engine import Engine, run
from port.reference.files import write_whole
from port.reference.instrument import identifiers, instrumented, signature
from port.reference.literal import literal, quoted
from port.reference.matfile import read_mat, write_mat
from port.reference.matvalue import Value
from port.reference.provenance import MANIFEST, file_sha256, write_manifest

EMBEDDED_LIMIT = 2 << 20
MATLAB_FILES = Path(__file__).parent / "matlab"
LOCAL = ("matport_save", "matport_write", "matport_remove", "matport_numbers")
UNPACKED = ("matport_recorder", "matport_storable")
ASSIGNMENT = re.compile(r"\s*(\[[^\]]*\]|[A-Za-z_]\w*)\s*=(?!=)")


@dataclass(frozen=True)
class Recipe:
    """What to record: the sources, the call, its inputs, and what is said of it."""

    name: str
    source: Path
    call: str
    outputs: tuple[str, ...]
    inputs: Mapping[str, Value]
    inputs_from: str
    sources: Mapping[str, str]
    intermediates: bool = False
    title: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Program:
    """A MATLAB function that records a case beside itself: its name, its text, and a data file where it needs one."""

    name: str
    text: str
    data: Mapping[str, Value]

    def write(self, folder: Path) -> list[Path]:
        """Write the .m file, and the data file where there is one; CaseError where the folder does not take it."""
        files = [folder / f"{self.name}.m"]
        write_whole(files[0], self.text.encode())
        if self.data:
            files.append(folder / f"{self.name}_inputs.mat")
            write_mat(files[1], self.data)
        return files


def recipe(
    source: Path,
    *,
    call: str = "",
    inputs: Path | None = None,
    name: str = "",
    title: str = "",
    intermediates: bool = False,
) -> Recipe:
    """What to record of a function or script file; the call may be left out where the inputs bear the argument names.

    Raises SourceError for a file that cannot be read, ArgumentError for a call that names no outputs, does not call
    the function, or needs an input that is not there, CaseError for inputs that cannot be read.
    """
    text = _read(source)
    values = {} if inputs is None else _inputs(inputs)
    files = _sources(source, text)
    call = call.strip().rstrip(";") or _own_call(source, text, values)
    outputs = _outputs(call)
    if not re.search(rf"\b{re.escape(source.stem)}\b", call):
        raise ArgumentError(f"the call `{call}` does not call {source.stem}, the function of {source}")
    if signature(text) is not None and not outputs:
        raise ArgumentError(f"the call `{call}` names no outputs: write `[a, b] = {source.stem}(...)`")
    name = name or source.stem
    if not re.fullmatch(r"[A-Za-z]\w*", name):
        raise ArgumentError(f"the name {name!r} of a case must be letters, digits and _, as a MATLAB name is")
    return Recipe(
        name=name,
        source=source,
        call=call,
        outputs=outputs,
        inputs=values,
        inputs_from="none" if inputs is None else inputs.name,
        sources=files,
        intermediates=intermediates or signature(text) is None,
        title=title,
        hashes={file: file_sha256(source.parent / file) for file in files},
    )


def capture(what: Recipe, target: Path, *, engine: Engine | None = None, timeout: float = 120.0) -> Case:
    """Run the recipe's program in Octave or MATLAB and write what it records to `target`, whole or not at all.

    Where a manifest lists the cases of that folder, it is brought up to date. Raises EngineError where there is no
    engine, the function fails, takes longer than `timeout` seconds or returns what cannot be stored.
    """
    made = program(what)
    with tempfile.TemporaryDirectory(prefix="matport-capture-") as name:
        folder = Path(name)
        made.write(folder)
        recorded = folder / f"{what.name}.mat"
        finished = run(
            f"setenv('TMPDIR', {quoted(name)});\n{made.name}",  # what a killed run leaves behind goes with the folder
            engine=engine,
            load_paths=[folder, what.source.parent.resolve()],
            expect=[recorded],
            timeout=timeout,
        )
        case = load_case(recorded)
        if not case.expected:
            raise EngineError(f"{what.source.name} left nothing that can be recorded")
        write_whole(target, finished.files[str(recorded)])
    if (target.parent / MANIFEST).exists():
        write_manifest(target.parent)
    return load_case(target)


def program(what: Recipe) -> Program:
    """The MATLAB function `capture_<name>`: it unpacks the sources, calls them, saves `<name>.mat` beside itself."""
    name = f"capture_{what.name}"
    embedded = {key: literal(value) for key, value in what.inputs.items()}
    large = sum(map(len, embedded.values())) > EMBEDDED_LIMIT
    inputs = [f"recorded.input.{key} = {text};" for key, text in embedded.items()]
    if large:
        inputs = [f"recorded.input = load(fullfile(folder, '{name}_inputs.mat'));"]
    helpers = {f"{helper}.m": _matlab(f"{helper}.m") for helper in UNPACKED}
    main = Template(_matlab("capture.m.template")).substitute(
        program=name,
        PROGRAM=name.upper(),
        source=what.source.name,
        case=what.name,
        version=__version__,
        inputs="\n".join(inputs or ["recorded.input = struct();"]),
        variables="\n".join(f"{key} = matport_input.{key};" for key in what.inputs),
        call=what.call,
        expected="\n".join(f"matport_expected.{output} = {output};" for output in what.outputs),
        meta="\n".join(f"recorded.meta.{key} = {literal(value)};" for key, value in _meta(what).items()),
        files="\n".join(unpacked(file, text) for file, text in (_recorded(what) | helpers).items()),
    )
    text = "\n".join([main, *(_matlab(f"{helper}.m") for helper in LOCAL)])
    return Program(name, text, dict(what.inputs) if large else {})


def _matlab(file: str) -> str:
    return (MATLAB_FILES / file).read_text(encoding="utf-8")


def _meta(what: Recipe) -> dict[str, Value]:
    """What is known before the run; engine, version and date are added by the program."""
    return {
        "schema": float(SCHEMA),
        "name": what.name,
        "title": what.title or f"recorded from {what.call}",
        "task": "capture",
        "function": what.source.stem,
        "call": what.call,
        "script": what.source.name,
        "script_sha256": what.hashes[what.source.name],
        "sources": [f"{file} {digest}" for file, digest in what.hashes.items()],
        "inputs": f"from {what.inputs_from}",
    }


def _recorded(what: Recipe) -> dict[str, str]:
    """The sources as they are run: the called one shows its variables where intermediates are wanted."""
    if not what.intermediates:
        return dict(what.sources)
    try:
        shown = instrumented(what.sources[what.source.name])
    except SourceError as error:
        raise SourceError(f"{what.source}: {error}") from None
    return {**what.sources, what.source.name: shown}


def unpacked(file: str, text: str) -> str:
    """The MATLAB statement that writes one source file, line for line and byte for byte."""
    lines = "\n".join(f"  {spelled(line)}" for line in text.split("\n"))
    return f"matport_write(folder, {quoted(file)}, {{\n{lines}\n}});"


def spelled(line: str) -> str:
    """One line as a MATLAB char row."""
    if line.isascii() and line.isprintable():
        return quoted(line)
    return f"char([{' '.join(map(str, line.encode('utf-8', 'surrogateescape')))}])"


def _inputs(path: Path) -> dict[str, Value]:
    """The variables of a .mat file; of a case, those of its `input`."""
    variables = read_mat(path)
    inner = variables.get("input")
    if isinstance(inner, dict) and variables.keys() <= {"input", "expected", "meta"}:
        return inner
    return variables


def _read(path: Path) -> str:
    """A source with LF line ends; bytes that are not UTF-8 are kept."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise SourceError(f"{path}: it cannot be read: {(error.strerror or str(error)).lower()}") from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _sources(source: Path, text: str) -> dict[str, str]:
    """The source and every .m file of its folder that it may call, directly or through others."""
    beside = {path.stem: path for path in sorted(source.parent.glob("*.m"))}
    private = {path.stem: path for path in sorted(source.parent.glob("private/*.m"))}
    found, waiting = {source.name: text}, [text]
    while waiting:
        names = identifiers(waiting.pop())
        for path in (files[name] for files in (beside, private) for name in sorted(names & files.keys())):
            file = path.relative_to(source.parent).as_posix()
            if file not in found:
                found[file] = _read(path)
                waiting.append(found[file])
    return found


def _own_call(source: Path, text: str, inputs: Iterable[str]) -> str:
    """The call that the signature asks for, as far as there are inputs; a script is called by its name."""
    declared = signature(text)
    if declared is None:
        return source.stem
    arguments = [name for name in declared.inputs if name != "varargin"]
    given = [name for name in arguments if name in set(inputs)]
    if given != arguments[: len(given)]:
        missing = next(name for name in arguments if name not in given)
        raise ArgumentError(
            f"{source.name} needs the input {missing}: the inputs have {', '.join(inputs) or 'nothing'}"
        )
    outputs = [name for name in declared.outputs if name != "varargout"]
    return f"[{', '.join(outputs)}] = {source.stem}({', '.join(given)})"


def _outputs(call: str) -> tuple[str, ...]:
    """The names on the left of the call; `~` is none."""
    assigned = ASSIGNMENT.match(call)
    return tuple(re.findall(r"[A-Za-z_]\w*", assigned[1])) if assigned else ()
