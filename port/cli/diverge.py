"""`matport diverge`: the first statement at which a port parts from its original, both values, the cause, the fix."""

import argparse
import json
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.cli.calls import (
    matlab_file,
    python_call_for,
    require_function,
    require_inputs,
    variables,
    with_ints,
)
from port.cli.parting import Comparison, placed
from port.errors import ArgumentError, EngineError, SourceError
from port.migrate.by_hand import SUFFIX, load_reference, write_program
from port.migrate.diverge import agreeing_lines, divergences, first_divergence
from port.migrate.matlab_run import DRIVER
from port.migrate.record import python_tree, record_matlab, record_python, scalars
from port.migrate.trace import Failure, Trace
from port.reference.engine import MATLAB, OCTAVE, find_engine
from port.reference.files import read_whole
from port.report.page import render
from port.report.tables import to_json, write_page

ENGINES = {"octave": OCTAVE, "matlab": MATLAB}
NO_INTEGER = re.compile(r"^(Type|Index)Error: .*\b(integers?|non-int|__index__)\b")
STATUS = {"agree": AGREE, "differ": DIFFER, "cannot-tell": CANNOT_TELL}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("original", type=Path, metavar="X.m", help="the MATLAB function or script")
    parser.add_argument("port", type=Path, metavar="Y.py", help="what is to do the same in Python")
    parser.add_argument("--call", help='such as "[J, grad] = f(a, b)"; default: with the parameters as named')
    parser.add_argument(
        "--python-call", metavar="CALL", help='where Python is called otherwise: "Net(W).grad(X.T, y)"'
    )
    parser.add_argument(
        "--inputs", type=Path, metavar="IN.mat", help="the variables that the call names, or a case"
    )
    parser.add_argument(
        "--html", type=Path, metavar="OUT.html", help="write a page with both sources side by side"
    )
    parser.add_argument(
        "--all", action="store_true", help="go on behind the first, with MATLAB's value put in its place"
    )
    parser.add_argument(
        "--timeout", type=float, default=60.0, metavar="SECONDS", help="of each run (default: %(default)g)"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, help="which engine runs it (default: the first there is)"
    )
    parser.add_argument(
        "--trace", type=Path, metavar="REF.mat", help="the MATLAB run, recorded elsewhere before"
    )
    parser.add_argument(
        "--script", type=Path, metavar="OUT.m", help="run nothing: write what records the run where MATLAB is"
    )
    parser.add_argument(
        "--map", type=Path, metavar="MAP.json", help="the line of X.m behind a line of Y.py, as a JSON object"
    )


def run(options: argparse.Namespace) -> int:
    """Record both, or write the script that does; compare, tell; returns the exit status."""
    checked(options)
    inputs, call = variables(options.inputs)
    options.call = options.call or call
    if options.trace is None:
        matlab_file(options.original)
        require_inputs(options.original, options.call, inputs)
    if options.script is not None:
        return write_script(options, inputs)
    matlab, given = reference(options, inputs)
    theirs = options.python_call or python_call_for(options.original, options.port, options.call, given)
    if theirs:
        require_function(options.port, theirs)
    matlab = matlab or recorded(options, inputs)
    python = ported(options, theirs, given)
    comparison = compared(options, matlab, python)
    page = write_page(options.html, render(comparison.page)) if options.html else ""
    print(to_json(comparison.document()) if options.json else f"{comparison.text()}\n{page}", end="")
    return STATUS[comparison.status]


def checked(options: argparse.Namespace) -> None:
    """Raise ArgumentError for options that cannot be, SourceError for files that cannot be read."""
    if options.original.suffix == ".py" and options.port.suffix == ".m":
        raise ArgumentError(f"the MATLAB file comes first: matport diverge {options.port} {options.original}")
    if not options.timeout > 0:
        raise ArgumentError("--timeout is greater than 0")
    if options.script is not None and options.trace is not None:
        raise ArgumentError(
            "give --script to write the program that records, or --trace to use what it recorded"
        )
    python_tree(options.port)


def write_script(options: argparse.Namespace, inputs: Mapping[str, Any]) -> int:
    """Write the function that records the run by hand."""
    written = write_program(options.script, options.original, options.call, inputs, timeout=options.timeout)
    target = f"{options.script.stem}{SUFFIX}"
    again = f"matport diverge {options.original} {options.port} --trace {target}"
    text = f"{' and '.join(map(str, written))}: run {options.script.stem} in MATLAB, it saves {target}; then: {again}"
    document = {"files": [str(file) for file in written], "saves": target, "next": again}
    print(json.dumps(document, indent=1) if options.json else text)
    return AGREE


