"""The shape walk: its lines compute what they say, its wrong ways are wrong, it refuses what makes no sense."""

import json
import subprocess
import sys

import numpy as np
import pytest

from port.backprop import activations, losses
from port.backprop.explain import choices, explain
from port.cli import main
from port.errors import ArgumentError
from port.report.explain import explain_page
from port.report.page import render

SUMS = losses.Convention(half=False, over="sum"), losses.Convention(half=True, over="sum")
OCTAVE_PAIRS = [("sigmoid", "squared_error"), ("softmax", "cross_entropy"), ("tanh", "squared_error")]


@pytest.mark.parametrize("sizes", [(4, 3), (3, 4, 3), (2, 5, 4, 3)])
@pytest.mark.parametrize(("activation", "loss"), OCTAVE_PAIRS)
def test_the_numpy_lines_compute_the_numbers(activation, loss, sizes):
    walk = explain(activation, loss, shape=(3, 5), sizes=sizes)
    cost = losses.REGISTRY[loss](SUMS[loss == "squared_error"])
    names = {**walk.inputs, "activations": activations, "loss": cost, "np": np}
    for line in (*walk.forward, *walk.backward):
        exec(line.numpy, names)
        np.testing.assert_allclose(names[line.name], line.value, rtol=1e-13, atol=1e-15)


@pytest.mark.live
@pytest.mark.parametrize(("activation", "loss"), OCTAVE_PAIRS)
def test_the_matlab_lines_compute_the_numbers_in_octave(activation, loss, tmp_path):
    from port.reference.engine import find_engines, run
    from port.reference.matfile import read_mat, write_mat

    if not any(engine.name == "GNU Octave" for engine in find_engines()):
        pytest.skip("GNU Octave is not installed")
    walk = explain(activation, loss, shape=(3, 5), sizes=(4, 6, 3))
    lines = (*walk.forward, *walk.backward)
    write_mat(tmp_path / "in.mat", walk.inputs)
    names = ", ".join(f"'{line.name}'" for line in lines)
    script = "\n".join(line.matlab for line in lines)
    out = tmp_path / "out.mat"
    run(f"load('{tmp_path / 'in.mat'}');\n{script}\nsave('{out}', {names}, '-v7');", expect=[out])
    recorded = read_mat(out)
    for line in lines:
        np.testing.assert_allclose(recorded[line.name], line.value, rtol=1e-13, atol=1e-15)


def test_the_wrong_ways_are_wrong_where_the_jacobian_is_full():
    outcomes = {a.title: a.outcome for a in explain("softmax", "cross_entropy").attempts}
    assert [title for title, outcome in outcomes.items() if outcome == "right here"] == [
        "J on the wrong side"
    ]


def test_the_old_line_is_right_for_sigmoid_and_squared_error():
    attempts = explain("sigmoid", "squared_error").attempts
    right = {a.title for a in attempts if a.outcome == "right here"}
    assert {"the sigmoid line, unchanged", ".* with the diagonal of J alone"} <= right


def test_j_on_the_wrong_side_shows_where_j_is_not_symmetric():
    outcomes = {a.title: a.outcome for a in explain("log_softmax", "squared_error").attempts}
    assert outcomes["J on the wrong side"].startswith("off by up to")


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (2, 1), (10, 3), (40, 60)])
def test_any_shape_is_walked(shape):
    walk = explain("softmax", "cross_entropy", shape=shape)
    assert walk.backward[1].value.shape == shape
    assert walk.jacobian.shape == (shape[0], shape[0])


@pytest.mark.parametrize("activation", choices()["activations"])
@pytest.mark.parametrize("loss", choices()["losses"])
def test_every_pair_is_explained_or_refused_with_a_reason(activation, loss):
    try:
        walk = explain(activation, loss)
    except ArgumentError as refused:
        assert "needs" in str(refused)
        return
    assert all(np.isfinite(line.value).all() for line in (*walk.forward, *walk.backward))
    assert f"{activation} and {loss}" in render(explain_page(walk))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["softmx", "cross_entropy"], "softmx"),
        (["softmax", "crossentropy"], "cross_entropy"),
        (["softmax", "cross_entropy", "--shape", "3,5", "--layers", "3,4,2"], "do not fit"),
        (["softmax", "cross_entropy", "--shape", "0,5"], "at least 1"),
        (["softmax", "cross_entropy", "--shape", "3"], "K,N"),
        (["softmax"], "name a loss too"),
        (["softmax", "cross_entropy", "--shape", "99999999999999999999,2"], "up to 1000"),
        (["softmax", "cross_entropy", "--html", "."], "is a folder; name a file"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments, says, capsys):
    assert main(["explain", *arguments]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"shape": 3}, "shape is 3; whole numbers"),
        ({"shape": (2.5, 3)}, "shape is (2.5, 3)"),
        ({"shape": ("a", 1)}, "shape is ('a', 1)"),
        ({"shape": (3, 5, 1)}, "3,5,1 is not K,N"),
        ({"sizes": 3}, "sizes is 3"),
        ({"loss": ["a"]}, "no loss is called ['a']"),
    ],
)
def test_arguments_that_are_no_whole_numbers_or_names_are_said(given, says):
    with pytest.raises(ArgumentError) as caught:
        explain(**given)
    assert says in str(caught.value)


def test_numbers_of_numpy_are_taken_as_whole_numbers():
    walk = explain(shape=np.array([3, 5]))
    assert walk.sizes == (4, 3) and all(type(size) is int for size in (*walk.sizes, walk.samples))


def test_the_command_writes_a_page_and_json(tmp_path, capsys):
    page = tmp_path / "walk.html"
    assert main(["explain", "softmax", "cross_entropy", "--shape", "3,5", "--html", str(page), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["structure"] == "diagonal minus outer"
    html = page.read_text()
    assert "<math" in html and "http" not in html.replace("http-equiv", "")


def test_without_arguments_it_lists_what_it_can_explain(capsys):
    assert main(["explain"]) == 0
    assert "softmax" in capsys.readouterr().out


def test_the_command_runs_as_installed():
    done = subprocess.run(
        [sys.executable, "-m", "port", "explain", "sigmoid", "squared_error"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert "(a - y) .* a .* (1 - a)" in done.stdout


def test_layers_alone_say_how_many_outputs_there_are(capsys):
    assert main(["explain", "softmax", "cross_entropy", "--layers", "3,4,2"]) == 0
    assert "network 3-4-2, 5 samples" in capsys.readouterr().out


def test_the_page_is_named(tmp_path, capsys):
    page = tmp_path / "the walk.html"
    assert main(["explain", "softmax", "cross_entropy", "--html", str(page)]) == 0
    assert capsys.readouterr().out.endswith(f"\npage: {page}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["the walk.html"]
