"""The translator on hostile source: no exception but our own, no text that becomes code, an end within seconds.

By default some hundred derandomised examples; the three tests marked `slow` go on for a minute together, or each for
MATPORT_FUZZ_SECONDS.
"""

import ast
import os
import random
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from port.errors import MatportError
from port.migrate import Translation, translate
from port.migrate import translation as module

ROOT = Path(__file__).parent.parent
OWN = sorted([*(ROOT / "matlab_ref").rglob("*.m"), *(ROOT / "tests" / "translate").rglob("*.m")])
SECONDS = float(os.environ.get("MATPORT_FUZZ_SECONDS", "20"))
QUICK = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True, scope="module")
def unformatted() -> Iterator[None]:
    """Without the formatter, which is a process of its own for every example."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "ruff_command", lambda: None)
        yield


def compiled(source: str | bytes, filename: str | None = None) -> Translation | None:
    """The translation, which Python compiles; None where the source is refused by an error of ours."""
    try:
        result = translate(source, filename=filename)
    except MatportError:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        compile(result.python.encode(), "translation", "exec")
    return result


# -- inputs that took long, or too many levels ----------------------------------------------------------

HOSTILE = {
    "blocks that never end": b"if 1\n" * 20_000,
    "loops that never end": b"for k = 1:3\n" * 20_000,
    "blocks that never end, on one line": b"if 1, " * 20_000,
    "a megabyte on one line": b"x = " + b"1+" * 500_000 + b"1",
    "ends of nothing": b"end\n" * 100_000,
    "parentheses": b"(" * 100_000,
    "brackets": b"[" * 100_000,
    "brackets, line by line": b"x = [\n" * 20_000,
    "braces": b"{" * 100_000,
    "quotes": b"x'" * 100_000,
    "a hundred thousand statements on one line": b"x=1;" * 100_000,
    "anonymous functions in each other": b"f = " + b"@(x) " * 5_000 + b"x",
    "subscripts in each other": b"y = " + b"x(" * 55 + b"1" + b")" * 55,
    "subscripts behind each other": b"y = x" + b"(1)" * 5_000,
    "fields behind each other": b"y = x" + b".a" * 5_000,
    "assigned fields behind each other": b"x" + b".a" * 5_000 + b" = 1;",
    "signs": b"x = 2^" + b"-" * 20_000 + b"1",
    "powers": b"x = " + b"2^" * 20_000 + b"1",
    "cells in each other": b"c = " + b"{" * 1_000 + b"}" * 1_000,
    "loops as deep as they are read": b"for k = 1:3\n" * 50 + b"x = 1;\n" + b"end\n" * 50,
    "blocks that try": b"try\n" * 50 + b"x = 1;\n" + b"end\n" * 50,
    "branches": b"if a\n" + b"elseif b\n" * 10_000 + b"end\n",
    "texts open at both ends": b'x = "' + b"\\\n" * 60,
    "continuations": b"x = 1 ...\n" * 50_000,
    "a matrix of many rows": b"x = [" + b"1\n" * 100_000 + b"]",
    "a long hexadecimal number": b"x = 0x" + b"f" * 100_000,
    "zero bytes": b"\x00\n" * 20_000,
    "functions that open blocks": b"function f\nif 1\n" * 5_000,
    "random bytes": random.Random(1).randbytes(100_000),
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_source_is_refused_within_two_seconds(source: bytes) -> None:
    start = time.process_time()
    result = compiled(source)
    assert time.process_time() - start < 2
    assert result is None or result.refusals or len(source) < 1_000 or b"0x" in source


def test_ten_thousand_lines_are_translated() -> None:
    result = compiled("".join(f"x{n} = x{max(n - 1, 0)} + {n};\n" for n in range(10_000)))
    assert result is not None
    assert not result.refusals
    assert result.python.count("\n") >= 10_000


ENCODINGS = {
    "UTF-8 with a mark": "utf-8-sig",
    "UTF-16": "utf-16",
    "Latin-1": "latin-1",
}


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS.keys())
@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])
def test_encodings_and_line_ends_are_read(encoding: str, newline: str) -> None:
    result = compiled(f"x = 'é';{newline}y = 2;{newline}".encode(encoding))
    assert result is not None
    assert result.python.splitlines() == ['x = "é"', "y = 2"]


@pytest.mark.parametrize("source", [b"%{\nnever closed\n", b"x = 1 + ...", b"x = 'a", b"x = (1"])
def test_what_the_file_s_end_cuts_off_is_refused(source: bytes) -> None:
    result = compiled(source)
    assert result is not None
    assert result.refusals


# -- texts stay texts -----------------------------------------------------------------------------------

POSITIONS = {
    "a text": "x = '{quoted}';",
    "a text in double quotes": 'x = "{double}";',
    "an argument": "function f(a)\ndisp(a, '{quoted}');\nerror('{quoted}', 1);\n",
    "a format": "s = sprintf('{quoted}', 1, 2);",
    "a field": "s.a = 1;\nt = s.('{quoted}');\ns.('{quoted}') = 2;",
    "a case": "switch x\ncase '{quoted}'\ny = 1;\ncase {{'{quoted}', 'b'}}\ny = 2;\nend",
    "a cell": "c = {{'{quoted}', 1; 2, '{quoted}'}};\nd = ['{quoted}' 'b'; '{quoted}' 'c'];",
    "a name that exist asks for": "if exist('{quoted}', 'var')\nx = 1;\nend\ny = exist('{quoted}');",
    "a function's name": "y = feval('{quoted}', 1);\nf = str2func('{quoted}');\ng = inline('x', '{quoted}');",
    "an evaluated text": "eval('{quoted}');\ny = eval('{quoted}', '1');",
    "a file": "load('{quoted}');\nsave('{quoted}', 'x');\nd = load('{quoted}', '{quoted}');",
    "a struct": "s = struct('{quoted}', 1, 'b', '{quoted}');\nm = containers.Map('{quoted}', 2);",
    "an anonymous function": "f = @() '{quoted}';\ng = @(x, y) [x '{quoted}'];\nz = cellfun(@(c) [c '{quoted}'], k);",
    "a comment": "x = 1; % {line}\n% {line}\ny = 2;",
    "a comment in Octave's spelling": "# {line}\nx = 1; # {line}",
    "a block of comments": "%{{\n {line}\n%}}\nx = 1;",
    "the first line": "% {line}\nx = 1;",
    "help": "function y = f(x)\n% {line}\n%   {line}\n%\n% {line}\ny = x;\nend",
    "help of one line": "function y = f(x)\n% {line}\ny = x;\nend",
    "help above": "% {line}\nfunction y = f(x)\ny = x;\nend",
    "behind a continuation": "x = 1 + ... {line}\n 2;",
    "a command": "title {line}\nx = 1;",
    "a setting": "clear {line}\nx = 1;",
    "what cannot be read": "x = (1;\ny = ) {line}\nz = 3;",
}
NASTY = st.sampled_from(
    [
        '"""; import os; os.system("true") #',
        "'''",
        '"',
        "'",
        "\\",
        '\\"',
        "{x}",
        "%d %s",
        "\\n",
        "#",
        "coding: utf-7",
        '"); import os #',
        "lambda :",
        " is not None",
        "nargout=2",
        "*",
        "[:2]",
        ", 2)",
        "{0}",
        "\u202e",
        "\x0c",
        "\x85",
        "\u2029",
        "\x00",
        "\x1b[0m",
        "é",
        "𝕏",
        "import os",
        "None",
        "__import__('os')",
        "+AAo-import os",
    ]
)
TEXTS = st.lists(NASTY | st.text(max_size=6), max_size=5).map("".join)


