"""`matport diverge`: what it prints, writes and returns, with a run that was recorded by hand and with Octave."""

import argparse
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from engines import needs_octave

from port.cli import main
from port.cli.calls import python_call_for, with_ints
from port.cli.diverge import ported
from port.cli.parting import Comparison, plainer
from port.cli.screen import beside, worst
from port.migrate import agreeing_lines, first_divergence, record_python
from port.migrate.agree import mismatch
from port.migrate.by_hand import load_reference
from port.reference.engine import OCTAVE, run
from port.reference.matfile import write_mat
from port.report.diverge import Side, anchors, laid_out

RECORDED = Path(__file__).parent / "data" / "bp_trace.mat"
"""Octave 7.3.0 ran `matport diverge bp.m port.py --inputs in.mat --script rec.m` with what is below."""
BP = """function [J, dW] = bp(W, b, x, y)
% one layer of sigmoid units, squared error
z = W * x + b;
a = 1 ./ (1 + exp(-z));
e = a - y;
J = sum(e .^ 2) / 2;
delta = e .* a .* (1 - a);
dW = delta * x';
end
"""
PORT = """import numpy as np


def backprop(W, b, x, y):
    z1 = W @ x + b
    out = 1 / (1 + np.exp(-z1))
    err = out - y
    J = 0.5 * np.sum(err**2)
    d = err * out * (1 - out)
    return J, d @ x.T
"""
SEEDED = {
    "flat": ("err = out - y", "err = out - y.ravel()"),
    "factor": ("0.5 * np.sum(err**2)", "np.sum(err**2)"),
    "slope": ("err * out * (1 - out)", "err * (1 - out)"),
    "operand": ("d @ x.T", "err @ x.T"),
    "sign": ("out - y", "y - out"),
}
INPUTS = {
    "W": np.array([[0.5, -1.0, 0.25, 2.0], [1.5, 0.75, -0.5, 0.1], [-0.3, 0.2, 0.9, -1.2]]),
    "b": np.array([[0.1], [-0.2], [0.3]]),
    "x": np.array([[0.7], [-0.4], [1.1], [0.6]]),
    "y": np.array([[0.0], [1.0], [0.0]]),
}


@pytest.fixture(name="folder")
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bp.m").write_text(BP)
    (tmp_path / "port.py").write_text(PORT)
    write_mat(tmp_path / "in.mat", INPUTS)
    shutil.copy(RECORDED, tmp_path / "ref.mat")
    return tmp_path


def seed(folder, name):
    """Write the port with a mistake; returns the line."""
    right, wrong = SEEDED[name]
    text = PORT.replace(right, wrong)
    (folder / "port.py").write_text(text)
    return next(n for n, line in enumerate(text.splitlines(), 1) if wrong in line)


def test_what_agrees_agrees(folder, capsys):
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat"]) == 0
    assert capsys.readouterr().out.startswith("AGREE: port.py computes what bp.m does")


@pytest.mark.parametrize(
    "name",
    [name if name == "flat" else pytest.param(name, marks=pytest.mark.slow) for name in SEEDED],
)
def test_a_mistake_is_told_on_one_screen(folder, name, capsys):
    line = seed(folder, name)
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat"]) == 1
    out = capsys.readouterr().out
    lines = out.rstrip("\n").split("\n")
    assert len(lines) <= 24 and max(map(len, lines)) <= 100
    assert lines[0].startswith(f"DIFFER: port.py line {line} does not do what bp.m line ")
    assert f"port.py:{line}  " in out and "bp.m:" in out
    assert "in MATLAB: " in out and "in Python: " in out
    assert "  Why   " in out and "  Fix   " in out


def test_the_fix_is_the_statement_as_it_should_be(folder, capsys):
    line = seed(folder, "factor")
    main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--json"])
    document = json.loads(capsys.readouterr().out)
    first = document["divergences"][0]
    assert document["status"] == "differ"
    assert first["python"]["line"] == line and first["matlab"]["line"] == 6
    assert first["causes"][0]["code"] == "S03"
    repaired = (folder / "port.py").read_text().splitlines()
    number, _, statement = first["fix"].partition(": ")
    repaired[int(number.removeprefix("line ")) - 1] = f"    {statement}"
    (folder / "port.py").write_text("\n".join(repaired))
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat"]) == 0


