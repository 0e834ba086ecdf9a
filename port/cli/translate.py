"""`matport translate`: MATLAB files and folders to NumPy, checked against Octave where a call is given."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.errors import ArgumentError, EngineError
from port.migrate.folder import Written, annotated, standalone, translate_paths, without_matport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="MATLAB files, or folders of them"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="where the Python goes"
    )
    parser.add_argument(
        "--call", metavar="F(A,B)", help="run this call in Octave first, and use what is observed"
    )
    parser.add_argument("--inputs", type=Path, metavar="IN.mat", help="the variables that the call names")
    parser.add_argument("--annotate", action="store_true", help="write decisions and warnings as comments")
    parser.add_argument(
        "--standalone", action="store_true", help="write the runtime too: the output needs NumPy alone"
    )


def run(options: argparse.Namespace) -> int:
    """Translate, write, and compare with Octave where a call is given; returns the exit status."""
    facts, trace = _observed(options)
    written = translate_paths(options.paths, facts)
    for item in written:
        _write(options, item)
    if options.standalone:
        for target, text in standalone(written).items():
            (options.output / target).write_text(text, encoding="utf-8")
    found = _differences(options, written, trace)
    if options.json:
        print(json.dumps(_document(written, found), indent=2))
    _tell(written, found, trace)
    if found:
        return DIFFER
    return CANNOT_TELL if any(item.translation.refusals for item in written) else AGREE


def _observed(options: argparse.Namespace) -> tuple[Any, Any]:
    """Facts and the trace of the run, or nothing where no call is given."""
    from port.migrate.observe import observe

    if options.call is None and options.inputs is None:
        return None, None
    entry = _entry(options)
    try:
        return observe(entry, options.call, options.inputs)
    except EngineError as error:
        print(f"matport: nothing was observed: {error}", file=sys.stderr)
        return None, None


def _entry(options: argparse.Namespace) -> Path:
    """The file that is run: the one given, or that of the called function in the folder given."""
    first: Path = options.paths[0]
    if first.is_file():
        return first
    name = (options.call or "").split("=")[-1].split("(")[0].strip()
    found = sorted(first.rglob(f"{name}.m")) if name else []
    if not found:
        raise ArgumentError(f"{first} has no {name or 'file'}.m for --call; give the file itself")
    return found[0]


def _write(options: argparse.Namespace, item: Written) -> None:
    target = options.output / item.target
    target.parent.mkdir(parents=True, exist_ok=True)
    text = annotated(item.translation) if options.annotate else item.translation.python
    target.write_text(without_matport(text) if options.standalone else text, encoding="utf-8")


def _differences(options: argparse.Namespace, written: list[Written], trace: Any) -> list[str]:
    """What the translation gives otherwise than Octave gave."""
    from port.migrate.observe import differences

    if trace is None:
        return []
    entry = _entry(options)
    target = next(options.output / item.target for item in written if item.source == entry)
    return differences(trace, target, options.call, options.inputs)


def _tell(written: list[Written], found: list[str], trace: Any) -> None:
    """What happened, for people."""
    for item in written:
        notes = item.translation
        for kind, listed in (("warning", notes.warnings), ("refused", notes.refusals)):
            for note in listed:
                print(f"{item.source}:{note.line}: {kind}: {note.text}", file=sys.stderr)
    lines = sum(len(item.translation.python.splitlines()) for item in written)
    print(f"{len(written)} files, {lines} lines of Python", file=sys.stderr)
    if trace is not None:
        print("\n".join(found) if found else f"equal to {trace.engine} on these inputs", file=sys.stderr)


def _document(written: list[Written], found: list[str]) -> dict[str, Any]:
    """The result as one JSON document."""
    files = []
    for item in written:
        notes = {
            kind: [
                {"line": n.line, "text": n.text, "evidence": n.evidence}
                for n in getattr(item.translation, kind)
            ]
            for kind in ("decisions", "warnings", "refusals")
        }
        files.append({"source": str(item.source), "target": str(item.target), **notes})
    return {"files": files, "differences": found}