def filled(position: str, text: str) -> str:
    """A position's source with a text in it, spelled as MATLAB spells it there."""
    line = "".join(c if c not in "\r\n\u2028" else " " for c in text)
    double = line.replace("\\", "\\\\").replace('"', '\\"')
    return POSITIONS[position].format(quoted=line.replace("'", "''"), double=double, line=line)


def tree_of(source: str) -> ast.Module:
    """The tree of a translation that came out as its emitters meant it, read as a file is: an order in it for another
    encoding would be obeyed.
    """
    result = compiled(source)
    assert result is not None
    assert not [n for n in result.refusals if "report it" in n.text or "cannot hold" in n.text]
    return ast.parse(result.python.encode())


def is_help(statement: ast.stmt) -> bool:
    """Whether a statement is a constant that stands alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def shape(source: str) -> str:
    """The tree of a translation, every constant made 0 and constants that stand alone (help) left out."""
    tree = tree_of(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value, node.kind = 0, None
        if isinstance(node, ast.FunctionDef | ast.Module):
            node.body = [s for s in node.body if not is_help(s)]
    return ast.dump(tree)


def names(source: str) -> set[str]:
    """Every name that stands in the code of a translation."""
    fields = ("id", "attr", "name", "arg", "asname", "module")
    return {
        value
        for node in ast.walk(tree_of(source))
        for f in fields
        if isinstance(value := getattr(node, f, None), str)
    }


READ_AS_CODE = (
    "a name that exist asks for",
    "a function's name",
    "an evaluated text",
    "a file",
    "a struct",
    "a field",
)
"""Positions where a text that is a name, or a program, has a meaning of its own."""
SPLIT = ("a format", "a command", "a setting", "what cannot be read")
"""Positions where a text is taken apart."""


@QUICK
@given(st.sampled_from(sorted(POSITIONS.keys() - {*READ_AS_CODE, *SPLIT})), TEXTS)
def test_a_text_changes_constants_and_nothing_else(position: str, text: str) -> None:
    harmless = {shape(filled(position, other)) for other in ("b", "b c", "", "%")}
    assert shape(filled(position, text)) in harmless


@QUICK
@given(st.sampled_from(READ_AS_CODE + SPLIT), TEXTS)
def test_a_text_brings_no_names_into_the_code(position: str, text: str) -> None:
    evaluated = position in ("an evaluated text", "a function's name")
    assume(not evaluated or not any(c.isalnum() for c in text))
    brought = names(filled(position, text))
    assert not brought & {"os", "__import__", "system", "exec", "eval", "compile"}
    assert all(part.isidentifier() for name in brought for part in name.split("."))


@QUICK
@given(TEXTS.filter(lambda text: "\x00" not in text and "/" not in text and text.strip(". ")))
def test_a_file_name_becomes_a_name(text: str) -> None:
    result = compiled("function f\nx = 1;\n", filename=f"{text}.m")
    assert result is not None
    body = ast.parse(result.python.encode()).body
    assert [type(node) for node in body] in ([ast.FunctionDef], [ast.FunctionDef, ast.Assign])


# -- programs made up, programs mutated, bytes ----------------------------------------------------------

ATOMS = st.sampled_from(
    [
        "x",
        "y",
        "A",
        "k",
        "1",
        "2.5",
        "1e3",
        "0x1f",
        "3i",
        "'text'",
        '"dq\\n"',
        "[]",
        "{}",
        "pi",
        "end",
        ":",
        "s.a",
        "c{1}",
        "A(1, :)",
        "A(end)",
        "@sin",
        "f",
        "true",
        "NaN",
        "nargin",
        "zeros(2)",
    ]
)
OPERATORS = st.sampled_from(
    ["+", "-", "*", "/", "\\", "^", ".*", "./", ".^", "==", "~=", "<", ">=", "&", "|", "&&", "||", ":"]
)
CALLS = st.sampled_from(
    [
        "sum",
        "size",
        "zeros",
        "max",
        "reshape",
        "sprintf",
        "strcat",
        "cellfun",
        "bsxfun",
        "num2str",
        "f",
        "A",
        "any",
        "find",
        "repmat",
        "isempty",
        "numel",
        "norm",
        "int8",
        "mod",
        "struct",
        "cell",
    ]
)


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions one level up."""
    rows = st.lists(st.lists(inner, min_size=1, max_size=3).map(", ".join), max_size=3).map("; ".join)
    arguments = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-{}".format),
        inner.map("~{}".format),
        inner.map("{}'".format),
        rows.map("[{}]".format),
        rows.map("{{{}}}".format),
        inner.map("@(x) {}".format),
        st.tuples(CALLS, arguments).map(lambda parts: "{}({})".format(*parts)),
    )


