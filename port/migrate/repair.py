"""Name the cause of a divergence: by the change of one statement that undoes it, else by what the values look like."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from port.migrate.align import Parting
from port.migrate.edits import Edit, edits
from port.migrate.flow import Flow
from port.migrate.replay import Task
from port.migrate.trace import Event, Site, Trace
from port.migrate.trial import Target, Trial
from port.reference.causes import Diagnosis, diagnose
from port.reference.causes.rule import catalogue
from port.reference.comparison import Tolerance

MOST_SUSPECTS, MOST_EDITS, MOST_CAUSES = 8, 3000, 5
BUDGET, GRACE = 10.0, 5.0
OWN_CAUSES = {
    "P01": "another operator",
    "P02": "another comparison or condition",
    "P03": "another variable, or one out of date",
    "P04": "another number",
    "P05": "another function",
    "P07": "operands in the other order",
    "P08": "a term or factor too many",
}
"""Causes that only the program shows; the catalogue holds those that arrays show."""


@dataclass(frozen=True)
class Repair:
    """A change that helps: whether it gives MATLAB's value at the parting, and the share of results it sets right."""

    site: Site
    edit: Edit
    met: bool
    share: float


def repairs(
    matlab: Trace,
    python: Trace,
    parting: Parting,
    *,
    exact: bool,
    tolerance: Tolerance,
    budget: float = BUDGET,
) -> list[Repair]:
    """The changes of suspected statements after which Python gives MATLAB's value, best first.

    They are tried by running the program again, so the trace must be one recorded here whose files are as they were;
    otherwise there are none.
    """
    task = python.replay
    if not isinstance(task, Task) or not unchanged(task, python.sources):
        return []
    candidates = [
        (site, edit)
        for site in parting.suspects[:MOST_SUSPECTS]
        for edit in edits(python.sources.get(site.file, ""), site.line)
    ][:MOST_EDITS]
    target, results = target_of(parting), results_of(matlab, python, parting)
    if not candidates or (target is None and not results):
        return []
    answers = tried(
        task,
        [(site.file, site.line, edit.source) for site, edit in candidates],
        target,
        results,
        exact,
        tolerance,
        budget,
    )
    found = [Repair(*candidates[number], met, share) for number, met, share in answers if met or share == 1.0]
    best = max((item.share for item in found), default=0.0)
    return [item for item in found if item.share == best]


def unchanged(task: Task, sources: Mapping[str, str]) -> bool:
    """Whether the recorded files still hold what was recorded."""
    root = Path(task.path).parent
    return all(
        (root / name).is_file() and (root / name).read_text(encoding="utf-8") == text
        for name, text in sources.items()
    )


def target_of(parting: Parting) -> Target | None:
    """What the statement at the parting must give."""
    m, p = parting.matlab, parting.python
    if m is None or p is None or p.kind == "result" or parting.mismatch.kind == "missing":
        return None
    part = m.part_key is not None and p.part_key is not None
    return Target(p.file, p.line, p.name, p.kind, p.occurrence, m.part if part else m.value, part)


def results_of(matlab: Trace, python: Trace, parting: Parting) -> Mapping[str, Any] | Sequence[Any]:
    """What the run as a whole must give: the outputs of the call, or the variables of a script."""
    outputs = [event.value for event in matlab.events if event.kind == "result"]
    if outputs:
        return outputs
    last = {event.name: event.value for event in matlab.events if event.frame == 0 and event.kind == "assign"}
    known = {event.name for event in python.events if event.frame == 0 and event.kind == "assign"}
    named = {parting.renames.get(name, name): value for name, value in last.items()}
    return {name: value for name, value in named.items() if name in known}


def tried(
    task: Task,
    candidates: Sequence[tuple[str, int, str]],
    target: Target | None,
    results: Mapping[str, Any] | Sequence[Any],
    exact: bool,
    tolerance: Tolerance,
    budget: float,
) -> list[tuple[int, bool, float]]:
    """The answers of the other process: number of the candidate, whether the target is met, share of the results."""
    with tempfile.TemporaryDirectory(prefix="matport-") as folder:
        answers, file = Path(folder, "answers"), Path(folder, "trial")
        trial = Trial(task, candidates, target, results, exact, str(answers), budget, tolerance)
        file.write_bytes(pickle.dumps(trial))
        search_path = os.pathsep.join(
            [str(Path(__file__).resolve().parents[2]), *(entry for entry in sys.path if entry)]
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "port.migrate.trial", str(file)],
            cwd=Path(task.path).parent,
            env={**os.environ, "PYTHONPATH": search_path, "MPLBACKEND": "Agg"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(budget + GRACE)
        except subprocess.TimeoutExpired:
            pass
        finally:
            process.kill()
            process.wait()
        lines = answers.read_text(encoding="utf-8").splitlines() if answers.exists() else []
    return [tuple(json.loads(line)) for line in lines if line.endswith("]")]


def causes(python: Trace, parting: Parting, found: Sequence[Repair]) -> list[Diagnosis]:
    """The causes, best first: those that a change undoes, then those that the values look like."""
    seen = by_values(python, parting)
    codes = [cause.code for cause in seen]
    ranked = sorted(
        found, key=lambda item: codes.index(item.edit.code) if item.edit.code in codes else len(codes)
    )
    first = {item.edit.code: item for item in reversed(ranked)}
    kept = sorted(first.values(), key=ranked.index)[:MOST_CAUSES]
    made = [of_repair(item, confidence(number, len(kept))) for number, item in enumerate(kept)]
    return [*made, *(cause for cause in seen if cause.code not in first)]


def confidence(place: int, count: int) -> float:
    """What a change is worth that undoes the difference, beside others that do too."""
    return (0.95 if place == 0 else 0.5) / (1 + 0.1 * (count - 1) + place)


def of_repair(item: Repair, sure: float) -> Diagnosis:
    """A change as a diagnosis, with the catalogue's title where it is in there."""
    edit = item.edit
    rule = catalogue().get(edit.code)
    title = rule.title if rule else OWN_CAUSES[edit.code]
    reach = "everything agrees" if item.share == 1.0 else "the statement gives MATLAB's value"
    evidence = (
        f"{edit.what}: with `{edit.after}` for `{edit.before}` at {item.site.file}:{item.site.line} {reach}"
    )
    return Diagnosis(
        edit.code,
        title,
        sure,
        evidence,
        f"Write `{edit.after}`.",
        rule.manual.matlab if rule else "",
        edit.after,
    )


def by_values(python: Trace, parting: Parting) -> list[Diagnosis]:
    """What the catalogue says to the two values, given the operands of the statement."""
    m, p = parting.matlab, parting.python
    if m is None or p is None:
        return []
    want, got = m.part, p.part
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray) and want.size and got.size):
        return []
    return diagnose(want, got, inputs=operands(python, p))


def operands(trace: Trace, event: Event) -> dict[str, Any]:
    """The numbers that a statement was computed from, by name."""
    flow = Flow(trace)
    index = next(number for number, other in enumerate(trace.events) if other is event)
    found = {trace.events[item].name: trace.events[item].part for item in flow.operands[index]}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray) and value.size}
