"""Where two runs part: what fires, what stays silent, and that the statement and the cause named are the right ones.

Originals are traces that were recorded with Octave and kept (`tests/mutants/traces`), or are written down here.
"""

import ast
import io
import shutil
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path[:0] = [str(Path(__file__).parent / "mutants")]

from pairs import TRACES, TRANSLATED, Pair, by_hand, of_case  # noqa: E402
from translate.corpus import HERE as CORPUS  # noqa: E402
from translate.corpus import read_case  # noqa: E402

from port.migrate import (  # noqa: E402
    Divergence,
    Trace,
    agreeing_lines,
    divergences,
    first_divergence,
    load_trace,
    translate,
)
from port.migrate.agree import in_layout, layout, mismatch  # noqa: E402
from port.migrate.align import within  # noqa: E402
from port.migrate.broadcast import broadcasts  # noqa: E402
from port.migrate.edits import codes_between, edits, is_idle  # noqa: E402
from port.migrate.flow import Flow  # noqa: E402
from port.migrate.match import Matches  # noqa: E402
from port.migrate.original import as_original  # noqa: E402
from port.migrate.substitute import like  # noqa: E402
from port.migrate.trace import Failure, Site, Store, Values, events_of  # noqa: E402
from port.reference.comparison import Tolerance  # noqa: E402

HAND = {pair.name: pair for pair in by_hand()}
KEPT = sorted(file.stem for file in TRACES.glob("*.trace"))
QUICK = ("nn_cost",)
Row = tuple[Any, ...]


def trace(language: str, source: str, rows: list[Row], failure: Failure | None = None) -> Trace:
    """A trace written down: rows of (line, name, value), and the kind where it is no assignment."""
    name = {"matlab": "f.m", "python": "f.py"}[language]
    blob = io.BytesIO()
    store = Store(blob)
    sites = [Site(name, row[0], row[0], "", row[1], row[3] if len(row) > 3 else "assign") for row in rows]
    known = list(dict.fromkeys(sites))
    counts: dict[Site, int] = {}
    events = []
    for site, row in zip(sites, rows, strict=True):
        counts[site] = counts.get(site, 0) + 1
        events.append((known.index(site), 0, counts[site], store.add(row[2]), None))
    keys = {key: index for index, key in enumerate(store.entries)}
    values = Values(store.entries, blob.getvalue())
    indexed = [(site, frame, count, keys[key], part) for site, frame, count, key, part in events]
    text = {name: textwrap.dedent(source)}
    return Trace(language, "by hand", name, text, events_of(indexed, known, values), values, failure)


def compared(want: Any, got: Any, *, matlab: str = "x = 1;", python: str = "x = 1") -> Divergence | None:
    """The divergence of two runs of one statement."""
    return first_divergence(
        trace("matlab", matlab, [(1, "x", want)]),
        trace("python", python, [(1, "x", got)]),
        {1: 1},
        explain=False,
    )


COLUMN = np.array([[1.5], [2.5], [3.25]])
FIRES = {
    "another value": (COLUMN, COLUMN + 1e-6, "value"),
    "one element of many": (np.ones((9, 9)), np.eye(9) * 1e-3 + 1, "value"),
    "a row for a column": (COLUMN, COLUMN.T, "shape"),
    "a vector of one dimension": (COLUMN, COLUMN.ravel(), "shape"),
    "NaN on one side": (COLUMN, np.array([[1.5], [np.nan], [3.25]]), "nan"),
    "infinite on one side": (COLUMN, np.array([[1.5], [np.inf], [3.25]]), "value"),
    "single for double": (COLUMN, COLUMN.astype(np.float32), "class"),
    "an integer class that wraps": (COLUMN, COLUMN.astype(np.uint8), "class"),
    "text for a number": (COLUMN, "1.5", "class"),
    "nothing for a number": (COLUMN, None, "missing"),
    "a field that is missing": ({"W": COLUMN, "b": 1.0}, {"W": COLUMN}, "missing"),
    "another field": ({"W": COLUMN}, {"W": COLUMN * 2}, "value"),
    "a cell that is shorter": ([COLUMN, COLUMN], [COLUMN], "shape"),
    "another text": ("abc", "abd", "value"),
}
SILENT = {
    "equal": (COLUMN, COLUMN.copy()),
    "rounding": (COLUMN, COLUMN * (1 + 4e-16)),
    "a scalar and 1 x 1": (np.array([[2.0]]), 2.0),
    "an integer and a number": (np.array([[2.0]]), 2),
    "a logical and a number": (np.array([[1.0]]), True),
    "empty of both kinds": (np.zeros((0, 0)), None),
    "an empty cell and an empty list": ([], []),
    "a dimension of 1 at the end": (np.ones((2, 3)), np.ones((2, 3, 1))),
    "NaN in the same places": (np.array([[np.nan, 1.0]]), np.array([[np.nan, 1.0]])),
    "structs with a field more": ({"W": COLUMN}, {"W": COLUMN, "cache": 1.0}),
}


