"""One MATLAB file to one Python module."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from port.migrate.expressions import quoted
from port.migrate.functions import comment_lines, counts_outputs, function_lines, script_lines
from port.migrate.handed import handed
from port.migrate.kinds import Kind
from port.migrate.parser import parse
from port.migrate.scope import Line, Module, Note, Signature, python_name
from port.migrate.search_path import reached
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

    facts: what an observed run says of each function's parameters, `{function: {name: Kind}}`, and of what the
    statement of a line assigns, `{function: {"name@line": Kind}}`.
    filename: where the source lies; functions of the `.m` files beside it, and in the folders that it adds to the
    search path, are then known.
    Never raises for bad source: what cannot be translated is in `.refusals` and raises when it is reached.
    """
    file = parse(source)
    path = Path(filename) if filename is not None else None
    siblings = siblings_of(path) if path is not None else {}
    others = {n: p for n, p in reached(path, file).items() if n not in siblings} if path is not None else {}
    siblings |= {name: sibling_at(other) for name, other in others.items()}
    apart = {name: os.path.relpath(other.parent, path.parent) for name, other in others.items() if path}
    stem = path.stem if path else "script"
    return laid_out([translate_file(file, stem, seen_from(stem, siblings), facts, apart)])[0]


@dataclass(frozen=True, slots=True)
class Sibling:
    """What the other files of a folder see of one: the signature of its function (None for a script), which names
    stand in it, and which functions it may give values of integer classes or single.
    """

    signature: Signature | None
    names: frozenset[str]
    handed: frozenset[str]


def sibling(file: File, stem: str) -> Sibling:
    """What others see of a parsed file."""
    names = (n.id if isinstance(n, Name) else n.name for n in walk(file) if isinstance(n, Name | Handle))
    return Sibling(file_signature(file, stem), frozenset(names), handed(file))


def siblings_of(path: Path) -> dict[str, Sibling]:
    """The files beside a file, by name."""
    if not path.parent.is_dir():
        return {}
    beside = [*sorted(path.parent.glob("*.m")), *sorted((path.parent / "private").glob("*.m"))]
    return {other.stem: sibling_at(other) for other in beside if other.is_file()}


def sibling_at(path: Path) -> Sibling:
    """The `sibling` of a file."""
    status = path.stat()
    return _sibling_at(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1024)
def _sibling_at(path: Path, changed: int, size: int) -> Sibling:
    """A file's `sibling`, read once as long as the file stays the same."""
    return sibling(parse(path.read_bytes()), path.stem)


def seen_from(stem: str, siblings: Mapping[str, Sibling]) -> dict[str, Signature | None]:
    """What one file of a folder sees of the others."""
    uses = {name: other.names & siblings.keys() for name, other in siblings.items()}
    found: dict[str, Signature | None] = {}
    for name, other in siblings.items():
        if name != stem:
            found[name] = other.signature and other.signature._replace(
                circular=_reaches(uses, uses[name], stem),
                integers=_reaches(uses, other.handed, stem),
            )
    return found


def _reaches(uses: Mapping[str, frozenset[str]], starts: Iterable[str], goal: str) -> bool:
    """Whether a file is among these, or the functions of these lead to it."""
    seen: set[str] = set()
    stack = list(starts)
    while stack:
        name = stack.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            stack.extend(uses.get(name, ()))
    return False


def file_signature(file: File, stem: str) -> Signature | None:
    """How others call a file's main function; None for a script."""
    if file.is_script or not file.functions:
        return None
    return _signature(file.functions[0], python_name(stem))


def _signature(function: Function, module: str | None) -> Signature:
    count = None if "varargout" in function.outputs else len(function.outputs)
    return Signature(module, count, counts_outputs(function))


