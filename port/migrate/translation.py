"""One MATLAB file to one Python module."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from port.errors import SourceError
from port.migrate.expressions import quoted
from port.migrate.functions import comment_lines, counts_outputs, function_lines, script_lines
from port.migrate.kinds import Kind
from port.migrate.parser import parse
from port.migrate.scope import Line, Module, Note, Signature, makes_integers, python_name
from port.migrate.syntax import File, Function, Handle, Name, Span, walk

RUNTIME_MODULE = "port.migrate.runtime"
Facts = Mapping[str, Mapping[str, Kind]]


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Which MATLAB each line of Python came from."""

    spans: Mapping[int, Span]

    def matlab_line(self, line: int) -> int | None:
        """The MATLAB line behind a line of the module, or None."""
        span = self.spans.get(line)
        return span.line if span is not None else None

    def python_lines(self, line: int) -> list[int]:
        """The lines of the module that a MATLAB line became."""
        return [number for number, span in self.spans.items() if span.line == line]


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated file.

    python: the module's text.  source_map: its lines' origins.  decisions: choices with line and evidence.
    warnings: what is uncertain or left out.  refusals: what is not translated, with the reason and the remedy.
    """

    python: str
    source_map: SourceMap
    decisions: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    refusals: tuple[Note, ...] = ()
    functions: tuple[str, ...] = ()
    is_script: bool = False
    runtime: frozenset[str] = field(default_factory=frozenset)


def translate(
    source: str | bytes, *, facts: Facts | None = None, filename: str | Path | None = None
) -> Translation:
    """Translate MATLAB or Octave source to a Python module.

    facts: what an observed run says of each function's parameters, `{function: {name: Kind}}`.
    filename: where the source lies; functions of the `.m` files beside it are then known.
    Never raises for bad source: what cannot be translated is in `.refusals` and raises when it is reached.
    """
    file = parse(source)
    path = Path(filename) if filename is not None else None
    siblings = sibling_signatures(path) if path is not None else {}
    scripts = frozenset(n for n, s in siblings.items() if s is None)
    return translate_file(
        file, path.stem if path else "script", {n: s for n, s in siblings.items() if s}, scripts, facts
    )


def sibling_signatures(path: Path) -> dict[str, Signature | None]:
    """The functions of the files beside a file; None for scripts."""
    if not path.parent.is_dir():
        return {}
    files = {
        other.stem: parse(other.read_bytes())
        for other in [*sorted(path.parent.glob("*.m")), *sorted((path.parent / "private").glob("*.m"))]
        if other.is_file()
    }
    return signatures_among(files, path.stem)


def signatures_among(files: Mapping[str, File], stem: str) -> dict[str, Signature | None]:
    """What one file sees of the others of its folder."""
    uses = {name: _names_in(file) & files.keys() for name, file in files.items()}
    found: dict[str, Signature | None] = {}
    for name, file in files.items():
        if name != stem:
            signature = file_signature(file, name)
            leads_here = _reaches(uses, name, stem)
            found[name] = signature._replace(circular=leads_here) if signature else None
    return found


def _names_in(file: File) -> set[str]:
    return {n.id if isinstance(n, Name) else n.name for n in walk(file) if isinstance(n, Name | Handle)}


def _reaches(uses: Mapping[str, set[str]], start: str, goal: str) -> bool:
    """Whether the functions of one file lead to another file."""
    seen, stack = {start}, [start]
    while stack:
        for name in uses.get(stack.pop(), ()):
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                stack.append(name)
    return False


def file_signature(file: File, stem: str) -> Signature | None:
    """How others call a file's main function; None for a script."""
    if file.is_script or not file.functions:
        return None
    return _signature(file, 0, python_name(stem))


def _signature(file: File, place: int, module: str | None) -> Signature:
    function = file.functions[place]
    count = None if "varargout" in function.outputs else len(function.outputs)
    return Signature(module, count, counts_outputs(function), integers=makes_integers(file))