@pytest.mark.parametrize(("want", "got", "kind"), FIRES.values(), ids=FIRES)
def test_a_difference_is_reported_by_its_kind(want: Any, got: Any, kind: str) -> None:
    found = compared(want, got)
    assert found is not None
    assert (found.kind, found.matlab_line, found.python_line) == (kind, 1, 1)


@pytest.mark.parametrize(("want", "got"), SILENT.values(), ids=SILENT)
def test_what_is_the_same_is_not_reported(want: Any, got: Any) -> None:
    assert compared(want, got) is None


def test_the_first_of_several_differences_is_reported() -> None:
    source = "a = 1;\nb = 2;\nc = 3;\n"
    python = source.replace(";", "")
    m = trace("matlab", source, [(1, "a", 1.5), (2, "b", 2.5), (3, "c", 3.5)])
    p = trace("python", python, [(1, "a", 1.5), (2, "b", 2.75), (3, "c", 9.5)])
    found = first_divergence(m, p, {1: 1, 2: 2, 3: 3}, explain=False)
    assert found is not None and found.python_line == 2
    again = first_divergence(p, m, {1: 1, 2: 2, 3: 3}, explain=False)
    assert again is not None and (again.python_line, again.matlab_line) == (2, 2)
    assert [d.python_line for d in divergences(m, p, {1: 1, 2: 2, 3: 3}, explain=False)] == [2, 3]
    assert [(a.line, b.line) for a, b in agreeing_lines(m, p, {1: 1, 2: 2, 3: 3})] == [(1, 1)]


LOOP = "s = 0;\nfor i = 1:3\n  s = s + i;\nend\n"
PYTHON_LOOP = "s = 0\nfor i in range(3):\n    s = s + i + 1\n"


def turns(language: str, values: list[int], first: int, failure: Failure | None = None) -> Trace:
    rows: list[Row] = [(1, "s", 0.0)]
    for number, value in enumerate(values):
        rows += [(2, "i", float(number + first) if first else number, "loop"), (3, "s", float(value))]
    return trace(language, LOOP if language == "matlab" else PYTHON_LOOP, rows, failure)


def test_loops_that_count_from_0_and_other_numbers_of_turns() -> None:
    lines = {1: 1, 2: 2, 3: 3}
    original = turns("matlab", [1, 3, 6], 1)
    assert first_divergence(original, turns("python", [1, 3, 6], 0), lines, explain=False) is None
    short = first_divergence(original, turns("python", [1, 3], 0), lines, explain=False)
    assert short is not None and (short.kind, short.python_line) == ("missing", 2)
    other = first_divergence(original, turns("python", [1, 4, 6], 0), lines, explain=False)
    assert other is not None and other.python is not None
    assert (other.kind, other.python_line, other.python.occurrence) == ("value", 3, 2)


@pytest.mark.parametrize(
    "source", ["k = 0.5;\nfor k = 1:n\n", "k = 0.5; for k = 1:n\n"], ids=["two lines", "one line"]
)
def test_what_a_loop_without_a_turn_leaves_is_no_statement_of_matlab_s(source: str) -> None:
    translated = translate(f"function x = f(n)\n{source}x = k;\nend\nx = x + k;\nend\n")
    lines = translated.python.splitlines()
    head = next(number for number, text in enumerate(lines, 1) if text.startswith("    for k"))
    assert lines[head - 2] == "    k = np.zeros((1, 0))"
    line = translated.source_map.spans[head].line
    before = translated.source_map.spans[head - 2].line
    ours: list[Row] = [(before, "k", 0.5), (line, "k", 1.0, "loop"), (line + 1, "x", 1.0)]
    theirs: list[Row] = [
        (head - 2, "k", 0.5),
        (head - 1, "k", np.zeros((1, 0))),
        (head, "k", 1, "loop"),
        (head + 1, "x", 1.0),
    ]
    m = trace("matlab", source, ours)
    assert first_divergence(m, trace("python", translated.python, theirs), translated.source_map) is None
    theirs[0] = (head - 2, "k", 0.25)
    found = first_divergence(m, trace("python", translated.python, theirs), translated.source_map)
    assert found is not None and found.python_line == head - 2


