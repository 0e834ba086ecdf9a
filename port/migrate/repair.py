"""Name the cause of a divergence: by the change of one statement that undoes it, else by what the values look like."""

import ast
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from port.migrate.agree import in_layout
from port.migrate.align import NOISE, Parting
from port.migrate.broadcast import broadcasts
from port.migrate.draft import Draft, as_translated
from port.migrate.edits import Edit, edits, is_idle, statement_at
from port.migrate.flow import Flow
from port.migrate.original import as_original
from port.migrate.replay import Task
from port.migrate.trace import Event, Site, Trace
from port.migrate.trial import Target, Trial
from port.reference.causes import Diagnosis, diagnose
from port.reference.causes.rule import catalogue
from port.reference.comparison import Tolerance

MOST_SUSPECTS, MOST_WORDED, MOST_EDITS, MOST_CAUSES = 16, 3, 8000, 5
RANK_COST, NEAR, FAR = 0.15, 3, 0.4
"""What each place in the order of suspects costs, and the share of it from the fourth on."""
BUDGET, GRACE, SLOWED = 10.0, 5.0, 6.0
"""Seconds of processor time for trying changes; on a busy machine they take longer, up to six times that and 5 s."""
AGREEMENT = 0.2
"""What it counts for a change that the values look like its mistake."""
SURE = 0.7
"""What it is worth to see an operation broadcast where the shape is another."""
OWN_CAUSES = {
    "P01": "another operator",
    "P02": "another comparison or condition",
    "P03": "another variable, or one out of date",
    "P04": "another number",
    "P05": "another function",
    "P07": "operands in the other order",
    "P08": "a term or factor too many",
    "P09": "a term or factor is missing",
    "P10": "another statement than the original's",
}
"""Causes that only the program shows; the catalogue holds those that arrays show."""


@dataclass(frozen=True)
class Repair:
    """A change that helps: whether it gives MATLAB's value at the parting, and the share of results it sets right."""

    cost: float
    site: Site
    edit: Edit
    met: bool
    share: float


def repairs(
    matlab: Trace,
    python: Trace,
    parting: Parting,
    translations: Mapping[str, Draft],
    *,
    exact: bool,
    tolerance: Tolerance,
    budget: float = BUDGET,
) -> list[Repair]:
    """The changes of suspected statements after which Python gives MATLAB's value, best first.

    translations: of the files that are one, in which statements they differ from it; these are tried first. Changes are
    tried by running the program again, so the trace must be one recorded here whose files are as they were;
    otherwise there are none.
    """
    task = python.replay
    if not isinstance(task, Task) or not unchanged(task, python.sources):
        return []
    candidates = ranked_edits(matlab, python, parting, translations)
    target, results = target_of(parting), results_of(matlab, python, parting)
    if not candidates or (target is None and not results):
        return []
    sources = [(cost, site.file, edit.source) for cost, site, edit in candidates]
    answers = tried(Trial(task, sources, target, results, exact, "", budget, slack(results), tolerance))
    found = [Repair(*candidates[number], met, share) for number, met, share in answers if met or share == 1.0]
    best = max((item.share for item in found), default=0.0)
    return [item for item in found if item.share == best]


def ranked_edits(
    matlab: Trace, python: Trace, parting: Parting, translations: Mapping[str, Draft]
) -> list[tuple[float, Site, Edit]]:
    """The changes of suspected statements with what they cost: more the further a statement is from the parting."""
    scalars = {event.name for event in python.events if event.shape in ((), (1, 1))}
    found = [
        (edit.cost, Site(name, edit.line, edit.line, "", "", "assign"), edit)
        for name, draft in translations.items()
        for edit in as_translated(python.sources[name], draft)
    ]
    found += [
        (edit.cost + rank_cost(rank), site, edit)
        for rank, site in enumerate(parting.suspects[:MOST_SUSPECTS])
        for edit in edits(python.sources.get(site.file, ""), site.line, scalars, parting.hints)
    ]
    m = parting.matlab_site
    if m is not None:
        found += [
            (edit.cost + rank_cost(rank), site, edit)
            for rank, site in enumerate(parting.suspects[:MOST_WORDED])
            for edit in as_original(
                python.sources.get(site.file, ""), site.line, matlab.sources[m.file], m, parting.renames
            )
        ]
    return sorted(found, key=lambda item: item[0])[:MOST_EDITS]