def reference(options: argparse.Namespace, inputs: Mapping[str, Any]) -> tuple[Trace | None, dict[str, Any]]:
    """The MATLAB run of --trace, where it is given, and the inputs of the Python run."""
    given = {name: scalars(value) for name, value in inputs.items()}
    if options.trace is None:
        return None, given
    kept = load_reference(options.trace)
    options.call = options.call or kept.call
    return kept.trace, given or dict(kept.inputs)


def recorded(options: argparse.Namespace, inputs: Mapping[str, Any]) -> Trace:
    """The MATLAB run."""
    try:
        engine = find_engine(ENGINES.get(options.engine))
    except EngineError as error:
        raise EngineError(
            f"{error}; or give --script OUT.m, run what it writes where MATLAB is, and then --trace"
        ) from None
    short = next(key for key, name in ENGINES.items() if name == engine.name)
    try:
        return record_matlab(options.original, options.call, inputs, short, timeout=options.timeout)
    except EngineError as error:
        if options.call and f"{DRIVER}.m" in str(error):
            raise ArgumentError(
                f"{options.call!r} is no call in MATLAB, such as 'f(a, b)' or '[J, grad] = f(a, b)'"
            ) from None
        raise


def ported(options: argparse.Namespace, call: str | None, given: Mapping[str, Any]) -> Trace:
    """The Python run; where it stops for want of an integer, the run with ints if that comes further."""
    python = record_python(options.port, call, given, timeout=options.timeout)
    if python.failure is None or not NO_INTEGER.search(python.failure.message):
        return python
    again = record_python(options.port, call, with_ints(given), timeout=options.timeout)
    if len(again.events) <= len(python.events):
        return python
    print(
        f"matport: {options.port} takes no doubles for sizes or labels, as MATLAB has them: it is given ints",
        file=sys.stderr,
    )
    return again


def compared(options: argparse.Namespace, matlab: Trace, python: Trace) -> Comparison:
    """Both runs and where they part; SourceError where one failed before anything was recorded."""
    for trace, path in ((matlab, options.original), (python, options.port)):
        if trace.failure and not trace.events:
            raise SourceError(f"{path}: nothing was recorded: {reason(trace.failure, path)}")
    lines = read_map(options.map) if options.map else None
    if options.all:
        found = divergences(matlab, python, lines)
    else:
        first = first_divergence(matlab, python, lines)
        found = [first] if first else []
    found = [placed(item, matlab, python) for item in found]
    return Comparison(matlab, python, found, agreeing_lines(matlab, python, lines), command(options))


def reason(failure: Failure, path: Path) -> str:
    """Why a run did not begin, on one line and without the names of our own files."""
    lines = [line.strip() for line in failure.message.splitlines() if line.strip()]
    told = re.sub(r"\S*matport-[^/\\]+[/\\]", "", " ".join(line for line in lines[:2] if ">>>" not in line))
    return f"{told} (line {failure.line})" if failure.file == path.name and failure.line else told


def read_map(path: Path) -> dict[int, int] | dict[str, dict[int, int]]:
    """Lines of MATLAB by lines of Python: `{"11": 6}`, or by file `{"bp.py": {"11": 6}}`.

    Raises CaseError for a file that cannot be read, ArgumentError for one that is no map.
    """
    try:
        document = json.loads(read_whole(path))
        if all(isinstance(item, dict) for item in document.values()):
            return {name: {int(p): int(m) for p, m in lines.items()} for name, lines in document.items()}
        return {int(p): int(m) for p, m in document.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ArgumentError(
            f'{path}: a map is a JSON object such as {{"11": 6}}: line 11 of Python is line 6'
        ) from None


def command(options: argparse.Namespace) -> str:
    """The command that gives this again."""
    words = ["matport", "diverge", str(options.original), str(options.port)]
    for name in ("call", "python_call", "inputs", "trace", "map", "engine"):
        value = getattr(options, name)
        words += [f"--{name.replace('_', '-')}", str(value)] if value else []
    return shlex.join([*words, *(["--all"] if options.all else [])])