def test_errors_on_one_side_and_on_both() -> None:
    lines = {1: 1, 2: 2, 3: 3}
    fine, failed = (
        turns("matlab", [1, 3, 6], 1),
        turns("python", [1], 0, Failure("ValueError: no", "f.py", 3)),
    )
    found = first_divergence(fine, failed, lines, explain=False)
    assert found is not None
    assert (found.kind, found.detail, found.python_line) == ("error", "ValueError: no", 3)
    stopped = turns("matlab", [1], 1, Failure("nonconformant", "f.m", 3))
    other = first_divergence(stopped, turns("python", [1, 3, 6], 0), lines, explain=False)
    assert other is not None and other.kind == "error" and "nonconformant" in other.detail
    assert first_divergence(stopped, failed, lines, explain=False) is None
    assert first_divergence(stopped, failed, explain=False) is None


def test_a_missing_output_is_reported() -> None:
    results: list[Row] = [(0, "J", 1.25, "result"), (0, "grad", COLUMN, "result")]
    m = trace("matlab", "J = 1;\n", [(1, "J", 1.25), *results])
    p = trace("python", "J = 1\n", [(1, "J", 1.25), results[0]])
    found = first_divergence(m, p, {1: 1}, explain=False)
    assert (
        found is not None
        and found.kind == "missing"
        and found.matlab is not None
        and found.matlab.name == "grad"
    )


NOISE = {
    "what cancels": (
        [(1, "a", 1e8 / 3), (2, "x", 1e-9)],
        [(1, "a", 1e8 / 3), (2, "x", 3e-9)],
        "a = 1;\nx = a - a;\n",
    ),
    "a clock": ([(1, "x", 3.25)], [(1, "x", 9.5)], "x = toc;\n"),
    "signs of eigenvectors": (
        [(1, "x", np.array([[0.6, 0.8], [0.8, -0.6]]))],
        [(1, "x", np.array([[-0.6, 0.8], [-0.8, -0.6]]))],
        "[x, d] = eig(A);\n",
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "source"), NOISE.values(), ids=NOISE)
def test_what_no_port_can_give_again_is_not_reported(ours: list[Row], theirs: list[Row], source: str) -> None:
    python = source.replace(";", "").replace("[x, d]", "x")
    lines = {1: 1, 2: 2}
    assert (
        first_divergence(trace("matlab", source, ours), trace("python", python, theirs), lines, explain=False)
        is None
    )


LAYOUTS = [
    (COLUMN, COLUMN.T, "transposed"),
    (COLUMN, COLUMN.ravel(), "flat"),
    (np.array([[1.0, 2, 3]]), np.arange(3), "counted from 0"),
    (np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(2, 3).T, "transposed"),
    (
        np.arange(6.0).reshape(2, 3),
        [np.array([0.0, 3]), np.array([1.0, 4]), np.array([2.0, 5])],
        "transposed",
    ),
    (COLUMN, COLUMN + 1, None),
]


@pytest.mark.parametrize(("want", "got", "name"), LAYOUTS)
def test_layouts(want: Any, got: Any, name: str | None) -> None:
    assert layout(want, got) == name
    if name == "transposed" and isinstance(got, np.ndarray):
        assert mismatch(want, in_layout(want, got)) is None


def test_values_are_substituted_as_python_holds_them() -> None:
    table = np.arange(6.0).reshape(2, 3)
    assert like(table, np.zeros((3, 2))).tolist() == table.T.tolist()
    assert like(COLUMN, np.zeros(3)).tolist() == [1.5, 2.5, 3.25]
    assert like(np.array([[4.0]]), 7) == 4 and isinstance(like(np.array([[4.0]]), 7), int)
    mask = np.array([[True, False]])
    assert (
        like(mask, mask.T).tolist() == mask.T.tolist() and in_layout(mask, mask.T).tolist() == mask.tolist()
    )
    assert like({"W": COLUMN}, {"W": np.zeros(3), "k": 1})["k"] == 1
    kept = np.zeros((3, 1))
    assert like(COLUMN, kept, in_place=True) is kept and kept.tolist() == COLUMN.tolist()


