"""What the translation reads like, what it decides on which evidence, and that it computes the same."""

import ast
import importlib.util
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from port.migrate import runtime, translate
from port.migrate.folder import annotated, standalone, translate_paths, without_matport
from port.migrate.observe import kinds_of
from port.migrate.runtime import MatlabError
from port.reference.matfile import write_mat

NETWORK = """function [dW1, dW2] = bp(W1, W2, x, y)
% Gradients of one hidden layer.
a2 = 1 ./ (1 + exp(-W1 * x));   % hidden
a3 = 1 ./ (1 + exp(-W2 * a2));
delta3 = (a3 - y) .* a3 .* (1 - a3);
delta2 = (W2' * delta3) .* a2 .* (1 - a2);
dW2 = delta3 * a2' / size(x, 2);
dW1 = delta2 * x' / size(x, 2);
"""
SHAPES = {"W1": (4, 3), "W2": (2, 4), "x": (3, 7), "y": (2, 7)}


def load(source: str, folder: Path, name: str = "case") -> ModuleType:
    """The translation of a source as a module."""
    path = folder / f"{name}.py"
    path.write_text(translate(source).python, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def body_of(source: str) -> list[str]:
    """The statements of the first function, without its docstring and head."""
    function = next(n for n in ast.parse(translate(source).python).body if isinstance(n, ast.FunctionDef))
    return [
        ast.unparse(s)
        for s in function.body
        if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
    ]


@pytest.fixture(name="on_path")
def _on_path(tmp_path: Path) -> Iterator[Path]:
    before = set(sys.modules)
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_observed_shapes_make_plain_numpy() -> None:
    facts = {"bp": {name: kinds_of(name, np.ones(shape))[name] for name, shape in SHAPES.items()}}
    result = translate(NETWORK, facts=facts)
    assert "delta2 = (W2.T @ delta3) * a2 * (1 - a2)" in result.python
    assert "port.migrate.runtime" not in result.python
    assert '"""Gradients of one hidden layer.\n' in result.python
    assert "    W1 : (4, 3) float64\n" in result.python
    assert "# hidden" in result.python
    product = next(note for note in result.decisions if note.line == 6)
    assert "(4, 2)" in product.evidence
    assert "(2, 7)" in product.evidence


def test_annotated_lines_carry_their_decisions() -> None:
    facts = {"bp": {name: kinds_of(name, np.ones(shape))[name] for name, shape in SHAPES.items()}}
    text = annotated(translate(NETWORK, facts=facts))
    lines = text.splitlines()
    place = next(n for n, line in enumerate(lines) if "delta2 =" in line)
    assert "# matport, line 6: `*` is the matrix product `@`" in lines[place - 1]


def test_source_map_leads_back() -> None:
    result = translate(NETWORK)
    lines = result.python.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "delta2 =" in line)
    assert result.source_map.matlab_line(number) == 6
    assert number in result.source_map.python_lines(6)


READS_LIKE = {
    "loops over subscripts count from 0": (
        "function s = f(n)\ns = zeros(n, 1);\nfor i = 1:n\n s(i) = 2;\nend\n",
        "for i in range(extent(n)):\n    s[i, 0] = 2",
    ),
    "other loops keep their numbers": (
        "function s = f()\ns = 0;\nfor i = 1:3\n s = s + i;\nend\n", "for i in range(1, 4):\n    s = s + i",
    ),
    "a sum of sums": ("function s = f()\nx = ones(2, 3);\ns = sum(sum(x));\n", "s = x.sum(axis=0).sum()"),
    "a missing argument": (
        "function y = f(x, k)\nif ~exist('k', 'var')\n k = 2;\nend\ny = x + k;\n",
        "if k is None:\n    k = 2",
    ),
    "bsxfun is an operator": ("function y = f(a, b)\ny = bsxfun(@minus, a, b);\n", "y = a - b"),
    "a switch on text": (
        "function y = f(k)\nswitch k\n case 'a'\n  y = 1;\n otherwise\n  y = 2;\nend\n",
        "if k == 'a':\n    y = 1\nelse:\n    y = 2",
    ),
    "a handle is a def": ("function y = f(k)\ng = @(t) t .^ 2 + 1;\ny = g(k);\n", "def g(t):\n    return t ** 2 + 1"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "want"), READS_LIKE.values(), ids=READS_LIKE.keys())
def test_reads_like_python(source: str, want: str) -> None:
    assert want in "\n".join(body_of(source))


VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    "a copy is a copy": ("a = [1 2 3]; b = a; b(1) = 9; c = a;", {"c": [[1, 2, 3]]}),
    "a struct is copied": ("s.x.y = 1; t = s; t.x.y = 2; r = s.x.y;", {"r": 1}),
    "a cell is copied": ("c = {1, 2}; d = c; d{1} = 9; r = c{1};", {"r": 1}),
    "a slice is no view": ("a = eye(2); b = a(1, :); a(1, 1) = 5; r = b;", {"r": [[1, 0]]}),
    "a handle keeps what it saw": ("k = 1; f = @(x) x + k; k = 100; r = f(1);", {"r": 2}),
    "growth": ("x = []; x(end + 1) = 4; x(end + 1) = 5;", {"x": [[4, 5]]}),
    "deletion": ("x = 1:5; x([2 4]) = [];", {"x": [[1, 3, 5]]}),
    "column-major reshape": ("x = reshape(1:6, 2, 3);", {"x": [[1, 3, 5], [2, 4, 6]]}),
    "the logarithm of a negative number": ("x = real(log(-1)) + imag(log(-1));", {"x": np.pi}),
    "a folded eval": ("s = ['y = ' '3;']; eval(s); r = y + 1;", {"r": 4}),
    "division by zero": ("n = 0; r = 1 / n;", {"r": np.inf}),
    "logical sums": ("a = (1:3) > 1; r = a + a;", {"r": [[0, 2, 2]]}),
    "an empty range leaves out": ("x = 1:3; i = 1; r = x(1:i-2); s = size(r);", {"s": [[1, 0]]}),
}


