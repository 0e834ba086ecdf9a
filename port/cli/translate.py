"""`matport translate`: MATLAB files and folders to NumPy, checked against Octave where a call is given."""

import argparse
import ast
import json
import re
import sys
from pathlib import Path
from typing import Any

from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.cli.calls import own_call, variables
from port.errors import ArgumentError, EngineError
from port.migrate.folder import Written, annotated, standalone, translate_paths, without_matport
from port.migrate.lexer import normalise
from port.migrate.scope import Note

STATUS = {AGREE: "agree", DIFFER: "differ", CANNOT_TELL: "cannot-tell"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="MATLAB files, or folders of them"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="where the Python goes"
    )
    parser.add_argument(
        "--call",
        metavar="F(A,B)",
        help="run this call in Octave, use what is observed, compare; with --inputs alone: as the function declares it",
    )
    parser.add_argument("--inputs", type=Path, metavar="IN.mat", help="the variables that the call names")
    parser.add_argument("--annotate", action="store_true", help="write decisions and warnings as comments")
    parser.add_argument(
        "--standalone", action="store_true", help="write the runtime too: the output needs NumPy alone"
    )


def run(options: argparse.Namespace) -> int:
    """Translate, write, and compare with Octave where a call is given; returns the exit status."""
    _checked(options)
    facts, trace = _observed(options)
    written = translate_paths(options.paths, facts)
    for item in written:
        _write(options, item)
    if options.standalone:
        for target, text in standalone(written).items():
            (options.output / target).write_text(text, encoding="utf-8")
    lacking = [text for item in written for text in _lacking(options.output, item)]
    if lacking:
        trace = None
    found = _differences(options, written, trace)
    unobserved = trace is None and (options.call or options.inputs) is not None
    refused = any(item.translation.refusals for item in written)
    status = DIFFER if found else CANNOT_TELL if refused or unobserved else AGREE
    if options.json:
        print(json.dumps(_document(written, found, trace, status), indent=2))
    _tell(options, written, found, trace)
    for text in lacking:
        print(f"matport: {text}", file=sys.stderr)
    return status


def _checked(options: argparse.Namespace) -> None:
    """Raise ArgumentError for files that are no MATLAB; the call that is left out is the one the function declares."""
    for path in options.paths:
        if path.is_file() and path.suffix != ".m":
            raise ArgumentError(f"{path} is no MATLAB file: the name of one ends in .m")
    first = options.paths[0]
    if options.call is None and options.inputs is not None and first.is_file():
        options.call = own_call(first, variables(options.inputs)[0])


def _observed(options: argparse.Namespace) -> tuple[Any, Any]:
    """Facts and the trace of the run, or nothing where no call is given."""
    from port.migrate.observe import observe

    if options.call is None and options.inputs is None:
        return None, None
    entry = _entry(options)
    try:
        folders = [path for path in options.paths if path.is_dir()]
        return observe(entry, options.call, options.inputs, root=folders[0] if folders else None)
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


def _lacking(output: Path, item: Written) -> list[str]:
    """What a translated file imports of its neighbours that is not translated, a sentence each."""
    tree = ast.parse(item.translation.python)
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    folder, target = item.source.parent, output / item.target
    return [
        f"{target} needs {name}.py, which is not there: translate the whole folder, {folder}"
        for name in dict.fromkeys(modules)
        if (folder / f"{name}.m").is_file() and not target.with_name(f"{name}.py").is_file()
    ]


def _tell(options: argparse.Namespace, written: list[Written], found: list[str], trace: Any) -> None:
    """What happened, for people."""
    for item in written:
        notes = item.translation
        for note in notes.warnings:
            print(f"{item.source}:{note.line}: warning: {note.text}", file=sys.stderr)
        for note in notes.refusals:
            print(_placed(item.source, note), file=sys.stderr)
    lines = sum(len(item.translation.python.splitlines()) for item in written)
    what = (
        options.output / written[0].target
        if len(written) == 1
        else f"{len(written)} files in {options.output}"
    )
    print(f"{what}: {lines} lines of Python", file=sys.stderr)
    if trace is not None:
        print("\n".join(found) if found else f"equal to {trace.engine} on these inputs", file=sys.stderr)


def _placed(source: Path, note: Note) -> str:
    """A refusal by file, line and column, with the line and a caret: the parser's, or under the statement's start."""
    known = re.match(r"(\d+:\d+): ", note.text)
    if known:
        return f"{source}:{known.group(1)}: refused: {note.text[known.end() :]}"
    line = normalise(source.read_bytes()).split("\n")[note.line - 1]
    column = len(line) - len(line.lstrip())
    shown = line.replace("\t", " ")[:200]
    return f"{source}:{note.line}:{column + 1}: refused: {note.text}\n    {shown}\n    {' ' * column}^"


def _document(written: list[Written], found: list[str], trace: Any, status: int) -> dict[str, Any]:
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
    return {
        "status": STATUS[status],
        "files": files,
        "compared_with": trace.engine if trace else None,
        "differences": found,
    }