def test_logicals_differ_as_numbers_do() -> None:
    yes, no = np.array([[True]]), np.array([[False]])
    assert within(yes, yes, 0.5) and not within(yes, no, 0.5) and not within(no, np.array([[0.75]]), 0.5)


def test_what_broadcasts_is_said_in_letters() -> None:
    import ast

    statement = ast.parse("d = (a2 - y) * slope + b").body[0]
    shapes: Mapping[str, tuple[int, ...]] = {"a2": (3, 1), "y": (3,), "slope": (3, 1), "b": ()}
    assert broadcasts(statement, shapes) == ["`a2 - y` broadcast (n,1) - (n,)"]
    assert broadcasts(statement, {**shapes, "y": (3, 1)}) == []


def test_edits_keep_the_lines_and_are_python() -> None:
    source = "import numpy as np\n\n\ndef f(x, y):\n    d = np.sum(\n        x - y, axis=0\n    ) / 2\n    return d\n"
    made = edits(source, 5, ["d"], ["x"])
    assert len(made) > 50
    for edit in made:
        compile(edit.source, "f.py", "exec")
        assert edit.source.count("\n") == source.count("\n")
    assert any("axis=1" in edit.after for edit in made)


def test_edits_unroll_every_matrix_of_a_statement_by_columns_at_once() -> None:
    source = "def f(a, b):\n    return np.concatenate([a.ravel(), b.T.flatten(), a.ravel('F')])\n"
    both = [edit for edit in edits(source, 2) if edit.after.count("order='F'") == 2]
    assert {edit.code for edit in both} == {"L04"}
    assert both[0].after.startswith("np.concatenate([a.ravel(order='F'), b.T.flatten(order='F'), a.ravel(")


def test_terms_of_the_original_call_the_functions_of_the_port() -> None:
    python = "def my_sig(z):\n    return z\n\n\ndef f(e, z):\n    d = e * my_sig(z)\n    return d\n"
    matlab = "function d = f(e, z)\nd = e .* mySig(z) .* (1 - mySig(z));\nend\n"
    made = as_original(python, 6, matlab, Site("f.m", 2, 2, "d", "d", "assign"), {"e": "e", "z": "z"})
    assert any(edit.after == "e * my_sig(z) * (1 - my_sig(z))" for edit in made)
    assert any(edit.what == "`* (1 - my_sig(z))` is missing" for edit in made)


def test_edits_put_back_what_nothing_reads_any_more_and_leave_the_bias_out() -> None:
    source = "def f(w, v, lam):\n    s = lam * w - np.zeros(lam + 1)\n    return s\n"
    made = edits(source, 2, ["lam"])
    idle = next(edit for edit in made if edit.after == "(w) * np.tanh(v)")
    read = next(edit for edit in made if edit.after == "(w) * lam")
    assert idle.code == read.code == "P09" and idle.cost < read.cost
    assert {edit.before for edit in made if edit.code == "N05"} == {"w"}
    assert not any(edit.code == "N01" and edit.before == "lam + 1" for edit in made)
    sized = edits("def f(w):\n    s = np.zeros(w.ravel().shape[0])\n    return s\n", 2)
    assert {edit.after for edit in sized if edit.code == "M06" and edit.before == "w.ravel()"} == {"w"}


@pytest.mark.parametrize(
    ("got", "want", "term"),
    [
        ("e", "e * (1 - a)", "* (1 - a)"),
        ("e", "e - (a - b)", "- (a - b)"),
        ("e", "e + a * b", "+ a * b"),
        ("a", "1 - a", "1 -"),
        ("W.T @ d", "(W.T @ d) / (m + 1)", "/ (m + 1)"),
        ("d", "(a - y) * d", "(a - y) *"),
    ],
)
def test_what_is_missing_is_named_as_it_would_be_written(got: str, want: str, term: str) -> None:
    _, what = codes_between(*(ast.parse(f"x = {text}").body[0] for text in (got, want)))
    assert what == f"`{term}` is missing"