@pytest.mark.parametrize(("source", "want"), VALUES.values(), ids=VALUES.keys())
def test_values(source: str, want: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(translate(source).python, encoding="utf-8")
    got = runpy.run_path(str(path))
    for name, value in want.items():
        np.testing.assert_array_equal(np.atleast_2d(got[name]), np.atleast_2d(value))


def test_inputs_are_not_changed(tmp_path: Path) -> None:
    module = load("function x = f(x, s)\nx(1) = 7;\ns.a = 2;\nend\n", tmp_path)
    x, s = np.zeros((1, 3)), SimpleNamespace(a=1)
    assert module.f(x, s)[0, 0] == 7
    assert not x.any()
    assert s.a == 1


def test_outputs_are_a_tuple_and_none_where_never_set(tmp_path: Path) -> None:
    module = load("function [a, b, c] = f(x)\na = x;\nif x > 5\n b = 1;\nend\nend\n", tmp_path)
    assert module.f(1.0) == (1.0, None, None)


def test_a_scalar_may_come_as_an_array(tmp_path: Path) -> None:
    module = load("function y = f(n)\ny = 0;\nfor i = 1:n\n y = y + i;\nend\nend\n", tmp_path)
    assert module.f(4.0) == module.f(np.array([[4.0]])) == 10


def test_files_that_call_each_other_in_a_circle(on_path: Path) -> None:
    (on_path / "even.m").write_text(
        "function r = even(n)\nif n == 0, r = 1; else, r = odd(n - 1); end\nend\n"
    )
    (on_path / "odd.m").write_text("function r = odd(n)\nif n == 0, r = 0; else, r = even(n - 1); end\nend\n")
    for item in translate_paths([on_path]):
        (on_path / item.target).write_text(item.translation.python)
    import even  # type: ignore[import-not-found]

    assert even.even(4.0) == 1


def test_standalone_needs_no_matport(on_path: Path) -> None:
    (on_path / "grow.m").write_text("function x = grow(x, k)\nx(end + k) = 1;\nend\n")
    written = translate_paths([on_path / "grow.m"])
    for target, text in standalone(written).items():
        (on_path / target).write_text(text)
    python = without_matport(written[0].translation.python)
    assert "port." not in python
    (on_path / "grow.py").write_text(python)
    import grow  # type: ignore[import-not-found]

    assert grow.grow(np.zeros((1, 2)), 2.0).shape == (1, 4)


def test_an_eval_of_an_unknown_text_is_refused_with_its_line() -> None:
    result = translate("function f(s)\nx = 1;\neval(s);\nend\n")
    assert [note.line for note in result.refusals] == [3]
    assert "write the statement itself" in result.refusals[0].text


def test_thousands_of_lines_are_translated_each() -> None:
    source = "function y = f(x)\ny = 0;\n" + "y = y + sum(x(1:3)) * 2; % more\n" * 3000 + "end\n"
    assert translate(source).python.count("y = y") == 3000


def test_a_contradiction_between_observed_and_inferred_is_an_error() -> None:
    source = "function y = f(A, b)\ny = A * b;\nend\n"
    facts = {"f": {"A": kinds_of("A", np.ones((2, 3)))["A"], "b": kinds_of("b", np.ones((2, 4)))["b"]}}
    refusals = translate(source, facts=facts).refusals
    assert [note.line for note in refusals] == [2]
    assert "A is (2, 3), b is (2, 4)" in refusals[0].text


def test_observed_classes_are_told_and_kept() -> None:
    facts = {"f": {"a": kinds_of("a", np.ones((2, 2), np.uint8))["a"], "k": kinds_of("k", 2.0)["k"]}}
    text = translate("function r = f(a, k)\nr = a - k;\nend\n", facts=facts).python
    assert "a : uint8\n    k : float\n" in text
    assert "r = minus(a, k)" in text


def test_a_column_of_items_is_no_list() -> None:
    items = [np.ones((2, 2)), np.ones((2, 2))]
    assert kinds_of("c", items, (1, 2))["c"].rep == "list"
    assert kinds_of("c", items, (2, 1))["c"].rep == kinds_of("c", items)["c"].rep == "any"


def test_a_file_of_integer_classes_leaves_unknown_operands_to_the_runtime(tmp_path: Path) -> None:
    source = "function r = f(a)\nr = a - 5;\nif false, r = uint8(r); end\nend\n"
    got = load(source, tmp_path).f(np.array([[3, 9]], dtype=np.uint8))
    np.testing.assert_array_equal(got, np.array([[0, 4]], dtype=np.uint8))


def test_the_caller_s_variables_are_refused() -> None:
    assert [n.line for n in translate("function f()\nx = evalin('base', 'y');\nend\n").refusals] == [2]


@pytest.mark.parametrize(
    "body",
    [
        "for i = 1:3\n y = x(i - 1);\nend",
        "k = 2;\nwhile k > -1\n y = x(k);\n k = k - 1;\nend",
        "for i = 0:2\n x(i) = 1;\nend",
        "c = {1, 2};\nfor i = 1:2\n y = c{i - 1};\nend",
    ],
    ids=["before the first", "counted down", "stored", "of a cell"],
)
def test_a_subscript_of_0_raises_and_does_not_wrap(body: str, tmp_path: Path) -> None:
    module = load(f"function y = f()\ny = 0; x = ones(3, 1);\n{body}\nend\n", tmp_path)
    with pytest.raises(MatlabError, match=r"index \(0\)"):
        module.f()


def test_a_subscript_that_is_never_0_is_plain() -> None:
    source = "function x = f()\nx = ones(9, 1);\nfor i = 2:9\n x(i) = x(i - 1);\nend\nend\n"
    assert "x[i, 0] = x[i - 1, 0]" in translate(source).python


@pytest.mark.parametrize("statement", ["xlim([0 1])", "gscatter(1, 2, 3)", "plotconfusion(1, 2)"])
def test_pictures_of_any_kind_stop_nothing(statement: str, tmp_path: Path) -> None:
    module = load(f"function r = shown(x)\n{statement};\nr = x;\nend\n", tmp_path, "shown")
    assert module.shown(3.0) == 3.0


def test_a_function_takes_from_a_file_what_it_reads_before_it_sets_it(tmp_path: Path) -> None:
    write_mat(tmp_path / "d.mat", {"x": np.ones((2, 3)), "y": np.array([[4.0]]), "t": np.array([[9.0]])})
    source = """function r = taken(name)
load(name);
x = double(x')/2;
t = 1;
for k = 1:y
  t = t + sum(x(:));
end
r = t;
end
"""
    assert load(source, tmp_path, "taken").taken(str(tmp_path / "d.mat")) == 13


def test_a_generator_that_is_not_there_is_warned_of() -> None:
    (warning,) = translate("x = 1;\nrand('seed', 3);\n").warnings
    assert warning.line == 2 and "other numbers are drawn" in warning.text
    assert not translate("rand('state', 3);\n").warnings


def test_a_function_without_parentheses_is_called_in_a_script_too() -> None:
    assert "f = tempname()" in translate("f = tempname;\n").python


def test_mfilename_leads_to_the_translation(tmp_path: Path) -> None:
    path = tmp_path / "steps.py"
    source = "here = mfilename('fullpath');\nname = mfilename;\nfolder = here(1:end - numel(name) - 1);"
    path.write_text(translate(source, filename="steps.m").python, encoding="utf-8")
    found = runpy.run_path(str(path))
    assert found["name"] == "steps"
    assert found["here"] == str(path.with_suffix(""))
    assert found["folder"] == str(tmp_path)


def test_what_lies_on_a_graphics_card_is_the_value() -> None:
    result = translate("x = gpuArray(b);\ny = gather(x * 2);\n")
    assert result.python.splitlines()[-2:] == ["x = b", "y = x * 2"]
    assert any("graphics card" in note.text for note in result.decisions)


@pytest.mark.parametrize("last", ["exit", "quit;", "exit(0)"])
def test_a_script_ends_where_it_exits(tmp_path: Path, last: str) -> None:
    path = tmp_path / "ending.py"
    path.write_text(translate(f"x = 1;\n{last}\nerror('not reached');\n").python, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(path))
    assert ended.value.code == 0


ALL = [("sum", ""), ("mean", ""), ("prod", ""), ("max", ", []"), ("min", ", []"), ("median", ""), ("std", ", 1"),
       ("var", ", 0"), ("any", ""), ("all", "")]  # fmt: skip


@pytest.mark.parametrize(("name", "between"), ALL, ids=[name for name, _ in ALL])
def test_a_reduction_over_all_is_that_of_the_column_of_all(tmp_path: Path, name: str, between: str) -> None:
    weights = between if name in ("std", "var") else ""
    source = (
        f"function r = f(x)\nr = [{name}(x{between}, 'all'), {name}(x .^ 2 > 3{between}, \"all\")];\nend\n"
    )
    column = (
        f"function r = f(x)\nx2 = x .^ 2 > 3;\nr = [{name}(x(:){weights}), {name}(x2(:){weights})];\nend\n"
    )
    x = np.array([[1.0, 5, 2], [4, 3, 6]])
    got, want = (load(text, tmp_path, f"m{n}").f(x) for n, text in enumerate((source, column)))
    assert got.shape == (1, 2)
    np.testing.assert_array_equal(got, want)


SUCCESSIVE = [row for row in ALL if row[0] not in ("median", "std", "var")]


@pytest.mark.parametrize(("name", "between"), SUCCESSIVE, ids=[name for name, _ in SUCCESSIVE])
@pytest.mark.parametrize("dims", ["[1 2]", "[2, 1]", "[1 2 3]"])
def test_a_reduction_along_several_dimensions_takes_one_after_the_other(
    tmp_path: Path, name: str, between: str, dims: str
) -> None:
    along, column = (
        load(f"function r = f(x)\nr = {name}({x});\nend\n", tmp_path, f"m{n}")
        for n, x in enumerate((f"x{between}, {dims}", "x(:)"))
    )
    x = np.array([[1.0, 5, 2], [4, 3, 6]])
    for value in (x, x > 3, np.array([[2.0]])):
        np.testing.assert_array_equal(along.f(value), column.f(value))


def test_a_reduction_of_a_stack_leaves_its_other_dimension(tmp_path: Path) -> None:
    made = load("function r = f(x)\nr = sum(x, [1 2]);\nend\n", tmp_path, "made")
    stack = np.arange(24.0).reshape(2, 3, 4)
    np.testing.assert_array_equal(made.f(stack), stack.sum((0, 1), keepdims=True))


def test_what_is_no_list_of_dimensions(tmp_path: Path) -> None:
    made = load(
        "function r = f(x)\nr = max(x, [1 2]);\nend\nfunction r = g(x)\nr = median(x, [1 2]);\nend\n"
        "function [r, k] = h(x)\n[r, k] = max(x, [], [1 2]);\nend\nfunction r = one(x)\nr = sum(x, [1]);\nend\n",
        tmp_path,
        "made",
    )
    np.testing.assert_array_equal(made.f(np.array([[0.0, 5.0]])), [[1.0, 5.0]])
    np.testing.assert_array_equal(made.one(np.ones((2, 2))), [[2.0, 2.0]])
    for refused in (made.g, made.h):
        with pytest.raises(MatlabError, match="DIM must be a valid dimension"):
            refused(np.ones((2, 2)))


def test_what_is_left_out_of_a_sum() -> None:
    assert "nansum(x)" in translate("function r = f(x)\nr = sum(x, 'omitnan');\nend\n").python
    for dim in ("nearly", np.array([[1.0, 2.0]])):
        with pytest.raises(MatlabError, match="DIM must be a valid dimension"):
            runtime.sum_(np.ones((2, 3)), dim)


def test_a_logical_dimension_counts_as_a_number() -> None:
    result = translate("function r = f(x)\nr = size(x, true);\nend\n")
    assert not result.refusals and "return r" in result.python and "rows(x)" in result.python
