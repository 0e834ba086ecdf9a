"""The page of the shape walk: the answer first, then J and its product drawn, every quantity, the wrong ways."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from port.report import figures
from port.report.mathml import mathml
from port.report.page import Block, Code, Figure, Formula, Page, Row, Section, Table, Text

Array = npt.NDArray[Any]
MOST_NUMBERS = 60


class Line(Protocol):
    """One quantity of the walk."""

    name: str
    letters: str
    formula: str
    matlab: str
    numpy: str
    value: Array
    says: str


def explain_page(walk: Any) -> Page:
    """The page of a `port.backprop.explain.Walk`."""
    sizes = "-".join(map(str, walk.sizes))
    facts = {
        "Network": f"{sizes}, {walk.activation} on top, {walk.samples} samples, one column each",
        "Structure of J": walk.structure,
        "delta is": walk.product,
    }
    blocks: list[Block] = [
        Section("The answer", [Text(sentence) for sentence in walk.answer]),
        Section("The Jacobian, and its product with dC/da", _jacobian(walk)),
        Section("Forward", [_quantity(line) for line in walk.forward]),
        Section("Backward", [_quantity(line) for line in walk.backward]),
        Section("The ways that go wrong", [_attempts(walk.attempts)]),
    ]
    title = f"How does .* extend to {walk.activation} and {walk.loss}?"
    verdict = f"delta = J' * (dC/da), and for {walk.activation} that is {walk.product}"
    return Page(title, verdict, "", facts, blocks)


def _jacobian(walk: Any) -> list[Block]:
    J, K = walk.jacobian, walk.jacobian.shape[0]
    diagonal = np.diag(np.diag(J))
    limit = float(np.abs(J).max())
    maps = [
        Figure(
            figures.heat_map(J, "heat map of J of the first sample", limit=limit), "J of the first sample"
        ),
        Figure(
            figures.heat_map(diagonal, "heat map of the diagonal of J", limit=limit),
            "what .* with the slopes keeps",
        ),
        Figure(
            figures.heat_map(J - diagonal, "heat map of J off its diagonal", limit=limit), "what it loses"
        ),
    ]
    one = figures.product(
        [("J'", K, K), ("dC/da", K, 1), ("delta", K, 1)], ["*", "="], "J' times dC/da, one sample"
    )
    boxes = [("dC/da", K, walk.samples), ("slopes", K, walk.samples), ("delta", K, walk.samples)]
    batch = figures.product(boxes, [".*", "="], "dC/da times the slopes, element by element")
    products: list[Block] = [Figure(one, "the rule, sample by sample: (K x K) times (K x 1)")]
    if walk.structure == "diagonal":
        products.append(
            Figure(batch, "the same for all samples at once, because J is diagonal: (K x N) .* (K x N)")
        )
    numbers = pd.DataFrame(J, columns=[f"z_{j + 1}" for j in range(K)]).head(12).iloc[:, :12]
    numbers.insert(0, "da / dz", [f"a_{i + 1}" for i in range(len(numbers))])
    return [
        Formula(mathml(walk.jacobian_formula)),
        Row(maps),
        Row(products),
        Table(numbers, "J of the first sample"),
    ]


def _quantity(line: Line) -> Section:
    rows, columns = line.value.shape
    code = Row([Code(line.matlab, "MATLAB"), Code(line.numpy, "NumPy")])
    blocks: list[Block] = [Formula(mathml(line.formula)), code]
    if line.value.size <= MOST_NUMBERS:
        numbers = pd.DataFrame(line.value, columns=[f"column {n + 1}" for n in range(columns)])
        blocks.append(Table(numbers, f"{line.name}, the numbers"))
    else:
        blocks.append(
            Figure(
                figures.heat_map(line.value, f"heat map of {line.name}"), f"{line.name}, {rows} x {columns}"
            )
        )
    return Section(f"{line.name}, {line.letters} = {rows} x {columns}: {line.says}", blocks)


def _attempts(attempts: Sequence[Any]) -> Table:
    columns = {"way": "title", "MATLAB": "matlab", "what it gives": "outcome", "why": "why"}
    frame = pd.DataFrame({name: [getattr(a, key) for a in attempts] for name, key in columns.items()})
    return Table(frame, "Each computed on the numbers above and compared with the right delta")