@pytest.mark.parametrize(
    ("statement", "part", "shown"),
    [
        ("d = ((e * a) * (1 - a))", "(e * a) * (1 - a)", "d = e * a * (1 - a)"),
        ("d = ((e * a) * b)", "(e * a) * b", "d = e * a * b"),
        ("d = (((e @ a) * b))", "(e @ a) * b", "d = e @ a * b"),
        ("d = (a + b) * (c)", "c", "d = (a + b) * c"),
        ("d = f((a - b) / 2)", "(a - b) / 2", "d = f((a - b) / 2)"),
        ("for i in range((n + 1)):", "n + 1", "for i in range(n + 1):"),
        ("    a * (b", "a * (b", "    a * (b"),
        ("d = e", "a", "d = e"),
    ],
)
def test_a_fix_has_no_parentheses_that_it_does_not_need(statement, part, shown):
    assert plainer(statement, part) == shown


@pytest.mark.parametrize(
    ("setting", "ends", "told"),
    [
        ("z1 = W[: n + 1] @ x + b", True, True),
        ("z1 = W[labels.ravel() - 1] @ x + b", True, True),
        ("z1 = W @ x + b * n", True, False),
        ("z1 = W[: n / 2] @ x + b", False, False),
    ],
)
def test_sizes_and_labels_come_as_ints_where_the_port_needs_them(folder, setting, ends, told, capsys):
    text = PORT.replace("(W, b, x, y)", "(W, b, x, y, n, labels)").replace("z1 = W @ x + b", setting)
    (folder / "port.py").write_text(text)
    given = {**INPUTS, "n": np.float64(2.0), "labels": np.array([[1.0], [2.0], [3.0]])}
    options = argparse.Namespace(port=folder / "port.py", timeout=60.0)
    python = ported(options, "backprop(W, b, x, y, n, labels)", given)
    assert (python.failure is None) == ends
    assert ("it is given ints" in capsys.readouterr().err) == told


def test_only_what_has_no_fraction_becomes_ints():
    given = {
        "n": np.float64(3.0),
        "rate": np.float64(0.5),
        "y": np.array([[1.0, 2.0]]),
        "limits": np.array([1.0, np.inf]),
        "X": np.eye(2),
        "s": "a",
    }
    made = with_ints(given)
    assert {name for name in given if made[name] is not given[name]} == {"n", "y"}
    assert type(made["n"]) is int and made["y"].dtype == np.int64


def test_the_page_holds_both_sources_and_the_pair(folder):
    line = seed(folder, "slope")
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--html", "out/page.html"]) == 1
    page = (folder / "out" / "page.html").read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert f'<td class="line right differ">≠ {line}</td>' in page
    assert '<td class="line left agree">= 3</td>' in page
    assert "delta = e .* a .* (1 - a);" in page
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["page.html"]


@pytest.mark.slow
def test_a_python_call_of_its_own(folder, capsys):
    (folder / "port.py").write_text(
        "import numpy as np\n\nclass Net:\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n\n"
        "    def grad(self, x, y):\n        self.a = 1 / (1 + np.exp(-(self.W @ x + self.b)))\n"
        "        e = self.a - y\n        self.delta = e * self.a\n        return np.sum(e**2) / 2, self.delta @ x.T\n"
    )
    options = ["--trace", "ref.mat", "--python-call", "Net(W, b).grad(x, y)"]
    assert main(["diverge", "bp.m", "port.py", *options]) == 1
    assert "port.py line 10 does not do what bp.m line 7 does" in capsys.readouterr().out


def test_a_map_leads_from_line_to_line(folder, capsys):
    line = seed(folder, "slope")
    (folder / "map.json").write_text(json.dumps({"5": 3, "6": 4, "7": 5, "8": 6, "9": 7}))
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--map", "map.json"]) in (1, 2)
    capsys.readouterr()
    (folder / "map.json").write_text("[1]")
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--map", "map.json"]) == 2
    assert "a map is a JSON object" in capsys.readouterr().err
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--map", "none.json"]) == 2
    assert "none.json: it cannot be read: no such file" in capsys.readouterr().err
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--map", "."]) == 2
    assert capsys.readouterr().err == "matport: .: it cannot be read: it is no file\n"
    assert line == 9


def test_what_makes_a_later_line_stop_is_named(folder, capsys):
    seed(folder, "flat")
    main(["diverge", "bp.m", "port.py", "--trace", "ref.mat"])
    out = capsys.readouterr().out
    assert "port.py line 7" in out.splitlines()[0] and "err in Python: (3, 3) float64" in out


def test_an_error_in_python_is_a_difference(folder, capsys):
    (folder / "port.py").write_text(PORT.replace("d @ x.T", "d @ x"))
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat"]) == 1
    out = capsys.readouterr().out
    assert "port.py line 10 stops: ValueError: matmul" in out