def test_an_update_that_comes_too_early_is_put_behind_what_needs_the_old_value() -> None:
    source = "def f(w, d):\n    w = w - d\n    s = w * d\n    if s > 0:\n        d = s\n    return w, d\n"
    late = "def f(w, d):\n    s = w * d\n    if s > 0:\n        d = s\n    w = w - d\n    return w, d\n"
    assert [edit.source for edit in edits(source, 2) if edit.code == "N09"][-1] == late
    assert not [edit for edit in edits(late, 5) if edit.source == source]
    assert not [edit for edit in edits("def f(w):\n    return w\n", 2) if edit.code == "N09"]


def test_slopes_are_taken_for_those_of_other_activations_and_variables() -> None:
    made = {edit.after: edit.code for edit in edits("def f(a, z, d):\n    return d * z * (1 - z)\n", 2)}
    assert made["d * a * (1 - a)"] == "N06" and made["d * (1 - z ** 2)"] == "P05"
    made = {edit.after: edit.code for edit in edits("def f(a):\n    return 1 - np.tanh(a) ** 2\n", 2)}
    assert made["1 - a ** 2"] == "N06"
    assert not [edit for edit in edits("def f(a, b):\n    return a * (1 - b)\n", 2) if edit.code == "N06"]


@pytest.mark.parametrize(
    ("source", "idle"),
    [
        ("def f(v):\n    return 1.0\n", True),
        ("def f(v, w):\n    return 2 * v\n", False),
        ("def f(w):\n    w = (w)\n    return w\n", True),
        ("def f():\n    return 1.0\n", False),
    ],
)
def test_statements_that_do_nothing_with_what_they_are_given(source: str, idle: bool) -> None:
    assert is_idle(source, 2) is idle


def test_a_port_that_fails_before_it_sets_anything(tmp_path: Path) -> None:
    failed = trace("python", "x = y\n", [], Failure("NameError: y", "f.py", 1))
    found = first_divergence(trace("matlab", "x = 1;\n", [(1, "x", 1.5)]), failed, explain=False)
    assert found is not None and (found.kind, found.python_line) == ("error", 1)


def original(name: str) -> Trace:
    return load_trace(TRACES / f"{name}.trace")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in KEPT if name in HAND],
)
def test_ports_by_hand_are_silent(name: str, tmp_path: Path) -> None:
    """Renames, loops vectorised, samples in rows, other orders of statements."""
    assert first_divergence(original(name), HAND[name].record_port(tmp_path)) is None


@pytest.mark.parametrize(
    "name", [TRANSLATED[0], *(pytest.param(name, marks=pytest.mark.slow) for name in TRANSLATED[1:])]
)
def test_translated_pairs_are_silent_with_their_map_and_without(name: str, tmp_path: Path) -> None:
    pair = of_case(read_case(CORPUS / name))
    port = pair.record_port(tmp_path)
    assert first_divergence(original(name), port, pair.maps) is None
    assert first_divergence(original(name), port) is None


@pytest.mark.parametrize("value", [COLUMN * np.pi, np.array(np.pi)], ids=["column", "number"])
def test_a_value_of_another_sign_is_told_where_it_is_made(value: np.ndarray) -> None:
    """Also where its square agrees, from which another result is made that does not."""
    matlab = trace(
        "matlab",
        "e = a - y;\nJ = e.^2;\nd = e * 2;",
        [(1, "e", value), (2, "J", value**2), (3, "d", value * 2)],
    )
    python = trace(
        "python",
        "err = y - a\nJ = err**2\nd = err * 2",
        [(1, "err", -value), (2, "J", value**2), (3, "d", -value * 2)],
    )
    found = first_divergence(matlab, python, explain=False)
    assert found is not None and found.python_line == 1


def test_of_names_that_agree_as_often_the_first_is_taken_and_an_unnamed_return_last() -> None:
    """The same in every process: hash seeds differ."""
    names = ["return", "fresh", "early", "later", "other", "again", "still"]
    told = np.pi * COLUMN
    rows: list[Row] = [(1, "return", told, "return"), *((2, name, told) for name in names[1:])]
    python = trace("python", "def f(): return x\n" + " = ".join(names[1:]) + " = f()", rows)
    matches = Matches(Flow(trace("matlab", "q = x;", [(1, "q", told)])), Flow(python), Tolerance())
    assert matches.renames == {"q": "fresh"}


SPEED = "speed = [\n            "
MUTATIONS = {
    "a factor": ("bp", "grad1 = delta1 @ x.T", "grad1 = 2 * delta1 @ x.T", {"P04", "S03", "P08"}),
    "a sign": ("bp", "(a2 - y) * slope", "(y - a2) * slope", {"N01", "P07"}),
    "the error flipped in rows": ("nn_cost", "D3 = P - Y", "D3 = P + Y", {"P01", "N01"}),
    "a term left out": (
        "nn_cost",
        "np.sum(-Y * np.log(P) - (1 - Y) * np.log(1 - P))",
        "np.sum(-Y * np.log(P))",
        {"P09"},
    ),
    "a slope left out in rows": ("nn_cost", "[:, 1:] * H * (1 - H)", "[:, 1:] * H", {"P09", "N07", "N06"}),
    "the bias regularised": (
        "nn_cost",
        "G1[:, 1:] += lam / m * W1[:, 1:]",
        "G1[:, :] += lam / m * W1[:, :]",
        {"I01", "N05"},
    ),
    "no normalisation": (
        "softmax_rows",
        "prob = e / e.sum(axis=1, keepdims=True)",
        "prob = e",
        {"S01", "P09"},
    ),
    "another axis": (
        "batch_norm",
        "d_beta = np.sum(dout, axis=0)",
        "d_beta = np.sum(dout, axis=1)",
        {"A01", "A03"},
    ),
    "a mean for a sum": ("batch_norm", "d_gamma = np.sum(", "d_gamma = np.mean(", {"S01", "S02", "P05"}),
    "an update with the wrong sign": ("online_backprop", "bh = bh - rate", "bh = bh + rate", {"N02"}),
    "another output": ("online_backprop", "return Wh, Wo, bh, bo", "return Wh, Wo, bh, bh", {"P03"}),
    "std with n": ("feature_norm", "ddof=1", "ddof=0", {"S05", "S06", "S07"}),
    "a comparison": ("kmeans_step", "argmin", "argmax", {"P05", "N01"}),
    "a product that fails": ("perceptron", "+ label * row", "+ label @ row", {"M01", "P01"}),
    "a branch that is not taken": ("perceptron", "+ bias) <= 0", "+ bias) < 0", {"P02"}),
    "in a list of tuples": (
        "batches_zip",
        f"{SPEED}(momentum * vw + rate * gw, momentum * vb + rate * gb)",
        f"{SPEED}(momentum * vw + rate * gw, momentum * vb - rate * gb)",
        {"P01", "N01", "N02"},
    ),
    "in a list, nothing left but a constant": (
        "batches_zip",
        f"{SPEED}(momentum * vw + rate * gw, momentum * vb + rate * gb)",
        f"{SPEED}(momentum * vw + rate * gw, momentum * vb + rate)",
        {"P09"},
    ),
    "a dictionary that a method changes": ("adam_softmax", "np.sqrt(v_hat)", "np.square(v_hat)", {"P05"}),
    "a sum in a function": ("adam_softmax", "e / e.sum(", "e / e.mean(", {"S02", "P05"}),
    "a start value": ("rprop_early", "np.full(w.shape, 0.1)", "np.full(w.shape, 0.2)", {"P04", "S03"}),
    "one way of several": ("rprop_early", "np.maximum(sizes", "np.minimum(sizes", {"P05", "P04"}),
    "a value handed on": ("rbm_step", "fantasy) ** 2) / count", "fantasy) ** 2)", {"S01", "P09"}),
    "the bias regularised in one statement": (
        "logistic_reg",
        "np.sum(theta[1:] ** 2)",
        "np.sum(theta ** 2)",
        {"N05"},
    ),
    "rows for columns in a square": ("square_unrolled", ', order="F")\n    b', ")\n    b", {"L03"}),
    "a slope in a part of an array": ("lstm_parts", "(1 - g**2)", "(1 - g)", {"P09"}),
    "a factor left out in a part of an array": ("lstm_parts", " * o * (1 - o)", " * o", {"P09", "N07"}),
    "a factor in a class": ("momentum_struct", "g = delta.T", "g = 2 * delta.T", {"P04", "P08", "S03"}),
    "a sign of what is used at once": ("kernel_ridge", "K = gram(", "K = -gram(", {"N01"}),
    "all zero by the mistake": ("neighbours", "squares = (test", "squares = -(test", {"N01", "P01"}),
    "a variable that nothing reads": ("lstm_cell", "gate(write) * np.tanh(new)", "gate(write)", {"P09"}),
    "a way out of the loop": ("perceptron", "errors == 0", "errors != 0", {"P02"}),
}
QUICK_MUTATIONS = ("a sign", "rows for columns in a square")


