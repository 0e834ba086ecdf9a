"""What a rule is: a page of the manual, and what would agree had its mistake been made.

`undo(pair)` takes the two arrays as they stand and yields pairs that agree *if* this mistake explains
them: the transposed reference beside the port's result, say. The search chains such steps, so two mistakes
at once are two steps; a chain that ends in agreement is an explanation.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, Literal

import numpy as np

from port.errors import ArgumentError
from port.reference.causes.arrays import Array, fit, residual
from port.reference.causes.facts import Facts

Stage = Literal["recompute", "rearrange", "stream", "scale", "precision"]


@dataclass(frozen=True)
class Manual:
    """One cause as the manual shows it; `setup`, then `wrong` or `right`, are Python that leaves `got`.

    Stage: `rearrange` works on the arrays alone or on what inputs add to them, `recompute` starts from
    the inputs and so comes first, `stream` looks for the seeds of random numbers when nothing else is found,
    `scale` needs a constant ratio, `precision` arrays that nearly agree.
    """

    code: str
    setup: str
    matlab: str
    wrong: str
    right: str
    remedy: str
    stage: Stage = "rearrange"
    see: str = ""


@dataclass(frozen=True)
class Step:
    """A mistake undone: the pair that should now agree, what speaks for it, how specific it is (0..1)."""

    pair: "Pair"
    evidence: str
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two arrays that would agree if every mistake of the chain so far was made; `settled`: nothing is left."""

    want: Array
    got: Array
    facts: Facts
    settled: bool = False

    @cached_property
    def residual(self) -> float:
        """max|got - want| over the larger maximum; infinite when shapes or NaN patterns differ."""
        return 0.0 if self.settled else residual(self.want, self.got)

    @cached_property
    def ratio(self) -> float | None:
        """The constant c of got = c * want, when there is one."""
        return fit(self.want, self.got, self.facts.coarse)

    @property
    def same_shape(self) -> bool:
        """Whether the two can be compared element by element."""
        return self.want.shape == self.got.shape

    def same(self, a: Array, b: Array) -> bool:
        """Whether two arrays agree to within what rounding and the reference's digits allow."""
        return residual(a, b) <= self.facts.loose

    def step(
        self, evidence: str, *, want: Array | None = None, got: Array | None = None, weight: float = 0.9
    ) -> Step:
        """The pair with one side, or both, replaced."""
        want = self.want if want is None else want
        got = self.got if got is None else got
        return Step(Pair(want, got, self.facts), evidence, weight)

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
