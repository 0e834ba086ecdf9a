"""References from the user's own function: the same program records them here and by hand."""

import json
import shutil
import subprocess

import mat_fidelity
import mat_files
import numpy as np
import pytest
from test_matfile import assert_same

from port.cli import main
from port.errors import ArgumentError, CaseError, EngineError, SourceError
from port.reference import compare, engine, load_case, save_case
from port.reference.capture import MATLAB_FILES, capture, program, recipe
from port.reference.case import Case
from port.reference.instrument import instrumented, signature, words
from port.reference.literal import literal
from port.reference.matfile import read_mat, write_mat
from port.reference.provenance import content_hash, file_sha256, verify, write_manifest

RNG = np.random.default_rng(3)
INPUTS = {"W": RNG.standard_normal((2, 3)), "X": RNG.standard_normal((3, 4)), "y": np.eye(2, 4)}
LAYER = """\
function [loss, grads] = layer(W, X, y)
% One layer; it's "ours": if end return
z = W * X;   # not a 'string
a = squash(z);
if nargin < 3, loss = sum(a(:)); grads = {}; return, end
s = 'it''s [ if'; f = @(t) t.^2;
m = [1, 2, ...  return
     numel(z(1, end))];
%{
return
%}
d = a - y;
for k = 1:3
    if k == 2
        continue
    end
end
W = W';
loss = 0.5 * sum(d(:) .^ 2);
grads = {d .* a .* (1 - a) * X', summed(d)};
ENDING
function r = summed(d)
r = sum(d, 2);
if r(1) > 1e9, return, end
ENDING
"""
SQUASH = "function a = squash(z)\na = 1 ./ (1 + exp(-z));   % größer als 0\nend\n"
octave = [
    pytest.mark.live,
    pytest.mark.skipif(not shutil.which("octave-cli"), reason="GNU Octave (octave-cli) is not here"),
]


def with_octave(test):
    for mark in octave:
        test = mark(test)
    return test


@pytest.fixture(params=["end", ""], ids=["ended functions", "open functions"])
def course(request, tmp_path):
    """A folder with a function, the function that it calls, and inputs."""
    (tmp_path / "layer.m").write_text(LAYER.replace("ENDING", request.param))
    (tmp_path / "squash.m").write_text(SQUASH, encoding="utf-8", newline="\r\n")
    (tmp_path / "unrelated.m").write_text("function unrelated\n")
    write_mat(tmp_path / "in.mat", INPUTS)
    return tmp_path


def python_layer(W, X, y):
    a = 1 / (1 + np.exp(-W @ X))
    d = a - y
    grads = [d * a * (1 - a) @ X.T, d.sum(axis=1, keepdims=True)]
    return {"loss": np.full((1, 1), 0.5 * (d**2).sum()), "grads": grads}, {
        "z": W @ X,
        "a": a,
        "d": d,
        "W": W.T,
    }


@with_octave
def test_outputs_are_recorded_with_their_provenance(course):
    what = recipe(course / "layer.m", inputs=course / "in.mat", name="one", title="why")
    case = capture(what, course / "one.mat")
    returned, _ = python_layer(**INPUTS)
    assert compare(returned, case).ok
    assert_same(case.input, INPUTS)
    assert (case.name, case.title, case.path) == ("one", "why", course / "one.mat")
    assert case.meta["call"] == "[loss, grads] = layer(W, X, y)"
    assert (case.meta["engine"], case.meta["script"]) == ("GNU Octave", "layer.m")
    assert case.meta["version"].split(".")[0].isdigit()
    assert case.meta["script_sha256"] == file_sha256(course / "layer.m")
    assert [line.split()[0] for line in case.meta["sources"]] == ["layer.m", "squash.m"]
    assert case.meta["sources"][1].split()[1] == file_sha256(course / "squash.m")


