"""From the result of a suite to what is printed and written: the sentence, the facts, the frames, the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from port.cli.since import SINCE, Key, changes
from port.cli.surroundings import surroundings
from port.reference.case import Case
from port.reference.comparison import Element, Row
from port.reference.provenance import MANIFEST, Finding
from port.reference.quantities import quantities
from port.reference.suite import GRADIENT, TRAINING, Outcome, SuiteResult, differing, values
from port.report import tables
from port.report.check import CaseCard, Detail, check_page
from port.report.page import counted, listed, render

if TYPE_CHECKING:
    from port.reference.causes import Diagnosis

MOST_DETAILS, MOST_CAUSES, MOST_NAMED = 12, 3, 20
SUMMARY_FILE = "summary.json"
OF_OTHERS = (
    "matport check compares what matport itself computes, and none of these cases is of that.\n"
    "Your own code: port.reference.assert_agrees in a test, matport diagnose, matport diverge or matport batch."
)
TASKS = {"backprop": "one gradient", "train": "training", "gradient_check": "central differences"}


@dataclass(frozen=True)
class Agreement:
    """A suite's result with all that is said of it.

    `folder` holds the cases, `findings` is what in it is not as its manifest says, `previous` the verdicts of the
    last report, by case and route.
    """

    result: SuiteResult
    cases: Sequence[Case]
    folder: Path
    findings: Sequence[Finding]
    previous: Mapping[Key, str]

    @property
    def status(self) -> str:
        """The result's; an agreement with references that are not as they were recorded tells nothing."""
        return "cannot-tell" if self.findings and self.result.status == "agree" else self.result.status

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row for every (case, route)."""
        return self.result.summary()

    @cached_property
    def rows(self) -> pd.DataFrame:
        """A row for every (case, route, quantity), with the code of its likeliest cause."""
        rows = self.result.rows()
        first = {(d.case, d.route, d.quantity): d.causes[0]["code"] for d in self.details if d.causes}
        keys = zip(rows["case"], rows["route"], rows["quantity"], strict=True)
        rows["cause"] = [first.get(key, "") for key in keys]
        return rows

    @cached_property
    def details(self) -> list[Detail]:
        """A closer look at the worst quantity of the outcomes that differ."""
        bad = [(outcome, list(differing(outcome))) for outcome in self.result.outcomes if not outcome.ok]
        return [_detail(outcome, rows) if rows else _failure(outcome) for outcome, rows in bad[:MOST_DETAILS]]

    @cached_property
    def intended(self) -> list[str]:
        """The differences that the ledger says are meant, a sentence each."""
        judged = [(o, row) for o in self.result.outcomes if o.comparison for row in o.comparison.table]
        return [f"{o.case.name} ({o.route}): {row}" for o, row in judged if row.verdict == "intended"]

    def _bad_rows(self) -> pd.DataFrame:
        return self.rows[~self.rows.verdict.isin(["agree", "intended"])]

    @cached_property
    def verdict(self) -> str:
        """The verdict in one line."""
        if self.result.status == "differ":
            return self._difference()
        unserved = self.result.unserved
        if unserved:
            named = ", ".join(unserved[:3])
            return f"CANNOT TELL: no route computes {len(unserved)} expected quantities: {named}"
        if self.findings:
            case, problem = self.findings[0].case, self.findings[0].problem
            return f"CANNOT TELL: {len(self.findings)} references are not as {MANIFEST} says; first {case}: {problem}"
        worst = self.summary.groupby("task")["max_scaled"].max()
        errors = ", ".join(
            f"{error:.2g} ({TASKS.get(str(task), str(task))})" for task, error in worst.items()
        )
        return (
            f"AGREE: {counted(self.summary['case'].nunique(), 'case')}, "
            f"{counted(len(self.summary), 'comparison')}, {counted(len(self.rows), 'quantity', 'quantities')} "
            f"equal to {self._engines()}; worst scaled error {errors}"
        )

    def _difference(self) -> str:
        bad, worst = self.summary[self.summary.verdict != "agree"], self.details[0]
        return (
            f"DIFFER: {len(bad)} of {len(self.summary)} comparisons differ, in {bad['case'].nunique()} of "
            f"{len(self.cases)} cases; first {worst.case} ({worst.route}): {worst.sentence}"
        )

    def _manifest(self) -> str:
        if not (self.folder / MANIFEST).exists():
            return "none: nothing proves that the references are as they were recorded"
        if not self.findings:
            return "every reference is as it was recorded"
        return "; ".join(f"{finding.case}: {finding.problem}" for finding in self.findings)

    def _engines(self) -> str:
        return " and ".join(sorted({_engine(case) for case in self.cases}))

    @cached_property
    def facts(self) -> dict[str, str]:
        """What stands under the verdict: counts, engine, machine, versions, tolerance, what changed."""
        return {
            "Cases": f"{len(self.cases)} from {self.folder.name}",
            "References": self._engines(),
            "Manifest": self._manifest(),
            "Tolerance": f"one gradient: {GRADIENT}; training: {TRAINING} (set by matport check)",
            SINCE: changes(self.previous, self._verdicts()),
            **surroundings(),
        }

    def _verdicts(self) -> dict[Key, str]:
        return {(row["case"], row["route"]): row["verdict"] for row in self.summary.to_dict("records")}

    def document(self) -> dict[str, Any]:
        """The result as one JSON document (schema in docs/reports.md)."""
        return {
            "schema": 1,
            "status": self.status,
            "verdict": self.verdict,
            "facts": self.facts,
            "unserved": list(self.result.unserved),
            "summary": tables.records(self.summary),
            "differences": tables.records(self._bad_rows()),
            "intended": self.intended,
        }

    def files(self) -> dict[str, str | bytes]:
        """Name -> content of every report file."""
        page = check_page(
            self.verdict,
            self.result.status,
            self.facts,
            self.summary,
            self.rows,
            self.details,
            list(self._cards()),
        )
        return {
            "agreement.csv": tables.to_csv(self.rows),
            "agreement.md": self._markdown(),
            "index.html": render(page),
            SUMMARY_FILE: tables.to_json(self.document()),
        }

    def text(self) -> str:
        """The table for a terminal, one line a comparison, and the differences under it."""
        if not len(self.summary):
            return OF_OTHERS
        table = self.summary[["case", "route", "verdict", "quantities", "max_scaled", "worst"]]
        lines = [table.to_string(index=False, max_colwidth=48, float_format=lambda v: f"{v:.1e}")]
        for detail in self.details:
            lines.append(f"\n{detail.case} ({detail.route}): {detail.sentence}")
            lines.extend([f"    all that differs: {detail.differing}"] if detail.differing else [])
            lines.extend(
                f"    {cause['code']} {cause['title']}: {cause['remedy']}" for cause in detail.causes
            )
        lines += [f"\nmeant: {sentence}" for sentence in self.intended]
        return "\n".join(lines)

    def _markdown(self) -> str:
        facts = "\n".join(f"- {name}: {value}" for name, value in self.facts.items())
        bad = self._bad_rows()
        parts = ["# Agreement with the references", self.verdict, facts, tables.to_markdown(self.summary)]
        if len(bad):
            parts += ["## Differences", tables.to_markdown(bad)]
        if self.intended:
            parts += ["## Here Python differs on purpose", *(f"- {sentence}" for sentence in self.intended)]
        return "\n\n".join(parts) + "\n"

    def _cards(self) -> Iterator[CaseCard]:
        by_name: dict[str, list[Outcome]] = {}
        for outcome in self.result.outcomes:
            by_name.setdefault(outcome.case.name, []).append(outcome)
        for case in self.cases:
            yield _card(case, by_name.get(case.name, []), self.folder)


def _engine(case: Case) -> str:
    return f"{case.meta.get('engine', 'an unknown engine')} {case.meta.get('version', '')}".strip()


def _detail(outcome: Outcome, rows: Sequence[Row]) -> Detail:
    from port.reference.causes import diagnose

    worst = rows[0]
    want, got = values(outcome, worst.quantity)
    causes: Sequence[Diagnosis] = ()
    if want is not None and got is not None:
        causes = diagnose(want, got, inputs=quantities(outcome.case.input))[:MOST_CAUSES]
    named = sorted((row.quantity for row in rows), key=_by_number)
    return Detail(
        case=outcome.case.name,
        route=outcome.route,
        quantity=worst.quantity,
        verdict=worst.verdict,
        sentence=str(worst),
        differing=listed(named, MOST_NAMED),
        want=want,
        got=got,
        elements=pd.DataFrame([_element(element) for element in worst.top]),
        causes=[_cause(cause) for cause in causes],
    )


def _by_number(name: str) -> list[tuple[str, int]]:
    """An order in which dW{2} comes before dW{10}."""
    return [(word, int(number or 0)) for word, number in re.findall(r"(\D+)(\d*)", name)]


def _element(e: Element) -> dict[str, Any]:
    place = {"at_matlab": e.matlab, "at_python": e.python}
    return {**place, "want": e.want, "got": e.got, "max_abs": e.abs, "excess": e.excess, "ulp": e.ulp}


def _cause(cause: "Diagnosis") -> dict[str, Any]:
    facts = {name: getattr(cause, name) for name in ("code", "title", "confidence", "remedy")}
    return {**facts, "evidence": str(cause.evidence)}


def _failure(outcome: Outcome) -> Detail:
    return Detail(outcome.case.name, outcome.route, "everything", "failed", outcome.error)


def _card(case: Case, outcomes: Sequence[Outcome], folder: Path) -> CaseCard:
    meta = case.meta
    named = {
        "function": "function",
        "made by": "script",
        "engine": "engine",
        "version": "version",
        "inputs": "inputs",
        "recorded": "created",
        "note": "note",
    }
    provenance = {label: str(meta[key]) for label, key in named.items() if key in meta}
    curves: dict[str, Any] = {}
    if meta.get("task") == "train" and "loss" in case.expected:
        curves[str(meta.get("engine", "reference"))] = np.asarray(case.expected["loss"]).ravel()
        curves |= {o.route: np.asarray(o.got["loss"]).ravel() for o in outcomes if "loss" in o.got}
    return CaseCard(
        case.name, case.title, provenance, f"matport check --suite {folder.name} -k {case.name}", curves
    )
