"""Run the comparison suite: every case of a folder, by every route that serves it, compared and diagnosed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from port.backprop.compiled import threads
from port.errors import ArgumentError
from port.reference.case import Case
from port.reference.comparison import Comparison, Tolerance, compare
from port.reference.comparison import Row as ComparisonRow
from port.reference.ledger import Intended, apply_ledger, case_ledger
from port.reference.processes import computed, process_count
from port.reference.quantities import quantities
from port.reference.routes import ROUTES, Route, task

if TYPE_CHECKING:
    import pandas as pd

# A gradient is a few sums of products: its rounding stays near 1e-15 of the quantity's largest entry. Training
# repeats thousands of such steps, each of which passes its rounding on to the next.
GRADIENT = Tolerance(rtol=0.0, atol=1e-12)
TRAINING = Tolerance(rtol=0.0, atol=1e-9)
# Central differences divide the rounding of the loss, 1e-16, by a step of 6e-6: two engines agree to about 1e-10.
DIFFERENCES = Tolerance(rtol=0.0, atol=1e-8)


KEYS = ["case", "task", "route"]
COLUMNS = [field.name for field in fields(ComparisonRow) if field.name != "top"]
SUMMARY = [*KEYS, "verdict", "quantities", "max_scaled", "worst"]

Judgement = tuple[Comparison | None, str, Mapping[str, Any]]  # an outcome without its case and route


@dataclass(frozen=True)
class Outcome:
    """One case by one route: the comparison, or the error that the route ended with."""

    case: Case
    route: str
    comparison: Comparison | None
    error: str = ""
    got: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every compared quantity agrees."""
        return self.comparison is not None and self.comparison.ok


@dataclass(frozen=True)
class SuiteResult:
    """All outcomes in the order of the cases; `unserved` names the `case: quantity` that no route computes."""

    outcomes: tuple[Outcome, ...]
    unserved: tuple[str, ...]

    @property
    def status(self) -> str:
        """agree, differ, or cannot-tell where something the cases expect was not compared."""
        if any(not outcome.ok for outcome in self.outcomes):
            return "differ"
        return "cannot-tell" if self.unserved or not self.outcomes else "agree"

    def joined(self, other: "SuiteResult") -> "SuiteResult":
        """This result and then another."""
        return SuiteResult(self.outcomes + other.outcomes, self.unserved + other.unserved)

    def rows(self) -> "pd.DataFrame":
        """A row for every (case, route, quantity)."""
        import pandas as pd

        records = [record for outcome in self.outcomes for record in _records(outcome)]
        return pd.DataFrame(records, columns=[*KEYS, *COLUMNS])

    def summary(self) -> "pd.DataFrame":
        """A row for every (case, route): how many quantities, the worst one, its scaled error, the verdict."""
        import pandas as pd

        return pd.DataFrame([_summary(outcome) for outcome in self.outcomes], columns=SUMMARY)


def run_suite(
    cases: Sequence[Case],
    *,
    routes: Sequence[Route] = ROUTES,
    ledger: Sequence[Intended] = (),
    progress: Callable[[Iterable[Any], int], Iterable[Any]] = lambda done, total: done,
) -> SuiteResult:
    """Compare every case with every route that serves it, but for the differences that `ledger` says are meant.

    The comparisons are shared by as many processes as leave every BLAS its threads. `progress` is given them as
    they are done, and how many they will be, and gives them on.
    """
    served = [(case, [route for route in routes if route.serves(case)]) for case in cases]
    pairs = [(case, route) for case, found in served for route in found]
    for prepare in dict.fromkeys(route.prepare for _, route in pairs):
        prepare()
    order = sorted(range(len(pairs)), key=lambda k: (-_samples(pairs[k][0]), routes.index(pairs[k][1])))
    with computed(lambda k: _judged(*pairs[k], ledger), order, process_count(threads())) as done:
        judged = dict(progress(done, len(pairs)))
    outcomes = [Outcome(case, route.name, *judged[k]) for k, (case, route) in enumerate(pairs)]
    return SuiteResult(tuple(outcomes), tuple(_unserved(served)))


def _samples(case: Case) -> int:
    """How many samples a training run goes through: the longest runs begin first."""
    return np.size(case.input.get("order", ()))