@with_octave
def test_intermediates_are_every_variable_that_is_new_or_changed(course):
    what = recipe(course / "layer.m", inputs=course / "in.mat", intermediates=True)
    case = capture(what, course / "ref.mat")
    returned, assigned = python_layer(**INPUTS)
    others = {"k": 3.0, "m": np.array([[1.0, 2.0, 1.0]]), "s": "it's [ if"}
    assert set(case.expected) == {*returned, *assigned, *others}
    assert compare(
        {**returned, **assigned}, {name: case.expected[name] for name in (*returned, *assigned)}
    ).ok
    assert_same(case.expected["m"], others["m"])
    assert case.expected["s"] == others["s"]


@with_octave
def test_an_early_return_is_recorded_too(course):
    what = recipe(
        course / "layer.m", call="[L, ~] = layer(W, X);", inputs=course / "in.mat", intermediates=True
    )
    case = capture(what, course / "ref.mat")
    _, assigned = python_layer(**INPUTS)
    assert set(case.expected) == {"L", "z", "a", "loss", "grads"}
    assert compare(case.expected["a"], assigned["a"]).ok
    assert case.expected["grads"] == []


@with_octave
@pytest.mark.parametrize("intermediates", [False, True], ids=["outputs", "intermediates"])
def test_by_hand_the_same_file_comes_out(course, intermediates):
    what = recipe(course / "layer.m", inputs=course / "in.mat", name="ref", intermediates=intermediates)
    here = capture(what, course / "ref.mat")
    elsewhere = course / "elsewhere"
    elsewhere.mkdir()
    (script,) = program(what).write(elsewhere)
    run_by_hand(elsewhere, script.stem)
    assert content_hash(load_case(elsewhere / "ref.mat")) == content_hash(here)
    assert sorted(path.name for path in elsewhere.iterdir()) == ["capture_ref.m", "ref.mat"]