EXPRESSIONS = st.recursive(ATOMS, larger, max_leaves=8)
TARGETS = st.sampled_from(
    [
        "x",
        "y",
        "A(1, 2)",
        "A(:, end + 1)",
        "A(k)",
        "s.a",
        "s.a.b(2)",
        "s(k).a",
        "c{2}",
        "c{end + 1}.a",
        "[x, y]",
        "[~, k]",
        "[A(1), s.a]",
        "[c{1:2}]",
        "x +",
        "A(2, :)",
    ]
)
SIMPLE = st.one_of(
    st.tuples(TARGETS, EXPRESSIONS, st.sampled_from([";", "", ","])).map(
        lambda parts: "{} = {}{}".format(*parts)
    ),
    EXPRESSIONS.map("disp({});".format),
    EXPRESSIONS,
    st.sampled_from(
        [
            "break",
            "continue",
            "return",
            "hold on",
            "clear all",
            "global x",
            "persistent k",
            "A(2, :) = [];",
            "x++",
            "y -= 2;",
            "% comment",
            "%{\nblock\n%}",
            "",
            "load data",
            "eval('x = 1;')",
            "error('no %d', 1)",
        ]
    ),
)


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Statements one level up."""
    body = st.lists(inner, max_size=3).map("\n".join)
    parts = st.tuples(EXPRESSIONS, EXPRESSIONS, body, body)
    templates = (
        "if {0}\n{2}\nelseif {1}\n{3}\nelse\n{2}\nend",
        "while {0}\n{2}\nendwhile",
        "for k = {0}\n{2}\nend",
        "for c = {0}:{1}\n{2}\nend",
        "switch {0}\ncase {1}\n{2}\notherwise\n{3}\nend",
        "try\n{2}\ncatch err\n{3}\nend",
        "do\n{2}\nuntil {0}",
        "unwind_protect\n{2}\nunwind_protect_cleanup\n{3}\nend_unwind_protect",
    )
    return st.one_of(
        [parts.map(lambda found, template=template: template.format(*found)) for template in templates]
    )


STATEMENTS = st.lists(st.recursive(SIMPLE, compound, max_leaves=6), min_size=1, max_size=4).map("\n".join)
HEADS = st.sampled_from(
    ["", "function f(x)\n", "function y = f(A, varargin)\n% help\n", "function [x, varargout] = f(s, k)\n"]
)
PROGRAMS = st.tuples(HEADS, STATEMENTS).map("".join)
PIECES = st.sampled_from(
    [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "%",
        "\n",
        "end\n",
        "if ",
        "...",
        ";",
        "@",
        "=",
        "\x00",
        "%{\n",
        ".",
        ":",
        "''",
    ]
)


WORDS = st.sampled_from(
    ["x", "= ", "1", "if ", "for ", "function ", "case ", "~", "\\", "x(end)", "eval('", "#{"]
)
TOKENS = st.lists(PIECES | WORDS, max_size=40).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A file of our own with pieces put in and cut out."""
    source = OWN[draw(st.integers(0, len(OWN) - 1))].read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(source)))
        source = source[:start] + draw(PIECES).encode() + source[start + draw(st.integers(0, 30)) :]
    return source


