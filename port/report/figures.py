"""Inline SVG figures: each function takes numbers and returns one accessible `<svg>` as safe markup.

Colours come from the page's style sheet through classes (`q0` ... `q8`, `s0` ...), so that a figure follows
light, dark and print; nothing here carries a style of its own, and no value of the user's is left unescaped.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

Array = npt.NDArray[Any]
LEVELS = 9
MOST_CELLS = 24
LARGEST_COUNT = 1e6
WIDTH, HEIGHT, LEFT, BOTTOM = 360, 150, 52, 22


def svg(body: str, width: float, height: float, label: str, kind: str) -> Markup:
    """Wrap SVG elements; `label` is what a screen reader says, `kind` the class."""
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(label)}">{body}</svg>'
    )


def _text(kind: str, x: float, y: float, content: object, anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'


def _path(kind: str, d: str) -> str:
    return f'<path class="{kind}" d="{d}"/>'


def _coarse(values: Array) -> Array:
    """At most MOST_CELLS x MOST_CELLS cells, each the entry of largest magnitude of its block (NaN wins)."""
    for axis in (0, 1):
        size = values.shape[axis]
        if size > MOST_CELLS:
            edges = np.linspace(0, size, MOST_CELLS + 1).astype(int)
            blocks = [np.take(values, range(a, b), axis) for a, b in pairwise(edges)]
            values = np.stack([_strongest(block, axis) for block in blocks], axis)
    return values


def _strongest(block: Array, axis: int) -> Array:
    strength = np.where(np.isnan(block), np.inf, np.abs(block))
    index = np.expand_dims(strength.argmax(axis), axis)
    return np.take_along_axis(block, index, axis).squeeze(axis)


def _levels(values: Array, limit: float) -> Array:
    """Level 0 ... LEVELS-1 of each value on the scale -limit ... limit; -1 for NaN."""
    scaled = np.clip(np.nan_to_num(values / (limit or 1.0), nan=0.0, posinf=1.0, neginf=-1.0), -1, 1)
    levels = np.rint((scaled + 1) / 2 * (LEVELS - 1)).astype(int)
    return np.where(np.isnan(values), -1, levels)


def heat_map(values: Array, label: str, *, limit: float | None = None) -> Markup:
    """A (rows, columns) array as coloured cells, zero in the middle of the scale, NaN marked.

    `limit` is the magnitude at both ends of the scale (default: the largest finite one).
    """
    cells = _coarse(np.real(np.atleast_2d(np.asarray(values))).astype(float).reshape(values.shape[0], -1))
    finite = np.abs(cells[np.isfinite(cells)])
    levels = _levels(cells, limit if limit is not None else float(finite.max(initial=0.0)))
    paths = {level: "" for level in np.unique(levels)}
    for r, row in enumerate(levels):
        starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
        for start, stop in zip(starts, np.r_[starts[1:], row.size], strict=True):
            paths[row[start]] += f"M{start} {r}h{stop - start}v1H{start}z"
    body = "".join(_path(f"q{k if k >= 0 else 'n'}", d) for k, d in paths.items())
    return svg(body, cells.shape[1], cells.shape[0], label, "heat")


def _frame(x_label: str, low: float, high: float, *, form: Callable[[float], str], middle: float) -> str:
    parts = [_path("axis", f"M{LEFT} 6V{HEIGHT - BOTTOM}H{WIDTH - 6}")]
    for tick in dict.fromkeys((low, middle, high)):
        text = form(tick)
        parts.append(_text("tick", LEFT - 5, _height(tick, low, high) + 3, text, "end"))
    parts.append(_text("tick", (LEFT + WIDTH) / 2, HEIGHT - 4, x_label))
    return "".join(parts)


def _height(value: float, low: float, high: float) -> float:
    span = (high - low) or 1.0
    return HEIGHT - BOTTOM - (value - low) / span * (HEIGHT - BOTTOM - 8)


def curves(series: Mapping[str, npt.ArrayLike], label: str, *, x_label: str, log: bool = False) -> Markup:
    """Lines over 1, 2, ... (one per name, told apart by dash as well as colour); `log`: powers of ten."""
    lines = {name: np.asarray(values, dtype=float).ravel() for name, values in series.items()}
    if log:
        lines = {name: np.log10(np.where(v > 0, v, np.nan)) for name, v in lines.items()}
    every = np.concatenate(list(lines.values()))
    finite = every[np.isfinite(every)]
    if finite.size == 0:
        return svg(_text("tick", 10, 20, f"{label}: zero everywhere", "start"), WIDTH, 30, label, "chart")
    low, high = float(finite.min()), float(finite.max())
    form = "1e{:.1f}".format if log else "{:.3g}".format
    body = _frame(x_label, low, high, form=form, middle=(low + high) / 2)
    for k, (name, values) in enumerate(lines.items()):
        xs = np.linspace(LEFT, WIDTH - 8, values.size)
        points = " ".join(
            f"{x:.1f},{_height(v, low, high):.1f}" for x, v in zip(xs, values, strict=True) if np.isfinite(v)
        )
        body += f'<polyline class="line s{k}" points="{points}"/>'
        body += _text(f"key s{k}", WIDTH - 10, 16 + 13 * k, name, "end")
    return svg(body, WIDTH, HEIGHT, label, "chart")


def bars(heights: npt.ArrayLike, label: str, *, x_label: str) -> Markup:
    """One bar a value from zero up; NaN and infinite heights are drawn as a full, marked bar.

    The axis of counts has whole numbers.
    """
    values = np.asarray(heights, dtype=float).ravel()
    top = float(values[np.isfinite(values)].max(initial=0.0)) or 1.0
    width = (WIDTH - LEFT - 8) / max(values.size, 1)
    counts = top < LARGEST_COUNT and bool(np.all(values == np.rint(values)))
    form, middle = ("{:,.0f}".format, top // 2) if counts else ("{:.3g}".format, top / 2)
    body = _frame(x_label, 0.0, top, form=form, middle=middle)
    for k, value in enumerate(values):
        y = _height(value if np.isfinite(value) else top, 0.0, top)
        outline = (
            f"M{LEFT + k * width:.1f} {HEIGHT - BOTTOM}V{y:.1f}h{max(width - 1, 0.5):.1f}V{HEIGHT - BOTTOM}z"
        )
        body += _path("bar" if np.isfinite(value) else "bar qn", outline)
    return svg(body, WIDTH, HEIGHT, label, "chart")


def product(boxes: Sequence[tuple[str, int, int]], signs: Sequence[str], label: str) -> Markup:
    """Boxes of the right proportions with signs between, such as J' (3 x 3) * g (3 x 5) = delta (3 x 5).

    `boxes` holds (name, rows, columns); `signs` what stands between one box and the next.
    """
    unit = 96 / max(max(rows, columns) for _, rows, columns in boxes)
    tallest = max(rows for _, rows, _ in boxes) * unit
    x, body = 6.0, ""
    for k, (name, rows, columns) in enumerate(boxes):
        width, height = max(columns * unit, 4), max(rows * unit, 4)
        middle = x + max(width, 44) / 2
        left, top = middle - width / 2, 18 + (tallest - height) / 2
        body += _path(f"box s{k % 4}", f"M{left:.1f} {top:.1f}h{width:.1f}v{height:.1f}h-{width:.1f}z")
        body += _text("name", middle, 12, name) + _text("tick", middle, 32 + tallest, f"{rows} x {columns}")
        x += max(width, 44) + 12
        if k < len(signs):
            body += _text("sign", x, 22 + tallest / 2, signs[k])
            x += 14
    return svg(body, x, tallest + 40, label, "product")