@pytest.mark.slow
def test_an_endless_loop_with_a_remedy_is_a_difference(folder, capsys):
    (folder / "port.py").write_text(
        PORT.replace("    err =", "    while np.size(out):\n        k = 1\n    err =")
    )
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--timeout", "1"]) == 1
    out = capsys.readouterr().out
    either_line = "port.py line 7 (is why port.py line 8 )?does not end"
    assert re.search(either_line, out)
    assert "while not np.size(out):" in out


def test_an_endless_loop_without_one_cannot_be_judged(folder):
    loop = "    from time import sleep\n    while True:\n        sleep(0.1)\n        k = 1\n    err ="
    (folder / "port.py").write_text(PORT.replace("    err =", loop))
    matlab = load_reference(folder / "ref.mat")
    python = record_python("port.py", "backprop(W, b, x, y)", matlab.inputs, timeout=1)
    found = first_divergence(matlab.trace, python, explain=False)
    told = Comparison(matlab.trace, python, [found], agreeing_lines(matlab.trace, python), "again")
    assert told.status == "cannot-tell"
    text = " ".join(told.text().split())
    assert "it took longer than 1 s; up to there nothing differs (2 lines agree)" in text
    assert "--timeout SECONDS" in text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["port.py", "bp.m", "--trace", "ref.mat"], "the MATLAB file comes first"),
        (["none.m", "port.py", "--inputs", "in.mat"], "none.m: it cannot be read"),
        (["bp.m", "none.py", "--inputs", "in.mat"], "none.py: it cannot be read"),
        (["bp.m", "port.py", "--trace", "none.mat"], "there is no such file"),
        (["bp.m", "port.py", "--trace", "in.mat"], "it is no recorded run"),
        (["bp.m", "port.py", "--trace", "bp.m"], "not a recorded trace"),
        (["bp.m", "port.py", "--trace", "ref.mat", "--timeout", "0"], "--timeout is greater than 0"),
        (["bp.m", "port.py", "--trace", "ref.mat", "--script", "s.m"], "give --script"),
        (["bp.m", "port.py", "--script", "2.m", "--inputs", "in.mat"], "a new MATLAB function"),
        (["bp.m", "port.py", "--script", "bp.m", "--inputs", "in.mat"], "a new MATLAB function"),
        (["bp.m", "port.py"], "bp.m takes W, b, x, y: give --inputs"),
        (["bp.m", "port.py", "--trace", "ref.mat", "--python-call", "backprop(("], "is no call in Python"),
        (["bp.m", "port.py", "--script", "s.m"], "bp.m takes W, b, x, y: give --inputs"),
        (
            ["bp.m", "port.py", "--trace", "ref.mat", "--python-call", "f(W)"],
            "port.py has no function f; its functions: backprop",
        ),
        (
            ["bp.m", "port.py", "--trace", "ref.mat", "--python-call", "backprop(q)"],
            "nothing was recorded: NameError: name 'q'",
        ),
        (["bp.m", "port.py", "--trace", "ref.mat", "--html", "port.py/x.html"], "cannot be written here"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(folder, options, words, capsys):
    assert main(["diverge", *options]) == 2
    told = capsys.readouterr()
    assert words in told.err and told.err.count("\n") == 1 and not told.out


def test_without_an_engine_the_other_way_is_named(folder, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("port.reference.engine.PROGRAMS", {OCTAVE: (), "MATLAB": ()})
    assert main(["diverge", "bp.m", "port.py", "--inputs", "in.mat"]) == 2
    error = capsys.readouterr().err
    assert "apt install octave" in error and "--script OUT.m" in error and "--trace" in error


def test_a_saved_trace_serves_too(folder, capsys):
    load_reference(folder / "ref.mat").trace.save(folder / "kept.trace")
    assert main(["diverge", "bp.m", "port.py", "--trace", "kept.trace"]) == 0
    record_python("port.py", None, INPUTS).save(folder / "python.trace")
    assert main(["diverge", "bp.m", "port.py", "--trace", "python.trace"]) == 2
    assert "it is a run of Python" in capsys.readouterr().err


def test_an_interruption_leaves_nothing(folder, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("port.cli.diverge.render", interrupted)
    assert main(["diverge", "bp.m", "port.py", "--trace", "ref.mat", "--html", "page.html"]) == 2
    assert "interrupted" in capsys.readouterr().err
    assert not list(folder.glob("*.html")) and not list(folder.glob(".*"))


def test_rows_pair_lines_without_crossing():
    pairs = anchors([(3, 5), (4, 4), (5, 6), (7, 7)], [(6, 8)])
    assert (6, 8) in pairs and pairs == sorted(pairs) and [p for _, p in pairs] == sorted(p for _, p in pairs)
    rows = list(laid_out(8, 9, pairs))
    assert [m for m, _ in rows if m] == list(range(1, 9)) and [p for _, p in rows if p] == list(range(1, 10))
    assert set(pairs) <= set(rows)


@pytest.mark.parametrize(
    ("original", "port", "text", "call"),
    [
        (
            "costFunction",
            "port",
            "def cost_function(t):\n    return helper(t)\n\ndef helper(t):\n    return t",
            "cost_function(t=t)",
        ),
        ("bp", "bp", "def a(t):\n    return t\n\ndef bp(t):\n    return a(t)", "bp(t=t)"),
        ("bp", "port", "def step(t):\n    return t\n\ndef run(t):\n    return step(t)", "run(t=t)"),
        ("bp", "port", "def run(x):\n    return x", "run(t)"),
        ("bp", "port", "x = 1\nprint(x)", None),
    ],
    ids=["the name most like it", "the file's name", "what no other calls", "other parameters", "a script"],
)
def test_the_function_that_is_the_port_is_found(tmp_path, original, port, text, call):
    matlab, python = tmp_path / f"{original}.m", tmp_path / f"{port}.py"
    matlab.write_text(f"function y = {original}(t)\ny = t;\nend\n")
    python.write_text(text)
    assert python_call_for(matlab, python, None, {"t": 1.0}) == call


def test_large_values_are_shown_where_they_differ():
    want = np.zeros((40, 50))
    got = want.copy()
    got[30, 45] = 1.0
    sides = [Side("MATLAB", "f.m", 1, 1, "", "a", "", want), Side("Python", "f.py", 1, 1, "", "b", "", got.T)]
    text = "\n".join(beside(sides, want, got))
    assert "is (29:32, 36:50)" in text and "is [43:47, 23:38]" in text and "1" in text
    assert worst(want, got) == "furthest off at (31,46): 0 in MATLAB, 1 in Python"
    assert worst(np.full((1, 2), 0.1), np.array([[0.1, 0.1 + 1e-7]])).endswith(
        "0.1 in MATLAB, 0.1000001 in Python"
    )


@needs_octave
class TestWithOctave:
    def test_both_are_recorded(self, folder, capsys):
        assert main(["diverge", "bp.m", "port.py", "--inputs", "in.mat"]) == 0
        line = seed(folder, "sign")
        assert (
            main(["diverge", "bp.m", "port.py", "--call", "[J, dW] = bp(W, b, x, y)", "--inputs", "in.mat"])
            == 1
        )
        assert f"port.py line {line} " in capsys.readouterr().out

    def test_a_call_that_is_none(self, folder, capsys):
        assert main(["diverge", "bp.m", "port.py", "--inputs", "in.mat", "--call", "bp(W, b"]) == 2
        assert "'bp(W, b' is no call in MATLAB" in capsys.readouterr().err

    def test_the_script_records_what_is_recorded_here(self, folder, capsys):
        assert main(["diverge", "bp.m", "port.py", "--inputs", "in.mat", "--script", "by_hand.m"]) == 0
        assert "--trace by_hand_trace.mat" in capsys.readouterr().out
        run("by_hand", load_paths=[folder])
        ours, kept = load_reference(folder / "by_hand_trace.mat"), load_reference(RECORDED)
        events = zip(ours.trace.events, kept.trace.events, strict=True)
        assert all(
            one.site == other.site and mismatch(one.value, other.value) is None for one, other in events
        )
        assert ours.trace.sources == kept.trace.sources and ours.trace.engine.startswith("GNU Octave ")
        assert {name: np.shape(value) for name, value in ours.inputs.items()} == {
            name: value.shape for name, value in INPUTS.items()
        }

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("statement", "words"),
        [
            ("e = imresize(a - y, 1);", "'imresize' "),
            ("while true, e = a - y; end", "it was stopped: it took longer than 2 s"),
            ("error('bp:bad', 'no such layer');", "no such layer"),
        ],
    )
    def test_a_matlab_run_that_does_not_end_well(self, folder, statement, words, capsys):
        (folder / "bp.m").write_text(BP.replace("e = a - y;", statement))
        assert main(["diverge", "bp.m", "port.py", "--inputs", "in.mat", "--timeout", "2"]) == 2
        out = capsys.readouterr().out
        assert out.startswith("CANNOT TELL: bp.m") and words in out