def translate_file(
    file: File,
    stem: str,
    siblings: Mapping[str, Signature],
    scripts: frozenset[str] = frozenset(),
    facts: Facts | None = None,
) -> Translation:
    """Translate a parsed file among its siblings."""
    local = {f.name: _signature(file, n, None) for n, f in enumerate(file.functions)}
    if file.functions and not file.is_script:
        local.setdefault(stem, _signature(file, 0, None))
    module = Module(file, python_name(stem), {**siblings, **local}, scripts, facts or {})
    blocks: list[list[Line]] = []
    try:
        for function in file.functions:
            blocks.append(_guarded(module, function))
        script = script_lines(module) if file.is_script else comment_lines(file.script)
    except RecursionError:
        message = "the source is nested too deeply to be translated"
        raise SourceError(f"{stem}: {message}") from None
    for refused in file.refusals:
        module.notes["refusal", refused.span.line, refused.message] = Note(refused.span.line, refused.message)
    lines = _assembled(module, script, blocks)
    text, spans = _rendered(lines, file)
    if not _is_python(text):
        reason = "the translation of this file is no valid Python; please report it"
        module.notes["refusal", 1, reason] = Note(1, reason)
        text, spans = f"raise NotImplementedError({quoted(reason)})\n", {}
    python, spans = _formatted(text, spans)
    python, spans = _with_header(python, spans)
    notes = sorted(module.notes.items(), key=lambda item: (item[1].line, item[0]))
    kinds = {
        kind: tuple(n for key, n in notes if key[0] == kind) for kind in ("decision", "warning", "refusal")
    }
    return Translation(
        python,
        SourceMap(spans),
        kinds["decision"],
        kinds["warning"],
        kinds["refusal"],
        tuple(f.name for f in file.functions),
        file.is_script,
        frozenset(module.used_runtime),
    )


def _guarded(module: Module, function: Function) -> list[Line]:
    """A function's lines; one that the translator itself fails on is refused, and the rest of the file is not lost."""
    try:
        return function_lines(module, function)
    except RecursionError:
        raise
    except Exception as error:
        line = function.span.line
        reason = (
            f"the translator failed on `{function.name}` ({type(error).__name__}: {error}); please report it"
        )
        module.notes["refusal", line, reason] = Note(line, reason)
        head = Line(0, f"def {python_name(function.name)}(*arguments):", function.span)
        return [head, Line(1, f"raise NotImplementedError({quoted(reason)})")]


def _assembled(module: Module, script: list[Line], blocks: list[list[Line]]) -> list[Line]:
    """Imports, states, functions and script in Python's order."""
    written = " ".join(line.text for line in [*script, *(line for block in blocks for line in block)])
    words = set(re.findall(r"\w+", written)) | ({"EMPTY", "SimpleNamespace"} if module.states else set())
    module.used_plain &= words
    module.used_runtime = {n for n in module.used_runtime if module.runtime_alias(n) in words}
    head = _import_lines(module)
    for name, variables in module.states.items():
        initial = ", ".join(f"{python_name(v)}={module.runtime('EMPTY')}" for v in variables)
        head.append(Line(0, f"_{name} = {module.plain('SimpleNamespace')}({initial})"))
    head = [*_import_lines(module), *head[len(_import_lines(module)) :]] if module.states else head
    lines = list(script) if not module.file.is_script else []
    lines += head
    for block in blocks:
        lines += [Line(0, ""), Line(0, ""), *block]
    main = module.file.functions[0].name if module.file.functions and not module.file.is_script else None
    if main is not None and python_name(main) != module.name and module.name != "script":
        lines += [Line(0, ""), Line(0, ""), Line(0, f"{module.name} = {python_name(main)}")]
    if module.file.is_script:
        lines += [Line(0, ""), *([Line(0, "")] if blocks else []), *script]
    return lines