def run_by_hand(folder, name):
    command = ["octave-cli", "--norc", "--quiet", "--eval", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@with_octave
def test_a_script_is_recorded_even_if_it_clears_everything(tmp_path):
    (tmp_path / "steps.m").write_text(
        "clear all; clc\nx = 3;\nif x > 2\n  y = {x ^ 2, 'two'};\nend\nf = @sin;\n"
    )
    case = capture(recipe(tmp_path / "steps.m"), tmp_path / "ref.mat")
    assert_same(case.expected, {"x": np.full((1, 1), 3.0), "y": [np.full((1, 1), 9.0), "two"]})


@with_octave
def test_a_script_gets_its_inputs(tmp_path):
    (tmp_path / "steps.m").write_text("y = 2 * x;\nx(1) = 7;\n")
    write_mat(tmp_path / "in.mat", {"x": np.ones((1, 3)), "unused": 1.0})
    case = capture(recipe(tmp_path / "steps.m", inputs=tmp_path / "in.mat"), tmp_path / "ref.mat")
    assert_same(case.expected, {"x": np.array([[7.0, 1.0, 1.0]]), "y": np.full((1, 3), 2.0)})


@with_octave
def test_large_inputs_lie_beside_the_script(tmp_path, monkeypatch):
    monkeypatch.setattr("port.reference.capture.EMBEDDED_LIMIT", 1000)
    (tmp_path / "double_it.m").write_text("function y = double_it(x)\ny = 2 * x;\n")
    x = RNG.standard_normal((50, 40))
    mat_files.write_hdf5(tmp_path / "in.mat", {"x": x})
    what = recipe(tmp_path / "double_it.m", inputs=tmp_path / "in.mat")
    assert [path.name for path in program(what).write(tmp_path)] == [
        "capture_double_it.m",
        "capture_double_it_inputs.mat",
    ]
    case = capture(what, tmp_path / "ref.mat")
    assert_same(case.expected["y"], 2 * x)
    assert_same(case.input["x"], x)


@with_octave
def test_the_inputs_of_a_case_can_be_used(course):
    save_case(Case("c", input=INPUTS, expected={"old": 1.0}), course / "case.mat")
    case = capture(recipe(course / "layer.m", inputs=course / "case.mat"), course / "ref.mat")
    assert_same(case.input, INPUTS)
    assert "old" not in case.expected


@with_octave
def test_the_manifest_of_the_folder_is_kept_up_to_date(course):
    folder = course / "suite"
    folder.mkdir()
    save_case(Case("other", expected={"x": 1.0}), folder / "other.mat")
    write_manifest(folder)
    capture(recipe(course / "layer.m", inputs=course / "in.mat", name="ref"), folder / "ref.mat")
    assert verify(folder) == ()


FAILURES = {
    "fails": ("error('no luck')", r"no luck"),
    "never assigns": ("", r"y|undefined"),
    "returns a handle": ("y = @sin;", r"the output y is no number, text, cell or struct"),
    "takes too long": ("pause(30)", r"(timeout|too long|longer|seconds|stopped)"),
}


@with_octave
@pytest.mark.parametrize(("body", "says"), FAILURES.values(), ids=FAILURES)
def test_a_function_that_does_not_finish_leaves_the_old_reference(tmp_path, body, says):
    (tmp_path / "f.m").write_text(f"function y = f()\n{body}\nend\n")
    (tmp_path / "ref.mat").write_bytes(b"old")
    with pytest.raises(EngineError, match=says):
        capture(recipe(tmp_path / "f.m"), tmp_path / "ref.mat", timeout=2 if "pause" in body else 30)
    assert (tmp_path / "ref.mat").read_bytes() == b"old"


@with_octave
def test_literals_give_the_value_back_bit_for_bit(tmp_path):
    rows = [row for row in mat_fidelity.ROWS if row.name != "char row, not ASCII"]
    extra = [
        RNG.standard_normal((70, 9)),
        np.array([[-1.0, 0.1 + 0.2, 2.0**-1074, 1e308, 2.0**53, -0.0]]),
        np.array([[np.float32(0.1)]]),
        "it's a % 'quote'\n",
        {"a": [{"b": [[1.0, "x"], []]}]},
    ]
    values = {f"v{k}": value for k, value in enumerate([*(row.value for row in rows), *extra])}
    lines = [f"{name} = {literal(value)};" for name, value in values.items()]
    text = "\n".join([*lines, f"save('out.mat', {', '.join(map(repr, values))}, '-v7');"])
    helpers = tmp_path / "helpers"
    helpers.mkdir()
    shutil.copy(MATLAB_FILES / "matport_numbers.m", helpers)
    (tmp_path / "out.mat").write_bytes(
        engine.run(text, load_paths=[helpers], expect=["out.mat"]).files["out.mat"]
    )
    read = read_mat(tmp_path / "out.mat")
    write_mat(tmp_path / "want.mat", values)
    assert_same(read, read_mat(tmp_path / "want.mat"))


@pytest.mark.parametrize(
    ("header", "name", "outputs", "inputs"),
    [
        ("function f", "f", (), ()),
        ("% comment\n\nfunction f()", "f", (), ()),
        ("function y = f(x)", "f", ("y",), ("x",)),
        ("function [a, b] = f(x, ~, varargin)", "f", ("a", "b"), ("x", "~", "varargin")),
        ("function [a, ... first\n  b] = f(x, ...\n  y)", "f", ("a", "b"), ("x", "y")),
        ("%{\nfunction no(x)\n%}\nfunction [] = f( )", "f", (), ()),
    ],
)
def test_a_signature_is_read(header, name, outputs, inputs):
    found = signature(f"{header}\nx = 1;\n")
    assert (found.name, found.outputs, found.inputs) == (name, outputs, inputs)


def test_a_script_has_no_signature():
    assert signature("x = 1;\nfunction y = f(x)\ny = x;\nend\n") is None
    assert signature("") is None


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("if x, y = 'end'; end % end", ["if", "x", "y", "end"]),
        ("y = \"return\"; z = x'; w = [x' 'end'];", ["y", "z", "x", "w"]),
        ("a = b(end); c{end} = d.end;", ["a", "b", "c", "d"]),
        ("x = 'it''s'; return", ["x", "return"]),
        ("a = x.'; b = {1, 'if'}'; return # if", ["a", "x", "b", "return"]),
        ("%{\nif\n%}\nwhile x ... for\n  end", ["while", "x", "end"]),
    ],
)
def test_words_leave_out_text_comments_and_brackets(source, found):
    assert [word.text for word in words(source)] == found