@pytest.mark.parametrize(
    ("name", "before", "after", "codes"),
    [
        pytest.param(*row, id=key, marks=[] if key in QUICK_MUTATIONS else pytest.mark.slow)
        for key, row in MUTATIONS.items()
    ],
)
def test_the_mutated_statement_and_its_cause_are_named(
    name: str, before: str, after: str, codes: set[str], tmp_path: Path
) -> None:
    pair = HAND[name]
    source = pair.sources[pair.entry]
    assert source.count(before) == 1
    port = pair.record_port(tmp_path, {pair.entry: source.replace(before, after)})
    found = first_divergence(original(name), port)
    assert found is not None
    assert found.python_line == source[: source.index(before)].count("\n") + 1
    assert found.cause is not None and found.cause.code in codes


@pytest.mark.parametrize(
    "mapped",
    [
        pytest.param(True, id="along the map", marks=pytest.mark.slow),
        pytest.param(False, id="by the translation alone"),
    ],
)
def test_an_edited_translation_is_compared_with_its_translation(mapped: bool, tmp_path: Path) -> None:
    pair = of_case(read_case(CORPUS / "break_continue_return"))
    source = pair.sources[pair.entry]
    line = source[: source.index("found = assign")].count("\n") + 1
    changed = source.replace("i + 1", "i", 1)
    port = pair.record_port(tmp_path, {pair.entry: changed})
    found = first_divergence(original(pair.name), port, pair.maps if mapped else None)
    assert found is not None
    assert found.python_line == line
    assert found.cause is not None and found.cause.code == "P09"


def with_flat_answers(tmp_path: Path, source: str) -> Trace:
    """The port of `bp` given its answers as a vector of one dimension."""
    from dataclasses import replace

    pair: Pair = replace(HAND["bp"], python_call="bp(W1, W2, b1, b2, x, y.ravel())")
    return pair.record_port(tmp_path, {pair.entry: source})


def test_what_is_put_into_an_array_by_parts_is_told_with_the_whole(tmp_path: Path) -> None:
    pair = HAND["lstm_parts"]
    source = pair.sources[pair.entry].replace("dc * c0 * f", "dc * c * f")
    port = pair.record_port(tmp_path, {pair.entry: source})
    found = first_divergence(original("lstm_parts"), port, explain=False)
    assert found is not None and found.matlab is not None and found.python is not None
    assert found.python_line == source[: source.index("dc * c * f")].count("\n") + 1
    assert (found.kind, found.matlab.name, found.matlab.shape) == ("value", "dz", (12, 4))
    assert found.python.line > found.python_line and not np.isnan(found.python.value).any()


def test_one_variable_of_a_statement_that_agrees_clears_no_operand_of_another(tmp_path: Path) -> None:
    pair = HAND["bp"]
    text = pair.sources[pair.entry].replace("a1 * (1 - a1)", "a1 * (1 + a1)")
    text = text.replace(
        "    grad2 = delta2 @ a1.T\n    grad1 = delta1", "    grad2, grad1 = delta2 @ a1.T, delta1"
    )
    found = first_divergence(original("bp"), pair.record_port(tmp_path, {pair.entry: text}), explain=False)
    assert found is not None and found.python_line == text[: text.index("(1 + a1)")].count("\n") + 1


def test_a_number_that_agrees_until_what_it_is_computed_from_differs_is_not_blamed() -> None:
    sources = {
        "matlab": "w = 0.7312;\nfor i = 1:3\n  e = sin(w);\n  w = w - e;\nend\n",
        "python": "w = 0.7312\nfor i in range(3):\n    e = np.sin(w)\n    w = w - e * e\n",
    }
    traces = {}
    for language, source in sources.items():
        w, rows = 0.7312, [(1, "w", 0.7312)]
        for _ in range(3):
            e = np.sin(w)
            w = w - (e if language == "matlab" else e * e)
            rows += [(3, "e", e), (4, "w", w)]
        traces[language] = trace(language, source, rows)
    found = first_divergence(traces["matlab"], traces["python"], explain=False)
    assert found is not None and (found.matlab_line, found.python_line) == (4, 4)


