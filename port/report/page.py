"""One self-contained HTML page from blocks: text, tables, figures, code and folds.

A page has no external request, reads well with scripts off, and carries a strict Content-Security-Policy;
everything in it that came from a user's file is escaped by the template engine.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from numbers import Number
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

LONGEST_CELL = 160
CONTROL = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"} | {127: chr(0x2421)}
TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNSEEN = CONTROL | {
    code: f"[U+{code:04X}]" for code in TURNING
}  # a name must not turn the sentence around it


@dataclass(frozen=True)
class Text:
    """A paragraph; `kind` is a class of the style sheet: plain, note, fix or warn."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Table:
    """A frame; `status` names the column whose words colour the row, `help` explains columns."""

    frame: pd.DataFrame
    caption: str
    status: str | None = None
    help: Mapping[str, str] = field(default_factory=dict)
    sortable: bool = False


@dataclass(frozen=True)
class Figure:
    """An SVG with its caption."""

    svg: Markup
    caption: str


@dataclass(frozen=True)
class Code:
    """Source text, kept as it is."""

    text: str
    caption: str = ""


@dataclass(frozen=True)
class Formula:
    """A formula in MathML."""

    mathml: Markup


@dataclass(frozen=True)
class Row:
    """Blocks side by side, where there is room."""

    blocks: Sequence["Block"]


@dataclass(frozen=True)
class Fold:
    """Blocks behind a summary line; `status` as in `Page`."""

    summary: str
    blocks: Sequence["Block"]
    status: str = ""
    open: bool = False


@dataclass(frozen=True)
class Section:
    """Blocks under a heading."""

    heading: str
    blocks: Sequence["Block"]


@dataclass(frozen=True)
class BesideLine:
    """A line of source; mark: agree, differ or empty."""

    number: int
    text: str
    mark: str = ""


@dataclass(frozen=True)
class BesideRow:
    """A line of each side, None for a gap, and blocks that follow under it."""

    left: BesideLine | None
    right: BesideLine | None
    blocks: Sequence["Block"] = ()


@dataclass(frozen=True)
class Beside:
    """Two sources side by side, line beside line."""

    caption: str
    rows: Sequence[BesideRow]
    heads: tuple[str, str] = ("MATLAB", "Python")


Block = Text | Table | Figure | Code | Formula | Row | Fold | Section | Beside


@dataclass(frozen=True)
class Page:
    """A whole page: `status` is agree, differ, cannot-tell or empty; `facts` are the lines under the verdict."""

    title: str
    verdict: str
    status: str
    facts: Mapping[str, str]
    blocks: Sequence[Block]


def render(page: Page) -> str:
    """The page as one HTML document."""
    style, script = _asset("page.css"), _asset("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(page=page, style=style, script=script, style_hash=_hash(style), script_hash=_hash(script))
    )


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 case`, `2 cases`; `many` where no s is added."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listed(names: Sequence[str], most: int) -> str:
    """Names with commas, and of those beyond `most` how many they are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def visible(value: object, longest: int = LONGEST_CELL) -> str:
    """`value` as text that shows: control characters as pictures or numbers, long text cut with its length said."""
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    text = text.translate(UNSEEN).encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def whole(value: object) -> str:
    """`value` as text that shows, all of it."""
    return visible(value, longest=1_000_000)


def numeric(column: "pd.Series[Any]") -> bool:
    """Whether a column holds numbers, and nothing but gaps beside them."""
    if column.dtype.kind != "O":
        return column.dtype.kind in "fiu"
    filled = [value for value in column if value != ""]
    return bool(filled) and all(isinstance(value, Number) and not isinstance(value, bool) for value in filled)


def _asset(name: str) -> str:
    return files("port.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"visible": visible, "whole": whole, "numeric": numeric}
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment
