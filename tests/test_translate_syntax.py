"""The parser: MATLAB's precedence and spellings, comments, and source that cannot be read."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from port.errors import SourceError
from port.migrate import translate
from port.migrate.parser import parse, parse_expression
from port.migrate.syntax import Binary, Command, Comment, Expression, Name, Paren, Transpose, Unary


def shown(node: Expression) -> str:
    """An expression with every operation in parentheses."""
    if isinstance(node, Binary):
        return f"({shown(node.left)} {node.op} {shown(node.right)})"
    if isinstance(node, Unary):
        return f"({node.op}{shown(node.operand)})"
    if isinstance(node, Transpose):
        return f"({shown(node.operand)}{node.op})"
    if isinstance(node, Paren):
        return shown(node.inner)
    return node.id if isinstance(node, Name) else str(getattr(node, "text", node))


PRECEDENCE = {
    "a sign is looser than a power": ("-b^2", "(-(b ^ 2))"),
    "powers go from the left": ("2^3^2", "((2 ^ 3) ^ 2)"),
    "an exponent may have a sign": ("2^-1", "(2 ^ (-1))"),
    "a transpose takes the power before it": ("A.^2'", "((A .^ 2)')"),
    "not is tighter than a comparison": ("~a==b", "((~a) == b)"),
    "and is tighter than or": ("a | b & c", "(a | (b & c))"),
    "sums are tighter than comparisons": ("a + 1 > b", "((a + 1) > b)"),
    "a sign is tighter than a product": ("-a*b", "((-a) * b)"),
    "Octave's not and unequal": ("!a != b", "((~a) ~= b)"),
}


@pytest.mark.parametrize(("text", "want"), PRECEDENCE.values(), ids=PRECEDENCE.keys())
def test_precedence_is_matlab_s(text: str, want: str) -> None:
    assert shown(parse_expression(text)) == want


ELEMENTS = {
    "a sign without a blank behind starts an element": ("[a -b]", 2),
    "a sign between blanks is an operator": ("[a - b]", 1),
    "a quote behind a name transposes": ("[a' b']", 2),
    "a quote behind a blank opens a text": ("[a 'b']", 2),
    "brackets behind a blank are an element": ("[f (1)]", 2),
    "brackets without a blank are a subscript": ("[f(1)]", 1),
    "blanks inside brackets do not count": ("[f(a, -b) c]", 2),
}


@pytest.mark.parametrize(("text", "count"), ELEMENTS.values(), ids=ELEMENTS.keys())
def test_elements_of_a_matrix(text: str, count: int) -> None:
    assert len(parse_expression(text).rows[0]) == count  # type: ignore[attr-defined]


def test_line_ends_are_one() -> None:
    texts = ["x = 1;\r\ny = 2;", "x = 1;\ry = 2;\r", "x = 1;\ny = 2;\n"]
    assert len({translate(text).python for text in texts}) == 1


def test_latin_1_is_read() -> None:
    assert "café" in translate("x = 'café';".encode("latin-1")).python


@pytest.mark.parametrize("text", ["hold on", "close all", "format long;", "addpath ../lib/"])
def test_command_syntax(text: str) -> None:
    assert isinstance(parse(text).script[0], Command)


@pytest.mark.parametrize("text", ["a -1", "a = 1", "a'", "x.y = 2", "x += 1"])
def test_no_command(text: str) -> None:
    assert not isinstance(parse(f"a = 2; x = 3;\n{text}").script[-1], Command)


def test_comments_are_kept() -> None:
    file = parse("% one\nx = 1; % two\n%{\nthree\n%}\n")
    assert [s.text.strip() for s in file.script if isinstance(s, Comment)] == ["one", "three"]
    assert file.trailing[2] == "two"


def test_a_refusal_shows_line_and_caret_and_keeps_the_rest() -> None:
    result = translate("x = 1;\ny = (2;\nz = 3;\n")
    assert [note.line for note in result.refusals] == [2]
    assert "y = (2;" in result.refusals[0].text
    assert "^" in result.refusals[0].text
    assert "x = 1" in result.python
    assert "z = 3" in result.python


def test_a_broken_head_takes_its_block_along() -> None:
    result = translate("if )\n y = 1;\nend\nz = 3;\n")
    assert len(result.refusals) == 1
    assert "z = 3" in result.python


def test_deep_nesting_is_an_error_of_ours() -> None:
    with pytest.raises(SourceError, match="nested"):
        parse_expression("(" * 500 + "1" + ")" * 500)
    assert translate("x = " + "(" * 500 + "1" + ")" * 500 + ";\n").refusals


HOSTILE = {
    "Python in a text": 'x = \'a"); import os; os.system("true")\';',
    "a docstring that ends early": 'function f()\n% """ import os\n% \\\nx = 1;\nend\n',
    "a comment with a newline's look": "x = 1; % \\n import os \x0b import os\n",
    "braces and percent": "x = '{%d} %s';\ny = sprintf(x, 3);\n",
    "Python's own names": "lambda = 1; def = 2; np = 3; None = 4; print = lambda + def + np;\n",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_is_injected(source: str) -> None:
    tree = ast.parse(translate(source).python)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"numpy", "builtins"}


PIECES = st.sampled_from(
    ["x", "= ", "(", ")", "[", "]", "{", "}", "'", '"', "%", "\n", "end", "if ", "for ", "1", "...", ":", ";", "@", ".",
     "function ", "~", "case ", "\\", "x(end)", "eval('", "#{", "%{\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_translated_or_refused(source: str) -> None:
    ast.parse(translate(source).python)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_translated_or_refused(source: bytes) -> None:
    ast.parse(translate(source).python)


INJECTIONS = {
    "the name that exist asks for": (b"exist('a\" in x or __import__(\"os\") or \"', 'var')", "x.m"),
    "the parameters of inline": (b"f = inline('x', 'y: __import__(\"os\") #');", "x.m"),
    "the name of a file": (b"function g\nx = 1;\n", "2; import os #.m"),
    "a comment that orders another encoding": (b"% coding: utf-7\n% +AAo-import os\nx = 1;\n", "x.m"),
}


@pytest.mark.parametrize(("source", "filename"), INJECTIONS.values(), ids=INJECTIONS.keys())
def test_no_text_becomes_code(source: bytes, filename: str, tmp_path: Path) -> None:
    python = translate(source, filename=tmp_path / filename).python
    module = ast.parse(python.encode())  # as a file is read: an order for another encoding would be obeyed
    assert not {n.id for n in ast.walk(module) if isinstance(n, ast.Name)} & {"os", "__import__"}
    assert not any(a.name == "os" for n in ast.walk(module) if isinstance(n, ast.Import) for a in n.names)


def test_a_file_name_that_is_no_name_becomes_one() -> None:
    assert "m2_layer = forward" in translate("function forward\nx = 1;\n", filename="2-layer.m").python


def test_texts_in_anonymous_functions_stay_as_they_are() -> None:
    assert '"lambda : 1"' in translate("f = @(x) ['lambda : 1'];\n").python
