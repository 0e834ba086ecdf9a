"""The report: one self-contained page, small at any size, that shows hostile text as text."""

import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from port.errors import MatportError
from port.report import figures, tables
from port.report.batch import batch_page
from port.report.check import CaseCard, Detail, check_page, difference_figures
from port.report.mathml import mathml
from port.report.page import Page, Table, Text, render, visible

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "quotes": "\"'`&amp;</td>",
    "newline": "one\ntwo",
    "null byte": "nul\0byte",
    "right to left": "\u202eevil\u202c",
    "long": "x" * 10_000,
    "template": "{{ 7 * 7 }}{% raw %}",
}


class Text_(HTMLParser):
    """The text of a page, and its elements."""

    def __init__(self):
        super().__init__()
        self.text, self.tags = [], []

    def handle_data(self, data):
        self.text.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def parsed(html):
    parser = Text_()
    parser.feed(html)
    return parser


def suite(cases, quantities, differing=0):
    """Frames and cards as `matport check` makes them."""
    names = [f"case_{k:04d}" for k in range(cases)]
    rows = pd.DataFrame(
        {
            "case": np.repeat(names, quantities),
            "route": np.tile(["port", "engine"], cases * quantities // 2),
            "quantity": np.tile([f"dW{{{q}}}" for q in range(quantities)], cases),
            "max_scaled": np.linspace(0, 1e-15, cases * quantities),
        }
    )
    verdicts = np.repeat(["agree", "differ"], [cases - differing, differing])
    summary = pd.DataFrame({"case": names, "route": "port", "verdict": verdicts, "quantities": quantities})
    summary = summary.assign(max_scaled=1e-15, worst="dW{1}")
    loss = np.linspace(1, 0.1, 30)
    cards = [
        CaseCard(name, "why", {"engine": "GNU Octave"}, "again", {"Octave": loss, "port": loss})
        for name in names
    ]
    rng = np.random.default_rng(0)
    details = [
        Detail(
            name, "port", "dW{1}", "differ", "worst at (1,1)", "", rng.random((64, 30)), rng.random((64, 30))
        )
        for name in names[-differing:][:12]
        if differing
    ]
    return summary, rows, details, cards


def page(*parts, intended=()):
    return render(check_page("AGREE: all", "agree", {"Cases": "some"}, *parts, intended))


@pytest.mark.parametrize(("cases", "quantities", "limit"), [(500, 20, 1_000_000), (2500, 4, 3_000_000)])
def test_a_large_suite_gives_a_small_page(cases, quantities, limit):
    html = page(*suite(cases, quantities, differing=20))
    assert len(html.encode()) < limit
    assert all(f"case_{k:04d}" in html for k in range(cases))


def test_a_page_is_self_contained():
    html = page(*suite(3, 4, differing=1))
    seen = parsed(html)
    policy = next(
        attrs["content"] for tag, attrs in seen.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert not [attrs for _, attrs in seen.tags if attrs.get("src")]
    assert {attrs["href"] for _, attrs in seen.tags if "href" in attrs} == {"data:,"}
    assert not re.search(r"https?://", html)
    assert not [
        attrs for _, attrs in seen.tags if "style" in attrs or any(name.startswith("on") for name in attrs)
    ]


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(name):
    frame = pd.DataFrame({name: [name]})
    html = render(Page(name, name, "agree", {name: name}, [Text(name), Table(frame, name)]))
    seen = parsed(html)
    assert [tag for tag, _ in seen.tags].count("script") == 1
    assert "alert(1)" not in html or "&lt;script&gt;" in html
    assert "\0" not in html
    assert "".join(seen.text).count(visible(name)[:20]) >= 4


def test_half_a_character_does_not_stop_the_page():
    assert "half ?" in render(Page("half \ud800", "v", "agree", {}, []))


def test_what_turns_the_direction_of_a_sentence_is_shown_instead():
    assert visible("DIFFER: \u202eevil\u202c differs") == "DIFFER: [U+202E]evil[U+202C] differs"


def test_long_text_says_how_long_it_is():
    assert visible("x" * 10_000).endswith("… (10,000 characters)")


@pytest.mark.parametrize(
    "values",
    [
        np.zeros((3, 4)),
        np.full((2, 2), np.nan),
        np.array([[np.inf, -np.inf, 1.0]]),
        np.ones((500, 300)),
        np.ones((1, 1)),
    ],
    ids=["zeros", "nan", "inf", "large", "one"],
)
def test_figures_draw_any_values(values):
    for drawn in (figures.heat_map(values, "map"), figures.bars(values.ravel()[:50], "bars", x_label="x")):
        assert drawn.startswith("<svg") and "nan" not in drawn.replace("role", "") and 'label="' in drawn
        assert len(drawn) < 40_000


@pytest.mark.parametrize(
    ("heights", "ticks"),
    [
        ([35, 2], ["0", "17", "35"]),
        ([1, 0], ["0", "1"]),
        ([1500, 3], ["0", "750", "1,500"]),
        ([0.5, 0.25], ["0", "0.25", "0.5"]),
        ([1e300, 1.0], ["0", "5e+299", "1e+300"]),
    ],
)
def test_the_axis_of_counts_has_whole_numbers(heights, ticks):
    drawn = figures.bars(heights, "bars", x_label="x")
    assert re.findall(r'text-anchor="end">([^<]*)<', drawn) == ticks


WANT = np.random.default_rng(0).standard_normal((3, 4))
COMPARED = {
    "one factor but for rounding": (WANT, WANT * 0.5 * (1 + 1e-16 * np.arange(12).reshape(3, 4))),
    "ratios beyond any scale": (WANT, WANT * np.logspace(0, 300, 12).reshape(3, 4)),
    "infinite and NaN": (WANT, np.where(WANT > 0, np.inf, np.nan)),
    "complex": (WANT, WANT * 1j),
    "logical": (WANT > 0, WANT <= 0),
    "three dimensions": (WANT.reshape(3, 2, 2), -WANT.reshape(3, 2, 2)),
    "no rows": (WANT[:0], WANT[:0]),
    "no columns": (WANT[:, :0], WANT[:, :0].astype(np.float32)),
    "one number": (np.array(1.0), np.array(2.0)),
}


@pytest.mark.parametrize(("want", "got"), COMPARED.values(), ids=COMPARED)
def test_any_two_arrays_of_a_shape_are_drawn(want, got):
    blocks = difference_figures(want, got, "dW{1}")
    assert bool(blocks) == bool(want.size)
    assert "nan" not in render(Page("drawn", "", "differ", {}, blocks)).split("<main", 1)[1]


def test_a_heat_map_marks_nan_and_keeps_the_strongest_of_each_block():
    values = np.zeros((100, 100))
    values[77, 33] = 5.0
    assert 'class="q8"' in figures.heat_map(values, "spike")
    values[1, 1] = np.nan
    assert 'class="qn"' in figures.heat_map(values, "hole")


def test_curves_leave_out_what_a_log_axis_cannot_show():
    drawn = figures.curves({"difference": np.array([0.0, 1e-16, 1e-12])}, "apart", x_label="epoch", log=True)
    assert drawn.count("<polyline") == 1 and "1e-16" in drawn
    assert "zero everywhere" in figures.curves({"none": np.zeros(3)}, "apart", x_label="epoch", log=True)


@pytest.mark.parametrize(
    ("formula", "has"),
    [
        (
            "dC/dW_ij = sum_k sum_s dC/da_k J_ks dz_s/dW_ij",
            ["<mfrac>", "<munder><mo>∑</mo><mi>k</mi></munder>", "<msub>"],
        ),
        ("J_ij = p_i [i = j] - p_i p_j", ["<mo>−</mo>", "<mo>[</mo>"]),
        ("a < b & c", ["&lt;", "&amp;"]),
    ],
)
def test_formulas_become_mathml(formula, has):
    drawn = mathml(formula)
    assert all(part in drawn for part in has)
    assert drawn.count("<mrow>") == drawn.count("</mrow>")


def test_tables_keep_what_they_hold():
    frame = pd.DataFrame({"case": ["a|b", "c\nd"], "value": [0.1 + 0.2, np.nan]})
    assert repr(0.1 + 0.2) in tables.to_csv(frame)
    assert "a\\|b" in tables.to_markdown(frame)
    assert tables.records(frame)[1] == {"case": "c\nd", "value": "NaN"}


def test_files_are_written_all_or_none(tmp_path, monkeypatch):
    tables.write_all(tmp_path, {"a.txt": "one", "b.txt": "two"})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("port.report.tables.os.fsync", full)
    with pytest.raises(MatportError, match="No space left"):
        tables.write_all(tmp_path, {"a.txt": "new", "b.txt": "new"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "one", "b.txt": "two"}


def test_the_heading_of_numbers_stands_over_them():
    frame = pd.DataFrame(
        {
            "n": [1, 2],
            "line": pd.Series([17, ""], dtype=object),
            "name": ["a", "b"],
            "none": ["", ""],
            "is": [True, False],
        }
    )
    html = render(Page("t", "v", "agree", {}, [Table(frame, "rows")]))
    assert re.findall(r'<th scope="col" class="number">(\w+)</th>', html) == ["n", "line"]


def test_a_class_without_mistakes_has_no_empty_tables():
    names = ("causes", "first_case", "first_quantity", "ending", "error")
    table = pd.DataFrame(
        {"submission": ["a"], "verdict": ["agree"], "score": [1.0], **{name: [""] for name in names}}
    )
    mistakes = pd.DataFrame({"code": [], "title": [], "submissions": [], "share": []}, dtype="str")
    counts = pd.DataFrame({"from": [0.0], "to": [0.1], "submissions": [1]})
    first = pd.DataFrame({"quantity": [], "verdict": [], "submissions": []})
    html = render(batch_page(table, mistakes, counts, first, {}))
    assert "1 submission: 1 agree" in html
    assert "Which mistakes" not in html and "Where it first goes wrong" not in html


def test_a_class_gets_a_page():
    table = pd.DataFrame(
        {
            "submission": [f"student_{k}" for k in range(3000)],
            "verdict": ["agree"] * 2000 + ["differ"] * 999 + ["cannot tell"],
            "score": [1.0] * 2000 + [0.5] * 1000,
            "causes": ["L01"] * 3000,
            **dict.fromkeys(("first_case", "first_quantity", "ending", "error"), ["x"] * 3000),
        }
    )
    mistakes = pd.DataFrame(
        {
            "code": ["(unknown)", "L01"],
            "title": ["no known cause", "transposed"],
            "submissions": [1000, 999],
            "share": [0.334, 0.333],
        }
    )
    counts = pd.DataFrame({"from": [0.0], "to": [0.1], "submissions": [3]})
    first = pd.DataFrame({"quantity": ["dW{1}"], "verdict": ["differ"], "submissions": [999]})
    html = render(batch_page(table, mistakes, counts, first, {"Checks": "9000"}))
    assert "3000 submissions: 2000 agree, 999 differ, 1 cannot tell; most often: transposed" in html
    assert "33%" in html and "50%" in html
    assert "Which mistakes" in html and "Where it first goes wrong" in html
    assert html.index("student_2000<") < html.index("student_0<")
    assert len(html) < 1_000_000
