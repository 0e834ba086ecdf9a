"""The page of `matport check`: verdict first, then the cases that differ with all there is to see, then the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from port.report import figures
from port.report.page import Block, Code, Figure, Fold, Page, Row, Section, Table, Text

Array = npt.NDArray[Any]
BUDGET, BYTES_A_CELL = (
    300_000,
    45,
)  # of figures and tables inside the folds, so that 500 cases stay below 1 MB

LARGEST_RATIO = 1e100
LEAST_SPREAD = 1e-6  # of a histogram: below it are rounding errors, and no 21 numbers to put between

COLUMNS = {
    "case": "name of the reference case",
    "task": "what the case asks for: one gradient, a training run, ...",
    "route": "the way of computing that was compared: the faithful port, or the engine by one of its formulas",
    "quantity": "what was compared, named and counted as in MATLAB: dW{2} is the second layer's weight gradient",
    "verdict": "agree, differ, shape, class, missing, extra, failed, or an entry of the ledger of intended differences",
    "shape_want": "shape in the reference",
    "shape_got": "shape computed here",
    "dtype_want": "dtype in the reference",
    "dtype_got": "dtype computed here",
    "elements": "elements compared",
    "differing": "elements outside the tolerance",
    "max_abs": "largest |got - want|",
    "max_rel": "largest |got - want| / |want|",
    "max_scaled": "largest |got - want| / max|want|",
    "ulp": "representable numbers between got and want at the worst element",
    "excess": "worst |got - want| in units of what is tolerated; up to 1 agrees",
    "at_matlab": "worst element, counted from 1",
    "at_python": "worst element, counted from 0",
    "got": "value computed here at the worst element",
    "want": "value in the reference at the worst element",
    "where": "the structure of the error",
    "cause": "code of the most likely cause (matport explain-cause CODE)",
    "quantities": "how many quantities were compared",
    "worst": "the quantity furthest from the reference",
}


@dataclass(frozen=True)
class Detail:
    """One compared quantity to look at closely: both arrays, the worst elements, causes, and how to see it again."""

    case: str
    route: str
    quantity: str
    verdict: str
    sentence: str
    differing: str = ""
    want: Array | None = None
    got: Array | None = None
    elements: pd.DataFrame = field(default_factory=pd.DataFrame)
    causes: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class CaseCard:
    """What the page says about one case beside its rows: provenance, command, and the loss curves of a training run."""

    name: str
    title: str
    provenance: Mapping[str, str]
    command: str
    curves: Mapping[str, Array] = field(default_factory=dict)


def check_page(
    verdict: str,
    status: str,
    facts: Mapping[str, str],
    summary: pd.DataFrame,
    rows: pd.DataFrame,
    details: Sequence[Detail],
    cards: Sequence[CaseCard],
    intended: Sequence[str] = (),
) -> Page:
    """The page: `summary` has a row a (case, route), `rows` a row a quantity, `details` what deserves a closer look."""
    blocks: list[Block] = []
    if details:
        blocks.append(
            Section("What differs, and why", [_detail_fold(d, k < 3) for k, d in enumerate(details)])
        )
    if intended:
        blocks.append(
            Section("Here Python differs on purpose", [Text(sentence, "warn") for sentence in intended])
        )
    shown = ["case", "route", "verdict", "quantities", "max_scaled", "worst"]
    table = Table(
        summary[shown],
        "One line a case and route; max_scaled is the largest |got - want| / max|want|",
        "verdict",
        COLUMNS,
        True,
    )
    blocks.append(Section("Every case", [table]))
    blocks.append(Section("Case by case", _case_folds(summary, rows, cards)))
    names = [*dict.fromkeys([*shown, *rows.columns])]
    columns = pd.DataFrame({"column": names, "meaning": [COLUMNS.get(name, "") for name in names]})
    blocks.append(
        Section("How to read the columns", [Fold("What each column means", [Table(columns, "Columns")])])
    )
    return Page("Does the port compute what the MATLAB source computes?", verdict, status, facts, blocks)


def _detail_fold(detail: Detail, opened: bool) -> Fold:
    blocks: list[Block] = [Text(detail.sentence)]
    if detail.differing:
        blocks.append(Text(f"All that differs: {detail.differing}", "note"))
    for cause in detail.causes:
        blocks.append(
            Text(
                f"{cause['code']} ({cause['confidence']:.0%}): {cause['title']}. {cause['evidence']}", "warn"
            )
        )
        blocks.append(Text(f"{cause['remedy']}", "fix"))
    if detail.want is not None and detail.got is not None and detail.want.shape == detail.got.shape:
        blocks.extend(difference_figures(detail.want, detail.got, detail.quantity))
    if len(detail.elements):
        blocks.append(Table(detail.elements, "Worst elements", None, COLUMNS))
    return Fold(f"{detail.case}, {detail.route}: {detail.quantity}", blocks, "differ", opened)


def difference_figures(want: Array, got: Array, name: str) -> list[Block]:
    """want, got and their difference as heat maps, the error along rows and columns, the histogram of ratios."""
    if not want.size:
        return []
    want, got = (np.real(a).astype(float).reshape(a.shape[0] if a.ndim else 1, -1) for a in (want, got))
    finite = np.abs(np.concatenate([want.ravel(), got.ravel()]))
    limit = float(finite[np.isfinite(finite)].max(initial=0.0))
    with np.errstate(all="ignore"):
        difference = got - want
        ratio = (got / want)[(want != 0) & np.isfinite(got) & np.isfinite(want)]
    ratio = ratio[np.abs(ratio) < LARGEST_RATIO]
    error = np.nan_to_num(np.abs(difference), nan=limit)
    maps = [
        Figure(
            figures.heat_map(want, f"heat map of the reference's {name}", limit=limit),
            f"want, scale ±{limit:.3g}",
        ),
        Figure(
            figures.heat_map(got, f"heat map of the computed {name}", limit=limit), f"got, scale ±{limit:.3g}"
        ),
        Figure(
            figures.heat_map(difference, f"heat map of got - want of {name}"),
            f"got - want, scale ±{error.max(initial=0):.3g}",
        ),
    ]
    charts: list[Block] = []
    if error.shape[0] > 1:
        charts.append(
            Figure(
                figures.bars(_thin(error.max(axis=1)), "largest error of each row", x_label="row"),
                "error by row",
            )
        )
    if error.shape[1] > 1:
        charts.append(
            Figure(
                figures.bars(_thin(error.max(axis=0)), "largest error of each column", x_label="column"),
                "error by column",
            )
        )
    if ratio.size > 1:
        charts.append(_ratio_histogram(ratio))
    return [Row(maps), *([Row(charts)] if charts else [])]


def _ratio_histogram(ratio: Array) -> Figure:
    middle = float(np.median(ratio))
    spread = max(float(np.quantile(np.abs(ratio - middle), 0.95)), max(abs(middle), 1.0) * LEAST_SPREAD)
    ends = (middle - spread, middle + spread)
    counts, edges = np.histogram(np.clip(ratio, *ends), bins=21, range=ends)
    label = f"got / want from {edges[0]:.4g} to {edges[-1]:.4g}"
    return Figure(
        figures.bars(counts.tolist(), f"histogram of {label}", x_label=label),
        f"ratio got / want, median {middle:.6g}",
    )


def _thin(values: Array, most: int = 60) -> list[float]:
    if values.size <= most:
        return [float(v) for v in values]
    return [float(part.max()) for part in np.array_split(values, most)]


def _case_folds(summary: pd.DataFrame, rows: pd.DataFrame, cards: Sequence[CaseCard]) -> list[Block]:
    """One fold a case; figures and tables stop where the page would grow beyond its budget."""
    grids = _grids(rows)
    verdicts = summary.groupby("case", sort=False)["verdict"].agg(
        lambda v: "agree" if (v == "agree").all() else "differ"
    )
    folds: list[Block] = []
    spent = 0
    for card in cards:
        verdict = str(verdicts.get(card.name, "not compared"))
        blocks: list[Block] = [Text(card.title, "note")] if card.title else []
        if card.curves and spent < BUDGET:
            drawn = _curve_row(card)
            spent += sum(len(figure.svg) for figure in drawn.blocks if isinstance(figure, Figure))
            blocks.append(drawn)
        if card.name in grids and spent < BUDGET:
            blocks.append(grids[card.name])
            spent += BYTES_A_CELL * grids[card.name].frame.size
        provenance = "; ".join(f"{name}: {value}" for name, value in card.provenance.items())
        folds.append(
            Fold(
                f"{card.name}: {verdict}",
                [*blocks, Text(provenance, "note"), Code(card.command, "again")],
                verdict,
            )
        )
    return folds


def _grids(rows: pd.DataFrame) -> dict[str, Table]:
    """For every case the worst scaled error of each kind of quantity (dW for dW{1}, dW{2} ...), a column a route."""
    kinds = rows.assign(quantity=rows["quantity"].str.replace(r"[{(.].*", "", regex=True))
    worst = kinds.groupby(["case", "route", "quantity"], sort=False, as_index=False)["max_scaled"].max()
    found: dict[str, dict[str, dict[str, float]]] = {}
    for case, route, quantity, error in worst.itertuples(index=False, name=None):
        found.setdefault(case, {}).setdefault(route, {})[quantity] = error
    caption = "Largest |got - want| / max|want| of each kind of quantity, by route"
    return {
        case: Table(pd.DataFrame(grid).rename_axis("quantity").reset_index(), caption)
        for case, grid in found.items()
    }


def _curve_row(card: CaseCard) -> Row:
    want, *others = card.curves.items()
    apart = {
        f"|{name} - {want[0]}|": np.abs(values - want[1])
        for name, values in others
        if values.shape == want[1].shape
    }
    left = Figure(
        figures.curves(card.curves, f"loss of {card.name}", x_label="epoch"),
        "loss after every epoch: " + " and ".join(card.curves),
    )
    if not apart:
        return Row([left])
    right = Figure(
        figures.curves(apart, f"difference of the losses of {card.name}", x_label="epoch", log=True),
        "their difference, log axis",
    )
    return Row([left, right])
