"""The compiled kernel against the plan on NumPy alone: the same numbers but for the last bits; when it is taken."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from port.backprop import L2, Layer, compiled, losses, train
from port.backprop.crew import crew
from port.cli import main

EPS = np.finfo(np.float64).eps
SIZES = {"two layers": (9, 7, 5), "four layers": (784, 30, 17, 9, 10), "one layer": (3, 2)}
GOALS = {
    "squared error of sigmoid": ("sigmoid", losses.SquaredError),
    "squared error of softmax": ("softmax", losses.SquaredError),
    "squared error of identity": ("identity", losses.SquaredError),
    "cross-entropy of softmax": ("softmax", losses.CrossEntropy),
    "binary cross-entropy": ("sigmoid", losses.BinaryCrossEntropy),
}
RULES = {
    "gd": {},
    "sgdm": {"optimiser": "sgdm", "momentum": 0.9},
    "traingdm with L2": {"optimiser": "traingdm", "momentum": 0.5, "l2": L2(0.1)},
    "gd with L2 of biases": {"l2": L2(0.1, biases=True)},
}


@pytest.fixture
def kernel():
    return pytest.importorskip("port.backprop.kernel", reason="numba is not installed", exc_type=ImportError)


def run(sizes, hidden="sigmoid", last="sigmoid", loss=losses.SquaredError, samples=139):
    rng = np.random.default_rng(sum(sizes))
    names = [hidden] * (len(sizes) - 2) + [last]
    layers = [
        Layer(rng.normal(size=(K, S)) / np.sqrt(S), rng.normal(size=(K, 1)), name)
        for (S, K), name in zip(pairwise(sizes), names, strict=True)
    ]
    y = np.eye(sizes[-1])[:, rng.integers(sizes[-1], size=samples)]
    return layers, loss(), rng.normal(size=(sizes[0], samples)), y


def both(*parts, **options):
    """A run by the kernel and the same on NumPy alone."""
    options = {"learning_rate": 0.05, "epochs": 2, "progress": False, **options}
    return train(*parts, **options), train(*parts, kernel=False, **options)


def assert_same_course(got, want, steps):
    """To 8 ULP of the largest number a step, for sums are taken in another order."""
    arrays = [
        [p for layer in h.layers for p in (layer.weights, layer.bias)]
        + [*h.steps.weights, *h.steps.biases, h.loss]
        for h in (got, want)
    ]
    for one, other in zip(*arrays, strict=True):
        assert one.shape == other.shape
        assert np.abs(one - other).max() <= 8 * EPS * max(4, steps) * max(1, np.abs(other).max())
    np.testing.assert_array_equal(got.accuracy, want.accuracy)


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("batch_size", [1, 2, 10, compiled.TILE, compiled.TILE + 1, None])
@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_every_size_of_batch_is_trained_alike(kernel, sizes, batch_size, rule):
    parts = run(sizes)
    order = np.random.default_rng(1).permutation(139)
    got, want = both(*parts, batch_size=batch_size, order=order, **RULES[rule])
    assert_same_course(got, want, 2 * 139 // (batch_size or 139))


@pytest.mark.parametrize("batch_size", [1, 8])
@pytest.mark.parametrize("hidden", ["identity", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("goal", GOALS)
def test_every_activation_and_goal_is_trained_alike(kernel, goal, hidden, batch_size):
    parts = run((6, 5, 4, 3), hidden, *GOALS[goal], samples=50)
    assert_same_course(*both(*parts, batch_size=batch_size), steps=100)
    assert_same_course(*both(*parts, batch_size=batch_size, fused=False), steps=100)


def test_shares_of_a_batch_are_one_step(kernel, monkeypatch):
    monkeypatch.setattr(compiled, "SHARED_FROM", 0)
    monkeypatch.setattr(compiled, "threads", lambda: 3)
    for rule in RULES.values():
        assert_same_course(*both(*run(SIZES["two layers"]), batch_size=50, **rule), steps=6)


def test_trainings_side_by_side_take_turns_with_the_threads(kernel, monkeypatch):
    monkeypatch.setattr(compiled, "SHARED_FROM", 0)
    monkeypatch.setattr(compiled, "threads", lambda: 3)
    parts = run(SIZES["two layers"])
    want = both(*parts, batch_size=50)[1]
    with ThreadPoolExecutor(4) as pool:
        for got in pool.map(lambda _: train(*parts, learning_rate=0.05, epochs=2, batch_size=50), range(12)):
            assert_same_course(got, want, steps=6)


@pytest.mark.parametrize("who", [0, 1, 2])
def test_an_error_in_one_thread_lets_the_others_go(kernel, who):
    def work(me, gate):
        if me == who:
            raise MemoryError(f"of thread {me}")
        kernel.meet(gate, me, 1)

    met = []
    with pytest.raises(MemoryError, match=f"of thread {who}"):
        crew(kernel, 2).together(work)
    crew(kernel, 2).together(lambda me, gate: met.append((me, kernel.meet(gate, me, 1))))
    assert sorted(met) == [(0, True), (1, True), (2, True)]


def test_the_exponential_is_right_to_an_ulp(kernel):
    rng = np.random.default_rng(0)
    x = np.r_[rng.uniform(-746, 711, size=2000), rng.normal(size=2000), 0, -0.0, 709.78, 709.79, -745.1]
    with np.errstate(over="ignore"):
        want = np.exp(x)
    got = np.array([kernel.exponential(value) for value in x])
    np.testing.assert_array_max_ulp(got, want, 2)
    special = [kernel.exponential(value) for value in (np.inf, -np.inf, np.nan, 1e300, -1e300)]
    np.testing.assert_array_equal(special, [np.inf, 0, np.nan, np.inf, 0])


def test_what_is_not_finite_shows(kernel):
    layers, loss, x, y = run((4, 3, 2), samples=3)
    x[1, 1] = np.nan
    history = train(layers, loss, x, y, learning_rate=0.1, epochs=1, batch_size=1)
    assert np.isnan(history.loss).all() and np.isnan(history.layers[0].weights).all()


# --- when it is taken ------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch):
    """Which plans a run takes."""
    plans = []
    lay_out = compiled.lay_out
    monkeypatch.setattr(compiled, "lay_out", lambda *parts: plans.append(lay_out(*parts)) or plans[-1])
    return plans


def test_it_is_taken_where_numba_is(kernel, asked):
    both(*run((4, 3, 2)))
    assert [type(plan) for plan in asked] == [compiled.CompiledPlan]


def test_the_environment_forbids_it(asked, monkeypatch, capsys):
    monkeypatch.setenv(compiled.SWITCH, "off")
    both(*run((4, 3, 2)))
    assert asked == [None]
    main(["doctor", "--json"])
    parts = {part["name"]: part["found"] for part in json.loads(capsys.readouterr().out)["parts"]}
    assert parts["training"] == "NumPy alone, for MATPORT_KERNEL is off"


IN_A_PROCESS = """
import sys
if {hidden}: sys.modules["numba"] = None
import numpy as np
from port.backprop import Layer, losses, train
assert "numba" not in sys.modules or sys.modules["numba"] is None
layers = [Layer(np.eye(2), np.zeros((2, 1)), "sigmoid")]
for _ in range(2):
    train(layers, losses.SquaredError(), np.eye(2), np.eye(2), learning_rate=1, epochs=1, batch_size=1)
kernel = sys.modules.get("port.backprop.kernel")
print(sum(kernel.online.stats.cache_misses.values()) if kernel else "no kernel")
"""


def trained(hidden):
    program = [sys.executable, "-c", IN_A_PROCESS.format(hidden=hidden)]
    return subprocess.run(program, capture_output=True, text=True, check=True)


def test_without_numba_one_line_says_so():
    done = trained(hidden=True)
    assert done.stdout == "no kernel\n"
    assert len(done.stderr.splitlines()) == 1 and "matport[fast]" in done.stderr


def test_the_second_process_does_not_compile(kernel):
    both(*run((4, 3, 2)), batch_size=1)
    done = trained(hidden=False)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_an_interruption_is_heard_between_the_pieces_of_an_epoch(kernel, monkeypatch):
    monkeypatch.setattr(compiled, "PIECE", 1)
    two, calls = train(*run((4, 3, 2)), learning_rate=0.1, epochs=2, batch_size=50), []
    walk = compiled.CompiledPlan.walk

    def interrupted(self, *arguments, **options):
        calls.append(1)
        if len(calls) == 2 * 3 + 2:
            raise KeyboardInterrupt
        walk(self, *arguments, **options)

    monkeypatch.setattr(compiled.CompiledPlan, "walk", interrupted)
    history = train(*run((4, 3, 2)), learning_rate=0.1, epochs=4, batch_size=50)
    assert history.interrupted and history.epochs == 2
    for one, other in zip(history.layers, two.layers, strict=True):
        np.testing.assert_array_equal(one.weights, other.weights)