def rank_cost(rank: int) -> float:
    """What it costs a statement to be so far down in the order of suspects."""
    return RANK_COST * (min(rank, NEAR) + FAR * max(rank - NEAR, 0))


def slack(results: Mapping[str, Any] | Sequence[Any]) -> float:
    """What rounding makes of numbers as large as the results."""
    values = results.values() if isinstance(results, Mapping) else results
    arrays = [
        value for value in values if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size
    ]
    return NOISE * max(
        (float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in arrays), default=0.0
    )


def unchanged(task: Task, sources: Mapping[str, str]) -> bool:
    """Whether what would be run is still what was recorded."""
    root = Path(task.path).parent
    return all(
        task.changed[name] == text
        if name in task.changed
        else (root / name).is_file() and (root / name).read_text(encoding="utf-8") == text
        for name, text in sources.items()
    )


def target_of(parting: Parting) -> Target | None:
    """What the statement at the parting must give."""
    m, p = parting.matlab, parting.python
    if m is None or p is None or p.kind == "result" or parting.mismatch.kind == "missing":
        return None
    part = m.part_key is not None and p.part_key is not None and isinstance(p.value, dict | list)
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


def tried(trial: Trial) -> list[tuple[int, bool, float]]:
    """The answers of the other process: number of the candidate, whether the target is met, share of the results."""
    with tempfile.TemporaryDirectory(prefix="matport-") as folder:
        answers, file = Path(folder, "answers"), Path(folder, "trial")
        file.write_bytes(pickle.dumps(replace(trial, answers=str(answers))))
        package = str(Path(__file__).resolve().parents[2])
        search_path = os.pathsep.join([package, *(entry for entry in sys.path if entry)])
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "port.migrate.trial", str(file)],
            cwd=Path(trial.task.path).parent,
            env={**os.environ, "PYTHONPATH": search_path, "MPLBACKEND": "Agg"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(SLOWED * trial.budget + GRACE)
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
    ranked = sorted(found, key=lambda item: item.cost - AGREEMENT * (item.edit.code in codes))
    first = {item.edit.code: item for item in reversed(ranked)}
    kept = sorted(first.values(), key=ranked.index)[:MOST_CAUSES]
    made = [of_repair(item, confidence(number, len(kept))) for number, item in enumerate(kept)]
    return widened([*made, *(cause for cause in seen if cause.code not in first)], python, parting)


def widened(found: list[Diagnosis], python: Trace, parting: Parting) -> list[Diagnosis]:
    """The causes, where an operation broadcast and the shape is another: with that said first."""
    p = parting.python
    if parting.mismatch.kind != "shape" or p is None or p.site != parting.python_site:
        return found
    shapes = {name: value.shape for name, value in operands(python, p).items()}
    statement = statement_at(ast.parse(python.sources[p.file]), p.line)
    said = broadcasts(statement, shapes) if statement else []
    if not said:
        return found
    if not found:
        rule = catalogue()["M06"]
        known = rule.manual
        return [Diagnosis("M06", rule.title, SURE, said[0], known.remedy, known.matlab, known.right)]
    return [replace(found[0], evidence=f"{said[0]}; {found[0].evidence}"), *found[1:]]


def idle_suspect(python: Trace, suspects: Sequence[Site]) -> Site | None:
    """The first of the suspects that does nothing with what it is given, which tells where no change helps."""
    return next((site for site in suspects if is_idle(python.sources.get(site.file, ""), site.line)), None)


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
    want, got = m.part, in_layout(m.part, p.part)
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray) and want.size and got.size):
        return []
    return diagnose(want, got, inputs=operands(python, p))


def operands(trace: Trace, event: Event) -> dict[str, Any]:
    """The numbers that a statement was computed from, by name."""
    flow = Flow(trace)
    index = flow.number[event]
    found = {trace.events[item].name: trace.events[item].part for item in flow.operands[index]}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray) and value.size}