def test_a_vector_strung_out_in_another_order_is_beside_the_original_s(tmp_path: Path) -> None:
    pair = HAND["square_unrolled"]
    text = pair.sources[pair.entry].replace('gW.reshape(-1, 1, order="F"), gb', "v, gb")
    text = text.replace("    g = np.conc", "    v = gW.reshape(-1, 1)\n    g = np.conc")
    found = first_divergence(original("square_unrolled"), pair.record_port(tmp_path, {pair.entry: text}))
    assert found is not None and found.cause is not None and found.cause.code in ("L03", "L04")
    assert found.python_line == text[: text.index("v = gW")].count("\n") + 1


def test_a_square_layout_of_the_port_s_own_is_no_mistake(tmp_path: Path) -> None:
    pair = HAND["square_unrolled"]
    rows = pair.sources[pair.entry].replace(', order="F")\n    b', ")\n    b").replace("W @ X", "W.T @ X")
    assert (
        first_divergence(original("square_unrolled"), pair.record_port(tmp_path, {pair.entry: rows})) is None
    )
    wrong = rows.replace("gW = s @ X.T", "gW = 2 * s @ X.T")
    found = first_divergence(original("square_unrolled"), pair.record_port(tmp_path, {pair.entry: wrong}))
    assert found is not None and found.python_line == wrong[: wrong.index("gW = 2")].count("\n") + 1


def test_a_broadcast_is_told_in_a_sentence(tmp_path: Path) -> None:
    port = with_flat_answers(tmp_path, HAND["bp"].sources["bp.py"])
    found = first_divergence(original("bp"), port)
    assert found is not None
    assert str(found).startswith(
        "delta2 at bp.m:10 is (3, 1); bp.py:11 is (3, 3): `a2 - y` broadcast (n,1) - (n,)"
    )
    assert found.kind == "shape" and found.fix is not None and "y" in found.fix.before


@pytest.mark.slow
def test_going_on_past_the_first_finds_the_second(tmp_path: Path) -> None:
    source = HAND["bp"].sources["bp.py"].replace("grad1 = delta1", "grad1 = 2 * delta1")
    found = divergences(original("bp"), with_flat_answers(tmp_path, source))
    assert [item.python_line for item in found] == [11, 14]
    assert found[1].cause is not None and found[1].cause.code in ("P04", "S03", "P08")


@pytest.mark.slow
def test_samples_in_rows_are_told_once_and_followed(tmp_path: Path) -> None:
    pair = HAND["batch_norm"]
    source = pair.sources[pair.entry].replace("d_beta = np.sum(dout", "d_beta = 2 * np.sum(dout")
    found = first_divergence(original("batch_norm"), pair.record_port(tmp_path, {pair.entry: source}))
    assert found is not None
    assert {"x", "centred", "normed"} <= set(found.transposed)
    assert found.python_line == source[: source.index("d_beta =")].count("\n") + 1
    assert found.renames is not None and found.renames["dxhat"] == "d_normed"


def test_statements_that_agree_by_content(tmp_path: Path) -> None:
    pair = HAND["batch_norm"]
    pairs = {(m.name, p.name) for m, p in agreeing_lines(original("batch_norm"), pair.record_port(tmp_path))}
    assert {("mu", "mean"), ("xhat", "normed"), ("dxhat", "d_normed"), ("dgamma", "d_gamma")} <= pairs


@pytest.mark.live
@pytest.mark.skipif(shutil.which("octave-cli") is None, reason="octave-cli is not installed")
def test_kept_traces_are_what_octave_gives() -> None:
    from port.reference.engine import Session

    with Session() as session:
        for name in ("bp", "batch_norm"):
            again, kept = HAND[name].record_original(session), original(name)
            assert [event.site for event in again.events] == [event.site for event in kept.events]
            assert all(
                mismatch(a.value, b.value) is None for a, b in zip(again.events, kept.events, strict=True)
            )
