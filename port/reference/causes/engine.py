"""Search the catalogue for the mistakes that turn what was wanted into what was got.

A chain of steps is an explanation when its last pair agrees. Short chains come first: all single causes (with
what scale and precision add to them) are tried before two rearrangements are. Where several explanations hold,
their confidences share what the evidence leaves; they are never cut to one arbitrary claim.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from port.errors import ArgumentError
from port.reference.causes.arrays import (
    Array,
    distinct,
    entropy,
    is_binary,
    is_same,
    is_whole,
    nearly,
    peak,
    residual,
    usual_ratio,
)
from port.reference.causes.facts import MOST_DIMENSIONS, MOST_ROUNDED, Facts, gather
from port.reference.causes.rule import Pair, Rule, Stage, Step, catalogue
from port.reference.quantities import quantities

RULES = tuple(catalogue().values())
EXACT = tuple(rule for rule in RULES if rule.manual.exact)
ANOTHER_MISTAKE = 0.05  # how much less probable two mistakes are than one
UNKNOWN = 0.02  # weight of an explanation that the catalogue lacks
LEAST_CONFIDENCE = 0.02
BITS_OF_DOUBLE, BITS_FOR_FACTOR, BITS_FOR_ONE, BITS_FOR_TWO = 30.0, 8.0, 2.0, 12.0
BITS_OF_LOGICALS = 6.0  # for one mistake: there are many ways to come to a few zeros and ones
SHAPE_ALONE = {"L09", "L10", "L11"}
UNWRITTEN = "I07"
LAYOUT = SHAPE_ALONE | {"L01"}
NEARER, LAST_DIGITS = 100.0, 64.0
LEAST_SECOND, WELL_FOUNDED = 0.5, 0.15
MOST_STARTS = 6  # of one rule, to which a second mistake is sought
LEAST_GAIN = 0.1  # an explanation leaves no more than this part of the difference


@dataclass(frozen=True)
class Diagnosis:
    """One cause that takes part in explaining a difference; MATLAB beside the right NumPy."""

    code: str
    title: str
    confidence: float
    evidence: str
    remedy: str
    matlab: str
    numpy: str

    def __str__(self) -> str:
        joint = ";" if ":" in self.title else ":"
        return f"{self.code} ({self.confidence:.0%}) {self.title}{joint} {self.evidence}. {self.remedy}"


@dataclass(frozen=True)
class Link:
    """One step of a chain and the rule that made it."""

    rule: Rule
    step: Step


Chain = tuple[Link, ...]


def diagnose(want: Any, got: Any, *, inputs: Mapping[str, Any] | None = None) -> list[Diagnosis]:
    """The causes that explain why `got` is not `want`, best first; empty when nothing known explains it.

    `want` and `got` are numbers or logicals of any shape and type. `inputs` maps names to the arrays the
    function was given; with them, what was computed wrongly can be computed again. Two mistakes at once are
    two diagnoses of equal confidence whose evidence names the other. Arrays that differ by rounding give F16;
    equal arrays, text and arrays of unknown relation give nothing.

    Raises ArgumentError when an argument cannot be read as arrays.
    """
    want, got = _lone(want, "want"), _lone(got, "got")
    if not (_is_numbers(want) and _is_numbers(got)):
        return []
    with np.errstate(all="ignore"):
        return _ranked(list(explanations(gather(want, got, quantities(inputs)))))


def _is_numbers(array: Array) -> bool:
    """Whether there are numbers to explain, of dimensions that MATLAB's users, and NumPy's iterators, know."""
    return array.dtype.kind in "biufc" and array.size > 0 and array.ndim <= MOST_DIMENSIONS


def explanations(facts: Facts) -> Iterator[Chain]:
    """Every chain of mistakes that explains the difference, of the least length that does."""
    root = Pair(facts.want, facts.got, facts)
    if root.residual == 0.0:
        return
    if root.residual <= facts.noise:
        yield from _precision(root)
        return
    first: list[Chain] = [
        (link,) for link in _links(root, "recompute", "rearrange") if not _is_idle(link.step.pair, root)
    ]
    found = [*_closings(root), *(chain for start in first for chain in _closed(start, BITS_FOR_ONE))]
    is_thin = _is_thin(root)
    if is_thin:
        found = [chain for chain in found if len(chain) == 1 and chain[0].rule.manual.stage != "scale"]
    for further in () if is_thin else (_streams, _unscaled, _doubled):
        if not any(_is_likely(chain) and len(chain) <= 2 for chain in found):
            found += further(root, first)
    yield from _closest(
        _shortest([chain for chain in found if chain[-1].step.pair.residual <= LEAST_GAIN * root.residual])
    )


def _is_thin(pair: Pair) -> bool:
    """Whether so few whole numbers are compared that a factor between them, or two mistakes, may be chance."""
    both = (pair.want, pair.got)
    return all(map(is_whole, both)) and sum(map(_information, both)) < BITS_FOR_FACTOR


def _is_idle(pair: Pair, root: Pair) -> bool:
    """Whether a step has changed nothing: a constant transposed, say."""
    return not pair.settled and is_same(pair.want, root.want) and is_same(pair.got, root.got)


def _doubled(root: Pair, first: list[Chain]) -> list[Chain]:
    """Chains of two mistakes of which neither is a matter of scale or precision, and what these must add."""
    found: list[Chain] = []
    started: Counter[str] = Counter()
    for start in first:
        started[start[0].rule.code] += 1
        if _may_lead(start[0]) and started[start[0].rule.code] <= MOST_STARTS:
            for link in _links(start[0].step.pair, "rearrange"):
                if link.rule is not start[0].rule and not _is_guess(link.step):
                    both = (*start, link)
                    found += _closed(both, _bits_for(both))
    return found


def _may_lead(link: Link) -> bool:
    """Whether another mistake may follow; where most elements agree, only after a slice that was never written."""
    step = link.step
    return not (step.final or step.pair.settled) and (
        link.rule.code == UNWRITTEN or not step.pair.facts.mostly_equal
    )


def _streams(root: Pair, first: list[Chain]) -> list[Chain]:
    """Chains that end in a generator and its seed: of the arrays as they are, or turned to one shape."""
    turned = [start for start in first if start[0].rule.code in LAYOUT and start[0].step.pair.same_shape]
    starts: tuple[Chain, ...] = ((), *(() if root.same_shape else turned))
    return [
        chain
        for start in starts
        for link in _links(start[-1].step.pair if start else root, "stream")
        for chain in _closed((*start, link), 0.0)
    ]


def _unscaled(root: Pair, _: list[Chain]) -> list[Chain]:
    """Chains of a factor, known or that of most elements, and a mistake that shows in the numbers as they were."""
    exact: dict[float, list[Link]] = {}
    for scale in (known := list(_known_factors(root))):
        factor = scale.step.pair.factor
        if factor not in exact:
            got = np.rint(root.got / factor) if is_whole(root.want) else root.got / factor
            links = _links(Pair(root.plain, got, root.facts), "recompute", "rearrange", rules=EXACT)
            exact[factor] = [link for link in links if _explains(link, root.facts)]
    return [(scale, link) for scale in known for link in exact[scale.step.pair.factor]]


def _explains(link: Link, facts: Facts) -> bool:
    return link.step.pair.residual <= facts.noise and not _is_guess(link.step)


def _known_factors(root: Pair) -> Iterator[Link]:
    """The scale mistakes that fit the ratio of most elements; of whole numbers, those that leave whole numbers."""
    usual = usual_ratio(root.want, root.got)
    if usual is not None and not nearly(usual, 1.0, root.facts.loose):
        for link in _links(root.at_ratio(usual), "scale"):
            if nearly(link.step.pair.factor, usual, root.facts.loose):
                yield link
    elif usual is None and is_whole(root.want):
        for link in _links(root.at_ratio(None), "scale"):
            got = root.got / link.step.pair.factor
            if residual(np.rint(got), got, root.facts.noise) <= root.facts.noise:
                yield link


def _shortest(chains: list[Chain]) -> list[Chain]:
    """The chains of no more mistakes than the shortest that is well founded."""
    lengths = [len(chain) for chain in chains if _is_founded(chain)]
    return [chain for chain in chains if len(chain) <= min(lengths, default=len(chain))]


def _closest(chains: list[Chain]) -> list[Chain]:
    """The chains that leave no more than rounding does, when one of them agrees to the last digits."""
    left = [chain[-1].step.pair.residual for chain in chains if _is_founded(chain) and not _is_settled(chain)]
    limit = max(NEARER * min(left, default=float("inf")), LAST_DIGITS * _eps(chains))
    return [chain for chain in chains if _is_settled(chain) or chain[-1].step.pair.residual <= limit]


def _is_settled(chain: Chain) -> bool:
    return chain[-1].step.pair.settled


def _eps(chains: list[Chain]) -> float:
    """The spacing of the numbers that were compared."""
    return chains[0][0].step.pair.facts.eps if chains else 0.0


def _bits_for(start: Chain) -> float:
    """What agreement after two mistakes must be worth; one that only changes the shape is seen for itself."""
    return BITS_FOR_ONE if any(link.rule.code in SHAPE_ALONE for link in start) else BITS_FOR_TWO


def _is_founded(chain: Chain) -> bool:
    return _strength(chain) >= WELL_FOUNDED and not any(_is_guess(link.step) for link in chain)


def _is_likely(chain: Chain) -> bool:
    """Whether a chain is well founded but for what a factor counts: a whole ratio is no chance, whatever it is."""
    others = [link.step.weight for link in chain if link.rule.manual.stage != "scale"]
    return float(np.prod(others)) >= WELL_FOUNDED and not any(_is_guess(link.step) for link in chain)


def _lone(value: Any, name: str) -> Array:
    if isinstance(value, bool | int | float | complex | np.number | np.bool):
        return np.asarray(value)
    found = quantities(value, name if np.isscalar(value) else "")
    if len(found) != 1:
        raise ArgumentError(f"{name} holds {len(found)} arrays: diagnose one quantity at a time")
    return next(iter(found.values()))


def _links(pair: Pair, *stages: Stage, rules: tuple[Rule, ...] = RULES) -> Iterator[Link]:
    for rule in rules:
        if rule.manual.stage in stages:
            yield from (Link(rule, step) for step in rule.undo(pair))


def _is_guess(step: Step) -> bool:
    """Whether a step claims to explain all on evidence too weak to be added to another mistake."""
    return step.pair.settled and step.weight < LEAST_SECOND


def _closed(chain: Chain, bits: float) -> Iterator[Chain]:
    """The chain with what scale, sign and precision must add so that its pair agrees; nothing if they cannot."""
    pair = chain[-1].step.pair
    if chain[-1].step.mirrored:
        return
    recomputed = chain[0].rule.manual.stage == "recompute"
    told = _information(pair.want)
    bits = max(bits, BITS_OF_LOGICALS) if is_binary(pair.facts.want) else bits
    for closing in _closings(pair):
        exact = recomputed and len(chain) == 1 and not closing
        if pair.settled or exact or told >= (BITS_FOR_TWO if recomputed else bits):
            yield chain + closing


def _closings(pair: Pair) -> Iterator[Chain]:
    """What scale and precision must add for a pair to agree; () when nothing need be added."""
    if pair.residual <= pair.facts.noise:
        coarse = pair.facts.loose > pair.facts.noise
        lost = [chain for chain in _precision(pair) if chain[0].rule.code != "F16"] if coarse else []
        yield from lost or [()]
    elif pair.residual <= pair.facts.coarse:
        yield from _precision(pair)
    else:
        if pair.residual <= MOST_ROUNDED and pair.residual <= pair.facts.rounded:
            yield from _precision(pair)
        if pair.takes_factor:
            for link in _links(pair, "scale"):
                yield from ((link, *rest) for rest in _closings(link.step.pair))


def _precision(pair: Pair) -> Iterator[Chain]:
    return ((link,) for link in _links(pair, "precision"))


def _information(array: Array) -> float:
    """About how many bits agreement on an array is worth: chance rarely matches a double, often a 0 or 1."""
    if not array.any():
        return 0.0
    if not is_whole(array):
        return distinct(array) * BITS_OF_DOUBLE
    return entropy(array) + float(np.log2(peak(array) + 1))


def _ranked(chains: list[Chain]) -> list[Diagnosis]:
    """One diagnosis a cause, by the share of the evidence that the chains with it have."""
    weighed = sorted(((_weight(chain), chain) for chain in chains), key=lambda entry: -entry[0])
    distinct_sets: dict[frozenset[str], tuple[float, Chain]] = {}
    for weight, chain in weighed:
        distinct_sets.setdefault(frozenset(link.rule.code for link in chain), (weight, chain))
    least = min((len(codes) for codes in distinct_sets), default=1)
    total = sum(weight for weight, _ in distinct_sets.values()) + UNKNOWN * ANOTHER_MISTAKE ** (least - 1)
    found: dict[str, Diagnosis] = {}
    for _, chain in distinct_sets.values():
        for link in chain:
            code = link.rule.code
            share = sum(weight for codes, (weight, _) in distinct_sets.items() if code in codes) / total
            if code not in found and share >= LEAST_CONFIDENCE:
                found[code] = _diagnosis(link, chain, share)
    return sorted(found.values(), key=lambda diagnosis: -round(diagnosis.confidence, 6))


def _weight(chain: Chain) -> float:
    mistakes = len(chain) - 1 + any(_is_guess(link.step) for link in chain)
    return _strength(chain) * ANOTHER_MISTAKE**mistakes


def _strength(chain: Chain) -> float:
    return float(np.prod([link.step.weight for link in chain]))


def _diagnosis(link: Link, chain: Chain, confidence: float) -> Diagnosis:
    manual = link.rule.manual
    others = " and ".join(other.rule.code for other in chain if other is not link)
    evidence = f"{link.step.evidence}, together with {others}" if others else link.step.evidence
    return Diagnosis(
        manual.code, link.rule.title, confidence, evidence, manual.remedy, manual.matlab, manual.right
    )