def _import_lines(module: Module) -> list[Line]:
    lines: list[Line] = []
    if "builtins" in module.used_plain:
        lines.append(Line(0, "import builtins"))
    if "SimpleNamespace" in module.used_plain or module.states:
        lines.append(Line(0, "from types import SimpleNamespace"))
    if "np" in module.used_plain:
        lines += [Line(0, ""), Line(0, "import numpy as np")]
    if module.used_runtime:
        names = [
            n if module.runtime_alias(n) == n else f"{n} as {module.runtime_alias(n)}"
            for n in _sorted(module.used_runtime)
        ]
        lines += [Line(0, ""), Line(0, f"from {RUNTIME_MODULE} import {', '.join(names)}")]
    for name in sorted(module.siblings_used):
        lines.append(Line(0, f"from {module.signatures[name].module} import {python_name(name)}"))
    return lines


def _sorted(names: set[str]) -> list[str]:
    """Constants, classes, functions, as import sorters order them."""
    return sorted(names, key=lambda n: (0 if n.isupper() else 1 if n[0].isupper() else 2, n))


def _rendered(lines: list[Line], file: File) -> tuple[str, dict[int, Span]]:
    """The text, with comments behind the lines of their statements."""
    texts: list[str] = []
    spans: dict[int, Span] = {}
    shown: set[int] = set()
    for line in _tidied(lines):
        text = f"{'    ' * line.depth}{line.text}" if line.text else ""
        if line.span is not None and line.text and not line.text.startswith("#"):
            spans[len(texts) + 1] = line.span
            number = line.span.line
            comment = file.trailing.get(number)
            if comment and number not in shown and not line.comment:
                shown.add(number)
                clean = "".join(c if c.isprintable() else " " for c in comment).strip()
                text = f"{text}  # {clean}" if clean else text
        texts.append(text)
    return "\n".join(texts).strip("\n") + "\n", spans


def _tidied(lines: list[Line]) -> list[Line]:
    """No more than two blank lines at the top level, one inside, none behind a block's head."""
    kept: list[Line] = []
    for line in lines:
        if not line.text:
            limit = 2 if line.depth == 0 else 1
            blanks = 0
            for before in reversed(kept):
                if before.text:
                    break
                blanks += 1
            if not kept or kept[-1].text.endswith(":") or blanks >= limit:
                continue
        kept.append(line)
    while kept and not kept[0].text:
        kept.pop(0)
    return kept


# -- layout ------------------------------------------------------------------------------------------


def _formatted(text: str, spans: dict[int, Span]) -> tuple[str, dict[int, Span]]:
    """The text as ruff lays it out, where ruff is installed; the spans move along with the statements."""
    ruff = ruff_command()
    if ruff is None:
        return text, spans
    done = subprocess.run(
        [ruff, "format", "--isolated", "--stdin-filename", "x.py", "-"],
        input=text.encode(),
        capture_output=True,
    )
    if done.returncode != 0:
        return text, spans
    formatted = done.stdout.decode()
    before, after = (_statement_lines(t) for t in (text, formatted))
    moved = {new: spans[old] for old, new in zip(before, after, strict=True) if old in spans}
    return formatted, moved


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _with_header(text: str, spans: dict[int, Span]) -> tuple[str, dict[int, Span]]:
    """The text under a line that tells linters what follows from the MATLAB: variables never read, and the like."""
    ruff = ruff_command()
    if ruff is None:
        return text, spans
    command = [ruff, "check", "--isolated", "--output-format=concise", "--stdin-filename", "x.py", "-"]
    found = subprocess.run(command, input=text.encode(), capture_output=True).stdout.decode()
    codes = set(re.findall(r":\d+: ([A-Z]+\d+) ", found))
    if not codes:
        return text, spans
    listed = ", ".join(sorted(codes))
    return f"# ruff: noqa: {listed}\n{text}", {line + 1: span for line, span in spans.items()}


def ruff_command() -> str | None:
    """The path of ruff: beside this Python, or on the search path."""
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.is_file() else shutil.which("ruff")


def _statement_lines(text: str) -> list[int]:
    """The first line of every statement, in one order for any layout."""
    found = [n.lineno for n in ast.walk(ast.parse(text)) if isinstance(n, ast.stmt | ast.ExceptHandler)]
    return found
