"""`matport capture`: record a reference from your own MATLAB function, with Octave, MATLAB, or by hand."""

import argparse
import json
from pathlib import Path

from port.cli import AGREE
from port.cli.calls import matlab_file, require_inputs, variables
from port.errors import ArgumentError, EngineError
from port.reference.capture import capture, program, recipe
from port.reference.case import Case, flatten
from port.reference.engine import MATLAB, OCTAVE, find_engine

ENGINES = {"octave": OCTAVE, "matlab": MATLAB}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("source", type=Path, metavar="X.m", help="the function file or script")
    parser.add_argument(
        "--call", default="", help='such as "[a, b] = f(x, y)"; default: as the function declares it'
    )
    parser.add_argument(
        "--inputs", type=Path, metavar="IN.mat", help="variables of the call, or a case with `input`"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="REF.mat", help="the case to write (default: <X>.mat)"
    )
    parser.add_argument("--title", default="", help="why this case exists, in one line")
    parser.add_argument(
        "--intermediates", action="store_true", help="also record every variable the function assigns"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, help="which engine runs it (default: the first there is)"
    )
    parser.add_argument(
        "--timeout", type=float, default=120.0, metavar="SECONDS", help="of the run (default: %(default)g)"
    )
    parser.add_argument(
        "--script",
        action="store_true",
        help="run nothing: write a .m file that records the case where MATLAB is",
    )


def run(options: argparse.Namespace) -> int:
    """Record the case, or write the program that does; returns the exit status."""
    target = options.output or options.source.with_suffix(".mat")
    if target.suffix != ".mat":
        raise ArgumentError(f"a reference case is a .mat file; {target} is not")
    matlab_file(options.source)
    require_inputs(options.source, options.call, variables(options.inputs)[0])
    what = recipe(
        options.source,
        call=options.call,
        inputs=options.inputs,
        name=target.stem,
        title=options.title,
        intermediates=options.intermediates,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    if options.script:
        files = program(what).write(target.parent)
        hint = f"run {files[0].stem} in MATLAB or Octave: it saves {target.name} beside itself"
        _report(
            options.json, {"files": [str(file) for file in files], "next": hint}, f"{_names(files)}; {hint}"
        )
    else:
        try:
            engine = find_engine(ENGINES.get(options.engine))
        except EngineError as error:
            raise EngineError(f"{error}; or give --script and run what it writes where MATLAB is") from None
        case = capture(what, target, engine=engine, timeout=options.timeout)
        _report(options.json, _document(case), _text(case))
    return AGREE


def _document(case: Case) -> dict[str, object]:
    """The recorded case as plain values."""
    expected = {
        name: {"size": list(array.shape), "class": str(array.dtype)}
        for name, array in flatten(case.expected).items()
    }
    keys = ("call", "engine", "version", "script", "script_sha256", "created")
    return {"case": case.name, "path": str(case.path), "expected": expected} | {
        key: case.meta[key] for key in keys
    }


def _text(case: Case) -> str:
    """What was recorded, a line a quantity."""
    arrays = flatten(case.expected)
    width = max(map(len, arrays), default=0)
    lines = [
        f"  {name:{width}}  {' x '.join(map(str, array.shape))} {array.dtype}"
        for name, array in arrays.items()
    ]
    made = f"{case.meta['engine']} {case.meta['version']}"
    return "\n".join([f"{case.path}: {len(arrays)} quantities of {case.meta['call']}, by {made}", *lines])


def _names(files: list[Path]) -> str:
    return " and ".join(map(str, files))


def _report(as_json: bool, document: dict[str, object], text: str) -> None:
    print(json.dumps(document, indent=2) if as_json else text)
