"""A difference that is meant passes while it is what was meant, and fails when it vanishes or grows."""

import numpy as np
import pytest

from port.errors import CaseError
from port.reference import Case, compare, load_case, save_case
from port.reference.ledger import Intended, apply_ledger, case_ledger, load_ledger, unused

WANT = {"loss": np.full((1, 1), 2.0), "dW": [np.arange(6.0).reshape(2, 3), np.eye(2)], "p": np.ones((2, 2))}
CLIPPED = Intended("saturated", "loss", "log(0) is clipped", at_most=0.01)
LAYERS = Intended("saturated", "dW{*}", "the last layer is fused", at_most=1e-3, elements=2)


def changed(name, value):
    """What Python gives: as wanted, but for one quantity."""
    got = {**WANT, "dW": [*WANT["dW"]]}
    if name.startswith("dW"):
        got["dW"][int(name[3]) - 1] = value
    elif value is None:
        del got[name]
    else:
        got[name] = value
    return got


def nudged(array, by, count=1):
    """The array with its first `count` elements moved by `by`."""
    array = array.copy()
    array.flat[:count] += by
    return array


ROWS = [
    ("within what is meant", CLIPPED, changed("loss", WANT["loss"] + 0.01), "loss", "intended"),
    ("vanished", CLIPPED, WANT, "loss", "vanished"),
    ("grown", CLIPPED, changed("loss", WANT["loss"] + 0.1), "loss", "grown"),
    ("not a number instead", CLIPPED, changed("loss", WANT["loss"] * np.nan), "loss", "grown"),
    ("another shape instead", CLIPPED, changed("loss", np.full((1, 2), 2.0)), "loss", "grown"),
    ("missing instead", CLIPPED, changed("loss", None), "loss", "grown"),
    ("one of several", LAYERS, changed("dW{2}", nudged(np.eye(2), 1e-4)), "dW{2}", "intended"),
    ("more elements than meant", LAYERS, changed("dW{2}", nudged(np.eye(2), 1e-4, 3)), "dW{2}", "grown"),
    ("none of several", LAYERS, WANT, "dW{1}", "vanished"),
    (
        "the shape that is meant",
        Intended("saturated", "p", "a row is enough", kind="shape", shape=(1, 4)),
        changed("p", np.ones((1, 4))),
        "p",
        "intended",
    ),
    (
        "another shape than meant",
        Intended("saturated", "p", "a row is enough", kind="shape", shape=(1, 4)),
        changed("p", np.ones((4, 1))),
        "p",
        "grown",
    ),
    (
        "left out on purpose",
        Intended("saturated", "p", "never kept in Python", kind="missing"),
        changed("p", None),
        "p",
        "intended",
    ),
    (
        "no such quantity",
        Intended("saturated", "q", "misspelt", at_most=1.0),
        WANT,
        "q",
        "vanished",
    ),
]


@pytest.mark.parametrize(
    ("entry", "got", "quantity", "verdict"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_row_is_judged(entry, got, quantity, verdict):
    judged = apply_ledger(compare(got, WANT), [entry])
    row = next(row for row in judged.table if row.quantity == quantity)
    assert row.verdict == verdict
    assert judged.ok is (verdict == "intended")
    assert entry.because in str(row)


def test_other_rows_are_judged_as_ever():
    got = changed("loss", WANT["loss"] + 0.01)
    got["p"] = got["p"] + 1
    judged = apply_ledger(compare(got, WANT), [CLIPPED])
    assert {row.quantity: row.verdict for row in judged.table} == {
        "loss": "intended", "dW{1}": "agree", "dW{2}": "agree", "p": "differ",
    }  # fmt: skip
    assert not judged.ok
    assert judged.worst.quantity == "p"


def test_the_first_entry_for_a_quantity_counts():
    loose = Intended("saturated", "*", "anything goes", at_most=np.inf)
    got = changed("loss", WANT["loss"] + 0.1)
    assert not apply_ledger(compare(got, WANT), [CLIPPED, loose]).ok
    assert apply_ledger(compare(got, WANT), [loose, CLIPPED]).ok


LEDGER = """
[[intended]]
case = "saturated*"
quantity = "loss"
because = "log(0) is clipped"
at_most = 1e-3
elements = 1
route = "engine"

[[intended]]
case = "wide"
quantity = "p"
because = "a row is enough"
kind = "shape"
shape = [1, 4]
"""


def test_the_ledger_is_read_and_split_by_case_and_route(tmp_path):
    (tmp_path / "ledger.toml").write_text(LEDGER)
    ledger = load_ledger(tmp_path)
    clipped = Intended("saturated*", "loss", "log(0) is clipped", 1e-3, 1, route="engine")
    shaped = Intended("wide", "p", "a row is enough", kind="shape", shape=(1, 4))
    assert ledger == (clipped, shaped)
    assert case_ledger(Case("saturated_800"), ledger, "engine") == (clipped,)
    assert case_ledger(Case("saturated_800"), ledger, "port") == ()
    assert case_ledger(Case("wide"), ledger, "port") == (shaped,)
    assert unused(ledger, ["saturated_800"]) == (shaped,)


def test_no_ledger_is_an_empty_one(tmp_path):
    assert load_ledger(tmp_path) == ()


@pytest.mark.parametrize("several", [False, True], ids=["struct", "struct array"])
def test_a_case_carries_its_own(tmp_path, several):
    entry = {"quantity": "loss", "because": "log(0) is clipped", "at_most": 0.01}
    if several:
        entries = np.empty((1, 2), [(name, object) for name in entry])
        for place in ((0, 0), (0, 1)):
            entries[place] = tuple(entry.values())
    save_case(Case("c", meta={"intended": entries if several else entry}), tmp_path / "c.mat")
    wanted = Intended("c", "loss", "log(0) is clipped", at_most=0.01)
    assert case_ledger(load_case(tmp_path / "c.mat"), ()) == (wanted,) * (1 + several)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("intended = 3", r"ledger\.toml: it may hold \[\[intended\]\] entries and nothing else"),
        ("[[intend]]\ncase='a'\nquantity='x'\nbecause='y'\nat_most=1", r"\[\[intended\]\] entries and nothing else"),
        ("intended = [3]", r"ledger\.toml: intended difference 1 needs case, quantity and because"),
        ("[[intended]]\ncase = 'a'", r"needs case, quantity and because, and may have at_most, because"),
        ("[[intended]]\ncase='a'\nquantity='x'\nbecause='y'\nat_moist=1", r"and may have at_most"),
        ("[[intended]]\ncase='a'\nquantity='x'\nbecause=' '\nat_most=1", r"difference of a, x has no `because`"),
        ("[[intended]]\ncase='a'\nquantity='x'\nbecause='y'", r"the intended difference of a, x has no `at_most`"),
        ("[[intended]]\ncase='a'\nquantity='x'\nbecause='y'\nkind='shape'", r"has no `shape`"),
        ("[[intended]]\ncase='a'\nquantity='x'\nbecause='y'\nkind='odd'", r"is of kind differ, shape"),
        ("[[intended]]\ncase='a'\nquantity='x'\nbecause='y'\nat_most='much'", r"1 has a value of the wrong kind"),
        ("[[intended]]\ncase=1\nquantity='x'\nbecause='y'\nat_most=1", r"1 has a value of the wrong kind"),
        ("[[intended", r"ledger\.toml: it cannot be read"),
    ],
)  # fmt: skip
def test_an_entry_that_says_too_little_is_refused(tmp_path, text, says):
    (tmp_path / "ledger.toml").write_text(text)
    with pytest.raises(CaseError, match=says):
        load_ledger(tmp_path)