def is_answered(source: str | bytes) -> None:
    """It is translated to Python, or refused; nothing that the translator itself got wrong."""
    result = compiled(source)
    for note in result.refusals if result else ():
        assert "please report it" not in note.text, source


@QUICK
@given(PROGRAMS)
def test_programs_are_translated_or_refused(source: str) -> None:
    is_answered(source)


@settings(QUICK, max_examples=30)
@given(mutated())
def test_mutated_files_are_translated_or_refused(source: bytes) -> None:
    is_answered(source)


@QUICK
@given(st.binary(max_size=120) | st.text(max_size=80) | TOKENS)
def test_any_bytes_are_translated_or_refused(source: str | bytes) -> None:
    is_answered(source)


LONG = {"programs": PROGRAMS, "mutated files": mutated(), "bytes": st.binary(max_size=400)}


@pytest.mark.slow
@pytest.mark.parametrize("sources", LONG.values(), ids=LONG.keys())
def test_a_long_run(sources: st.SearchStrategy[str | bytes]) -> None:
    ends = time.monotonic() + SECONDS

    @settings(max_examples=50, derandomize=False, database=None, suppress_health_check=list(HealthCheck))
    @given(sources)
    def run(source: str | bytes) -> None:
        is_answered(source)

    while time.monotonic() < ends:
        run()
