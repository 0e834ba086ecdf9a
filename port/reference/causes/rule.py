"""What a rule is: a page of the manual, and what would agree had its mistake been made.

`undo(pair)` takes the two arrays as they stand and yields pairs that agree *if* this mistake explains
them: the transposed reference beside the port's result, say. The search chains such steps, so two mistakes
at once are two steps; a chain that ends in agreement is an explanation.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, Literal

import numpy as np

from port.errors import ArgumentError
from port.reference.causes.arrays import (
    FEW,
    SAMPLE,
    Array,
    distinct,
    fit,
    is_permutation,
    is_whole,
    nearest,
    peak,
    probe,
    residual,
)
from port.reference.causes.facts import Facts

MOST_FACTORS, ASKED = 2, 3
MOST_ALIKE = 10**4  # of so many elements, values that occur again and again tell no place
ENLARGED = 100.0  # by how much arithmetic may enlarge the rounding of a reference
Stage = Literal["recompute", "rearrange", "stream", "scale", "precision"]


@dataclass(frozen=True)
class Manual:
    """One cause as the manual shows it; `setup`, then `wrong` or `right`, are Python that leaves `got`.

    Stages: `recompute` starts from the inputs, so it comes first; `rearrange` may follow another mistake;
    `stream` looks for seeds when nothing else is found; `scale` needs a constant ratio, `precision` arrays that
    nearly agree. An `exact` mistake shows only in the numbers as they were before any factor: whole ones, say.
    """

    code: str
    setup: str
    matlab: str
    wrong: str
    right: str
    remedy: str
    stage: Stage = "rearrange"
    see: str = ""
    exact: bool = False


@dataclass(frozen=True)
class Step:
    """A mistake undone: the pair that should now agree, what speaks for it, how specific it is (0..1).

    A `final` step compares parts of both arrays; another mistake may precede it, and none may follow. A
    `mirrored` step undoes in got what the step before it undid in want: it leads on, and ends no chain.
    """

    pair: "Pair"
    evidence: str
    weight: float
    final: bool = False
    mirrored: bool = False


@dataclass(frozen=True)
class Pair:
    """Two arrays that would agree if every mistake of the chain so far was made.

    `plain` is the wanted array before `scalings` scale mistakes multiplied it by `factor`; `settled` says that
    nothing is left to explain.
    """

    plain: Array
    got: Array
    facts: Facts
    factor: float = 1.0
    scalings: int = 0
    settled: bool = False
    measured: dict[float, float] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def want(self) -> Array:
        """What should now agree with got."""
        return self.plain if self.factor == 1.0 else self.plain * self.factor

    @cached_property
    def residual(self) -> float:
        """max|got - want| over the larger maximum, as far as it matters; inf when shapes or NaN do not match."""
        if self.settled:
            return 0.0
        if self.factor != 1.0 and self.ratio is not None and abs(self.ratio - 1) > 2 * self.facts.coarse:
            return abs(self.ratio - 1)
        key = float(f"{self.factor:.12g}")
        if key not in self.measured:
            self.measured[key] = residual(self.want, self.got, 100 * self.facts.coarse)
        return self.measured[key]

    @cached_property
    def plain_ratio(self) -> float | None:
        """The constant c of got = c * plain, when there is one."""
        return fit(self.plain, self.got, self.facts.coarse)

    @property
    def ratio(self) -> float | None:
        """The constant c of got = c * want, when there is one."""
        return None if self.plain_ratio is None else self.plain_ratio / self.factor

    @property
    def made(self) -> bool:
        """Whether arithmetic made `plain` out of the wanted array: moved values, or signs, do not count."""
        return not is_permutation(np.abs(self.plain), np.abs(self.facts.want))

    @property
    def takes_factor(self) -> bool:
        """Whether a scale mistake may be undone."""
        return self.scalings < MOST_FACTORS and self.ratio is not None

    @property
    def takes_two(self) -> bool:
        """Whether another may follow it, so that a factor need not be the whole ratio."""
        return self.scalings + 1 < MOST_FACTORS

    @cached_property
    def whole(self) -> bool:
        """Whether both hold whole numbers alone."""
        return is_whole(self.want) and is_whole(self.got)

    @property
    def last(self) -> bool:
        """Whether a mistake is undone already, so that one more must explain the rest but for a factor."""
        return self.plain is not self.facts.want

    @property
    def same_shape(self) -> bool:
        """Whether the two can be compared element by element."""
        return self.want.shape == self.got.shape

    def same(self, a: Array, b: Array) -> bool:
        """Whether two arrays agree to within what rounding and the reference's digits allow."""
        return residual(a, b, 100 * self.facts.loose) <= self.facts.loose

    def places_in(self, a: Array) -> Array | None:
        """The flat places in an input, without NaN, where the wanted values stand; None when one does not."""
        if np.iscomplexobj(a) or np.iscomplexobj(self.want) or np.isnan(a).any():
            return None
        near = self.facts.loose * peak(self.want)
        few = self.want[probe(self.want.shape)].flat[:ASKED]
        if any(np.abs(a - value).min() > near for value in few):
            return None
        if a.size > MOST_ALIKE and 2 * distinct(self.want) < min(self.want.size, SAMPLE):
            return None
        places = nearest(a, self.want)
        return places if self.same(a.ravel()[places], self.want.ravel()) else None

    def is_map(self, function: Callable[[Array], Array], a: Array) -> bool:
        """Whether want is a function of an input, element by element; a few elements are asked first."""
        few = tuple(place[:FEW] for place in probe(a.shape))
        return self.same(function(a[few]), self.want[few]) and self.same(function(a), self.want)

    def is_product(self, a: Array, b: Array, bias: Array | None = None) -> bool:
        """Whether want is a @ b, plus a bias column; the first row is asked first."""
        column = np.zeros((len(a), 1)) if bias is None else bias
        return self.same(a[:1] @ b + column[:1], self.want[:1]) and self.same(a @ b + column, self.want)

    def step(
        self,
        evidence: str,
        *,
        want: Array | None = None,
        got: Array | None = None,
        weight: float = 0.9,
        final: bool = False,
        mirrored: bool = False,
    ) -> Step:
        """The pair with one side, or both, replaced."""
        want = self.want if want is None else want
        got = self.got if got is None else got
        return Step(Pair(want, got, self.facts), evidence, weight, final, mirrored)

    def scaled(self, factor: float, evidence: str, weight: float) -> Step:
        """The pair with want multiplied; the constant ratio stays known and the product is not taken yet."""
        product, count = self.factor * factor, self.scalings + 1
        pair = Pair(self.plain, self.got, self.facts, product, count, measured=self.measured)
        return Step(pair.at_ratio(self.plain_ratio), evidence, weight)

    def at_ratio(self, ratio: float | None) -> "Pair":
        """The same pair, its constant ratio known before: it is not asked for again."""
        pair = replace(self)
        object.__setattr__(pair, "plain_ratio", ratio)
        return pair

    def explained(self, evidence: str, weight: float = 0.9) -> Step:
        """The pair with nothing left to explain: the rule has checked every element itself."""
        return Step(replace(self, settled=True), evidence, weight)


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue: its manual page, its text, and the undoing of its mistake."""

    manual: Manual
    title: str
    text: str
    undo: Callable[[Pair], Iterator[Step]]

    @property
    def code(self) -> str:
        """The code of the cause, such as L03."""
        return self.manual.code

    @property
    def symptom(self) -> str:
        """What the arrays show, in one sentence."""
        return " ".join((self.undo.__doc__ or "").split())


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its code, found by walking this folder for files such as `l03_reshape_order.py`."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z][0-9][0-9]_*.py"))
    rules = [_rule(import_module(f"port.reference.causes.{name}")) for name in names]
    return {rule.code: rule for rule in rules}


def rule(code: str) -> Rule:
    """The rule of a code, upper or lower case; raises ArgumentError, with the nearest codes, for another."""
    known = catalogue()
    wanted = code.strip().upper()
    if wanted not in known:
        near = [each for each in known if each[:1] == wanted[:1]] or list(known)
        raise ArgumentError(f"there is no cause {code!r}; known are {', '.join(near)}")
    return known[wanted]


def _rule(module: Any) -> Rule:
    title, _, text = cleandoc(module.__doc__).partition("\n")
    return Rule(module.MANUAL, re.sub(r"\.$", "", title), text.strip(), module.undo)


def all_finite(*arrays: Array) -> bool:
    """Whether no array holds NaN or Inf."""
    return all(bool(np.isfinite(array).all()) for array in arrays)
