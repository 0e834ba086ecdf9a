"""`matport batch`: causes of what only the final outputs show, found by changing one statement at a time."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from port.batch import Job, Limits, Sandbox
from port.batch.attempts import alike, sketch
from port.batch.judge import Judged, Wanted, judge
from port.batch.mend import mend
from port.cli import main
from port.reference import Case, save_case
from port.reference.comparison import DEFAULT
from port.reference.quantities import quantities

RIGHT = """import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def slope(a):
    return a * (1 - a)

def train(W1, W2, X, Y, alpha, epochs):
    J = np.zeros((1, epochs))
    for it in range(epochs):
        z1 = W1 @ X
        a1 = sigmoid(z1)
        a2 = sigmoid(W2 @ a1)
        J[0, it] = np.sum((a2 - Y) ** 2) / 2
        d2 = (a2 - Y) * slope(a2)
        d1 = (W2.T @ d2) * slope(a1)
        W1 = W1 - alpha * d1 @ X.T
        W2 = W2 - alpha * d2 @ a1.T
    return W1, W2, J
"""
SEEDED: dict[str, tuple[str, str, str]] = {
    "the slope of tanh": ("a * (1 - a)", "1 - a ** 2", "P05"),
    "the slope of what is no activation": ("slope(a1)", "slope(z1)", "P03"),
    "the slope of the activation's activation": ("a * (1 - a)", "sigmoid(a) * (1 - sigmoid(a))", "N06"),
    "half of the slope": ("a * (1 - a)", "1 - a", "P09"),
    "no slope": (" * slope(a1)", "", "N07"),
    "another activation": ("a1 = sigmoid(z1)", "a1 = np.tanh(z1)", "P05"),
    "a rate written out": ("W1 - alpha * d1", "W1 - 0.3 * d1", "P04"),
    "a step uphill": ("W2 - alpha", "W2 + alpha", "N02"),
    "an error in the shapes": ("d1 @ X.T", "d1 @ X", "L02"),
}
UNTOLD = {
    "right": ("", ""),
    "two mistakes": (" / 2\n        d2 = (a2 - Y)", "\n        d2 = np.cos(a2 - Y)"),
    "nothing of it": ("W1 = W1 - alpha", "W1 = np.sin(W1) * alpha + np.tan(alpha) - alpha"),
}


def arguments(number: int = 0) -> dict[str, Any]:
    """The arguments of a run: D = 2 or 4, K = 2, N = 5 or 6."""
    draw = np.random.default_rng(number)
    d, n = ((2, 5), (4, 6))[number]
    weights = draw.standard_normal((3, d)), draw.standard_normal((2, 3))
    x, y = draw.standard_normal((d, n)), draw.integers(0, 2, (2, n)) * 1.0
    return dict(zip(("W1", "W2", "X", "Y", "alpha", "epochs"), (*weights, x, y, 0.5, 6), strict=True))


def expected(given: Mapping[str, Any]) -> dict[str, Any]:
    space: dict[str, Any] = {}
    exec(RIGHT, space)
    return dict(zip(("W1", "W2", "J"), space["train"](**given), strict=True))


@pytest.fixture(scope="module")
def wanted() -> list[Wanted]:
    """What two cases of training want."""
    found = []
    for number in (0, 1):
        given = arguments(number)
        out = expected(given)
        case = Case(f"case_{number}", input=given, expected=out, meta={})
        found.append(Wanted(case, given, list(out), quantities(out), DEFAULT))
    return found


@pytest.fixture(scope="module")
def sandbox(wanted: list[Wanted]) -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60.0)) as running:
        running.load([{"arguments": each.arguments, "outputs": each.outputs} for each in wanted])
        yield running


def looked_into(
    sandbox: Sandbox, wanted: Sequence[Wanted], files: Mapping[str, str]
) -> tuple[list[Judged], Any]:
    """What a submission returned, judged, and the change that was found."""
    job = Job({name: text.encode() for name, text in files.items()}, "mine.py", "train")
    run = sandbox.play(job)
    judged = [judge(want, run, number) for number, want in enumerate(wanted)]
    return judged, mend(sandbox, job, judged)


def changed(before: str, after: str) -> str:
    assert RIGHT.count(before or RIGHT) == 1
    return RIGHT.replace(before, after) if before else RIGHT


QUICK = ("the slope of tanh", "an error in the shapes", "right")


def rows(table: Mapping[str, Any]) -> list[Any]:
    """Rows of a table, those that take longer marked."""
    return [
        pytest.param(*row, id=key, marks=[] if key in QUICK else pytest.mark.slow)
        for key, row in table.items()
    ]


@pytest.mark.parametrize(("before", "after", "code"), rows(SEEDED))
def test_a_mistake_that_only_results_show_is_named(
    sandbox: Sandbox, wanted: list[Wanted], before: str, after: str, code: str
) -> None:
    source = changed(before, after)
    judged, found = looked_into(sandbox, wanted, {"mine.py": source})
    assert found is not None and found.code == code
    line = source[: source.index(after)].count("\n") + 1 if after else 17
    assert found.detail.startswith(f"mine.py:{line}: ") and found.detail.endswith("everything agrees")
    told = found.told([each.results for each in judged])
    assert [row.cause for results in told for row in results if row.cause] == [code]


@pytest.mark.parametrize(("before", "after"), rows(UNTOLD))
def test_what_no_single_change_sets_right_is_not_named(
    sandbox: Sandbox, wanted: list[Wanted], before: str, after: str
) -> None:
    assert looked_into(sandbox, wanted, {"mine.py": changed(before, after)})[1] is None


def test_a_mistake_in_another_file_of_the_submission_is_named(sandbox: Sandbox, wanted: list[Wanted]) -> None:
    head, _, tail = changed("a * (1 - a)", "a * (1 + a)").partition("def train")
    files = {
        "helpers.py": head,
        "mine.py": f"import numpy as np\nfrom helpers import sigmoid, slope\ndef train{tail}",
    }
    found = looked_into(sandbox, wanted, files)[1]
    assert found is not None and found.code == "P01" and found.detail.startswith("helpers.py:7: ")


LIES = {
    "nothing": {},
    "no file": {"file": "../../etc/passwd", "source": RIGHT},
    "an unknown cause": {
        "file": "mine.py",
        "source": RIGHT,
        "code": "X99",
        "what": "",
        "before": "",
        "after": "",
    },
    "no text": {"file": "mine.py", "source": 3, "code": "P01", "what": "", "before": "", "after": ""},
    "what does not help": {
        "file": "mine.py",
        "source": "",
        "code": "P01",
        "what": "",
        "before": "",
        "after": "",
    },
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_a_submission_says_of_changes_is_not_believed(
    sandbox: Sandbox, wanted: list[Wanted], lie: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [*range(3), -1, "2", None]
    sketches = [{name: sketch(array) for name, array in wanted[0].arrays.items()}] * len(numbers)
    said = {"count": 10**9, "numbers": numbers, "sketches": sketches}
    monkeypatch.setattr(sandbox, "attempt", lambda *_: said)
    monkeypatch.setattr(sandbox, "tell", lambda job, case, changes: [lie] * len(changes))
    assert looked_into(sandbox, wanted, {"mine.py": changed(*SEEDED["no slope"][:2])})[1] is None


@pytest.mark.parametrize(
    "said", [{}, {"count": "x"}, {"numbers": 3, "sketches": [1]}, {"numbers": [1], "sketches": ["x"]}]
)
def test_nonsense_is_not_believed(
    sandbox: Sandbox, wanted: list[Wanted], said: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "attempt", lambda *_: said)
    assert looked_into(sandbox, wanted, {"mine.py": changed(*SEEDED["no slope"][:2])})[1] is None


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        pytest.param(np.eye(3), np.eye(3) * (1 + 1e-15), True, id="rounding"),
        pytest.param(
            np.ones((2, 1)), np.ones(2), True, id="a vector of one dimension: its shape is looked at later"
        ),
        pytest.param(np.array([[np.nan, 1.0]]), np.array([[np.nan, 1.0]]), True, id="NaN on both sides"),
        pytest.param(np.array([[np.inf, 1.0]]), np.array([[np.inf, 1.0]]), True, id="infinite on both sides"),
        pytest.param(np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(3, 2), False, id="another order"),
        pytest.param(np.ones((2, 2)), np.ones((2, 3)), False, id="another size"),
        pytest.param(np.ones((2, 2)), np.full((2, 2), 1.001), False, id="other values"),
    ],
)
def test_sketches_are_alike_where_arrays_are(want: np.ndarray, got: np.ndarray, same: bool) -> None:
    assert alike(want, sketch(got)) is same


def test_a_batch_that_searches_tells_the_cause_and_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.py").write_text(changed("W2 - alpha", "W2 + alpha"))
    given = arguments()
    save_case(Case("case", input=given, expected=expected(given), meta={}), tmp_path / "case.mat")
    (tmp_path / "manifest.csv").write_text("submission,code,case,function\nada,mine.py,case.mat,train\n")
    told = []
    for number, options in enumerate(([], ["--search"])):
        output = tmp_path / str(number)
        command = [
            "batch",
            str(tmp_path / "manifest.csv"),
            "-o",
            str(output),
            "--timeout",
            "60",
            "--jobs",
            "1",
        ]
        assert main([*command, *options]) == 1
        with (output / "results.csv").open() as file:
            told.append([(row["cause"], row["detail"]) for row in csv.DictReader(file) if row["cause"]])
        assert ("1 submission without a cause: --search" in capsys.readouterr().out) is not bool(options)
    detail = (
        "`+` stands for `-`; with `W2 - (alpha * d2 @ a1.T)` for `W2 + alpha * d2 @ a1.T` everything agrees"
    )
    assert told == [[], [("N02", f"mine.py:19: {detail}")]]