def translate_file(
    file: File,
    stem: str,
    seen: Mapping[str, Signature | None],
    facts: Facts | None = None,
    apart: Mapping[str, str] | None = None,
) -> Translation:
    """Translate a parsed file that sees these others, None for scripts; `laid_out` brings the text into shape.

    apart: the folders of those that do not lie beside it, as seen from its own.
    """
    local = {f.name: _signature(f, None) for f in file.functions}
    if file.functions and not file.is_script:
        local.setdefault(stem, _signature(file.functions[0], None))
    siblings = {name: signature for name, signature in seen.items() if signature is not None}
    scripts = frozenset(seen.keys() - siblings.keys())
    module = Module(file, python_name(stem), {**siblings, **local}, scripts, apart or {}, facts=facts or {})
    blocks = [_guarded(module, function) for function in file.functions]
    script = script_lines(module) if file.is_script else comment_lines(file.script)
    for refused in file.refusals:
        module.notes["refusal", refused.span.line, refused.message] = Note(refused.span.line, refused.message)
    text, spans = _rendered(_assembled(module, script, blocks), file)
    if not _is_python(text):
        blocks = [[*block[:1], *_sound(module, block[1:], 1)] for block in blocks]
        text, spans = _rendered(_assembled(module, _sound(module, script, 0), blocks), file)
    if not _is_python(text):
        reason = "the translation of this file is no valid Python; please report it"
        module.notes["refusal", 1, reason] = Note(1, reason)
        text, spans = f"raise NotImplementedError({quoted(reason)})\n", {}
    notes = sorted(module.notes.items(), key=lambda item: (item[1].line, item[0]))
    kinds = {
        kind: tuple(n for key, n in notes if key[0] == kind) for kind in ("decision", "warning", "refusal")
    }
    return Translation(
        text,
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
    except Exception as error:
        line = function.span.line
        reason = (
            f"the translator failed on `{function.name}` ({type(error).__name__}: {error}); please report it"
        )
        module.notes["refusal", line, reason] = Note(line, reason)
        head = Line(0, f"def {python_name(function.name)}(*arguments):", function.span)
        return [head, Line(1, f"raise NotImplementedError({quoted(reason)})")]


def _sound(module: Module, lines: list[Line], depth: int) -> list[Line]:
    """Lines of a block, with a refusal in place of each statement that is no valid Python."""
    chunks: list[list[Line]] = [[]]
    for line in lines:
        goes_on = line.text.split(" ")[0].rstrip(":") in ("elif", "else", "except", "finally")
        if line.depth == depth and line.span is not None and not goes_on:
            chunks.append([])
        chunks[-1].append(line)
    sound = chunks[0]
    for chunk in chunks[1:]:
        body = [f"{' ' * (line.depth + 1 - depth)}{line.text}" for line in chunk]
        span = chunk[0].span
        if span is not None and not _is_python("\n".join(("def f():", " pass", *body))):
            reason = "Python cannot hold this statement: where it is nested deeply, move parts into functions"
            module.notes["refusal", span.line, reason] = Note(span.line, reason)
            exception = module.plain("NotImplementedError")
            chunk = [Line(depth, f"raise {exception}({quoted(f'line {span.line}: {reason}')})", span)]
        sound += chunk
    return sound


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
    if module.folders:
        lines += [Line(0, "import sys"), Line(0, "from pathlib import Path")]
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
    if module.folders:
        lines.append(Line(0, ""))
    for folder in sorted(module.folders):
        lines.append(Line(0, f"sys.path.append(str(Path(__file__).resolve().parent / {quoted(folder)}))"))
    if module.folders:
        lines.append(Line(0, ""))
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


def laid_out(translations: Sequence[Translation]) -> list[Translation]:
    """Translations as ruff lays them out, where ruff is installed.

    Each stands under a line that tells linters what follows from the MATLAB: variables never read, and the like.
    """
    ruff = ruff_command()
    if ruff is None:
        return list(translations)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"part{number}.py") for number in range(len(translations))]
        for file, translation in zip(files, translations, strict=True):
            file.write_bytes(translation.python.encode())
        subprocess.run([ruff, "format", "--isolated", "--no-cache", folder], capture_output=True)
        command = [ruff, "check", "--isolated", "--no-cache", "--output-format=concise", folder]
        found = subprocess.run(command, capture_output=True).stdout.decode()
        formatted = [file.read_bytes().decode() for file in files]
    codes: dict[str, set[str]] = {}
    for name, code in re.findall(r"(part\d+\.py):\d+:\d+: ([A-Z]+\d+) ", found):
        codes.setdefault(name, set()).add(code)
    return [
        _in_layout(translation, text, codes.get(file.name, set()))
        for translation, text, file in zip(translations, formatted, files, strict=True)
    ]


def _in_layout(translation: Translation, formatted: str, codes: set[str]) -> Translation:
    """A translation with its text in another layout, under a line with these codes of the linter."""
    before, after = (_statement_lines(text) for text in (translation.python, formatted))
    header = f"# ruff: noqa: {', '.join(sorted(codes))}\n" if codes else ""
    spans = translation.source_map.spans
    moved = {new + bool(header): spans[old] for old, new in zip(before, after, strict=True) if old in spans}
    return replace(translation, python=header + formatted, source_map=SourceMap(moved))


def _is_python(text: str) -> bool:
    """Whether Python compiles the text: it reads deeper nesting than it compiles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            compile(text, "translation", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def ruff_command() -> str | None:
    """The path of ruff: beside this Python, or on the search path."""
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.is_file() else shutil.which("ruff")


def _statement_lines(text: str) -> list[int]:
    """The first line of every statement, in one order for any layout."""
    found: list[int] = []
    stack: list[ast.stmt | ast.ExceptHandler] = [*ast.parse(text).body]
    while stack:
        node = stack.pop()
        found.append(node.lineno)
        for name in ("body", "handlers", "orelse", "finalbody"):
            stack += getattr(node, name, ())
    return found