def _unserved(served: Iterable[tuple[Case, Sequence[Route]]]) -> Iterator[str]:
    for case, routes in served:
        names = {name for route in routes for name in route.computes}
        yield from (f"{case.name}: {name}" for name in case.expected if name not in names)


def _judged(case: Case, route: Route, ledger: Sequence[Intended]) -> Judgement:
    """Compute one case by one route and compare it; a route that raises has failed, and says with what."""
    try:
        with np.errstate(all="ignore"):
            got = route.compute(case)
    except Exception as error:  # whatever the code under test raises is its result
        return None, f"{type(error).__name__}: {error}", {}
    intended = case_ledger(case, ledger, route.name)
    return apply_ledger(compare_case(case, got, route.computes), intended), "", got


def run_live(cases: Sequence[Case], remade: Mapping[str, Case], engine: str) -> SuiteResult:
    """Compare the saved cases with those an engine has just made again, by name."""
    pairs = [(case, remade[case.name]) for case in cases if case.name in remade]
    outcomes = [
        Outcome(case, f"live {engine}", compare_case(case, new.expected, case.expected), got=new.expected)
        for case, new in pairs
    ]
    return SuiteResult(
        tuple(outcomes), tuple(f"{case.name}: a live run" for case in cases if case.name not in remade)
    )


def compare_case(case: Case, got: Mapping[str, Any], computes: Iterable[str]) -> Comparison:
    """Compare what a route computes with what the case expects of it, at the tolerance of the case's task."""
    expected = {name: case.expected[name] for name in case.expected if name in set(computes)}
    return compare(
        {name: got[name] for name in expected if name in got}, expected, tolerance=tolerance_of(case)
    )


def tolerance_of(case: Case) -> Tolerance:
    """The tolerance that a case's task asks for."""
    return {"train": TRAINING, "gradient_check": DIFFERENCES}.get(task(case), GRADIENT)


def select(cases: Sequence[Case], expression: str) -> list[Case]:
    """The cases whose name matches an expression of words, `and`, `or`, `not` and parentheses.

    Raises ArgumentError for an expression that cannot be read or that matches nothing.
    """
    chosen = [case for case in cases if matches(expression, case.name)]
    if not chosen:
        raise ArgumentError(f"-k {expression!r} matches none of the {len(cases)} cases, e.g. {cases[0].name}")
    return chosen


def matches(expression: str, name: str) -> bool:
    """Whether `name` matches: a word matches where it occurs in the name, whatever its case."""
    tokens = re.findall(r"[()]|[^\s()]+", expression)
    keep = {"and", "or", "not", "(", ")"}
    formula = " ".join(token if token in keep else str(token.lower() in name.lower()) for token in tokens)
    try:
        return bool(eval(formula, {"__builtins__": {}}))  # of True, False, and, or, not and parentheses alone
    except SyntaxError as error:
        raise ArgumentError(
            f"-k {expression!r} is not an expression of words, and, or, not and parentheses"
        ) from error


def differing(outcome: Outcome) -> Iterator[ComparisonRow]:
    """The quantities of an outcome that differ, the worst first."""
    if outcome.comparison is not None:
        bad = [row for row in outcome.comparison.table if not row.ok]
        yield from sorted(bad, key=lambda row: -row.excess if row.excess == row.excess else -np.inf)


def values(outcome: Outcome, quantity: str) -> tuple[Any, Any]:
    """(want, got) of one quantity; None where a side has none."""
    return quantities(outcome.case.expected).get(quantity), quantities(outcome.got).get(quantity)


def _records(outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    """The values of KEYS and COLUMNS for every quantity of an outcome; of a failed route, one that says with what."""
    keys = outcome.case.name, task(outcome.case), outcome.route
    if outcome.comparison is None:
        failed = {"quantity": "", "verdict": "failed", "where": outcome.error}
        yield *keys, *(failed.get(name, np.nan) for name in COLUMNS)
    else:
        yield from ((*keys, *(getattr(row, name) for name in COLUMNS)) for row in outcome.comparison.table)


def _summary(outcome: Outcome) -> dict[str, Any]:
    found = outcome.comparison
    worst = found.worst if found else None
    return {
        "case": outcome.case.name,
        "task": task(outcome.case),
        "route": outcome.route,
        "verdict": "agree" if outcome.ok else "differ",
        "quantities": len(found.table) if found else 0,
        "max_scaled": worst.max_scaled if worst else np.nan,
        "worst": worst.quantity if worst else outcome.error,
    }