def test_an_arguments_block_stays_first():
    source = "function y = f(x)\narguments\n    x (1,1) double\nend\ny = x;\nend\n"
    shown = instrumented(source)
    assert shown.index("arguments") < shown.index("'enter'") < shown.index("y = x;") < shown.index("'leave'")


@pytest.mark.parametrize(
    "source", ["function f\nif x\n", "function f\nend\nend\nfunction g\nif x\n end\nend"]
)
def test_blocks_that_do_not_close(source):
    if "function g" in source:
        assert instrumented(source).count("'leave'") == 1
    else:
        with pytest.raises(SourceError, match="do not close"):
            instrumented(source)


REFUSED = {
    "no such file": ({"source": "none.m"}, SourceError, r"none\.m: it cannot be read: no such file"),
    "no outputs": ({"call": "layer(W, X, y)"}, ArgumentError, r"names no outputs: write `\[a, b\] = layer"),
    "another function": ({"call": "a = squash(X)"}, ArgumentError, r"does not call layer"),
    "a missing input": (
        {"inputs": "few.mat"},
        ArgumentError,
        r"layer\.m needs the input W: the inputs have X, y",
    ),
    "no inputs file": ({"inputs": "none.mat"}, CaseError, r"none\.mat: it cannot be read"),
    "a name that is none": ({"name": "two words"}, ArgumentError, r"'two words' of a case must be letters"),
}


@pytest.mark.parametrize(("changes", "error", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_recorded_says_why(course, changes, error, says):
    write_mat(course / "few.mat", {"X": INPUTS["X"], "y": INPUTS["y"]})
    options = {"source": "layer.m", "inputs": "in.mat"} | changes
    paths = {key: course / value for key, value in options.items() if key in ("source", "inputs")}
    with pytest.raises(error, match=says):
        recipe(**{**options, **paths})


def test_missing_last_inputs_are_left_out(course):
    write_mat(course / "two.mat", {"W": INPUTS["W"], "X": INPUTS["X"]})
    assert recipe(course / "layer.m", inputs=course / "two.mat").call == "[loss, grads] = layer(W, X)"


@with_octave
def test_the_command_records(course, capsys):
    arguments = ["capture", f"{course}/layer.m", "--inputs", f"{course}/in.mat", "-o", f"{course}/ref.mat"]
    assert main(arguments) == 0
    assert "3 quantities of [loss, grads] = layer(W, X, y), by GNU Octave" in capsys.readouterr().out
    assert main([*arguments, "--json", "--intermediates"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["expected"]["grads{1}"] == {"size": [2, 3], "class": "float64"}


def test_the_command_writes_a_script_without_any_engine(course, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(course))
    arguments = ["capture", f"{course}/layer.m", "--inputs", f"{course}/in.mat", "-o", f"{course}/ref.mat"]
    assert main(arguments) == 2
    assert "--script" in capsys.readouterr().err
    assert main([*arguments, "--script"]) == 0
    assert "run capture_ref in MATLAB or Octave: it saves ref.mat beside itself" in capsys.readouterr().out
    assert (course / "capture_ref.m").exists()
    assert not (course / "ref.mat").exists()


def test_the_command_makes_the_folder_of_the_references(course, capsys):
    target = course / "references" / "layer.mat"
    arguments = ["capture", str(course / "layer.m"), "--inputs", str(course / "in.mat"), "--script", "--json"]
    assert main([*arguments, "-o", str(target)]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == [str(target.with_name("capture_layer.m"))]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("layer.m", "layer.m takes W, X, y: give --inputs"),
        ("layer.py", "is no MATLAB file"),
        ("my-layer 2.m", "MATLAB runs no file of this name"),
    ],
)
def test_the_command_asks_for_what_a_call_needs(course, name, says, capsys):
    if name != "layer.m":
        (course / name).write_text(LAYER)
    assert main(["capture", str(course / name)]) == 2
    assert says in capsys.readouterr().err


def test_the_command_refuses_what_is_no_mat_file(course, capsys):
    assert main(["capture", f"{course}/layer.m", "-o", f"{course}/ref.npz"]) == 2
    assert "a reference case is a .mat file" in capsys.readouterr().err
