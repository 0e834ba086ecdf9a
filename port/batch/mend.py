"""Look for the one statement of a submission whose change sets its results right, where values name no cause.

The submission is run again in its sandbox with one statement changed at a time (`port.batch.attempts`). Of what it
says of that nothing is believed: a change counts if the files with it, run like any others, give what is wanted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from port.batch.attempts import MOST, alike
from port.batch.frames import clean
from port.batch.judge import Judged, judge, name_in
from port.batch.results import Result
from port.batch.sandbox import Job, Sandbox
from port.migrate.match import telling
from port.migrate.repair import OWN_CAUSES
from port.reference.causes.rule import catalogue
from port.reference.quantities import quantities

ROUNDS = (0, 400, MOST)
"""The changes that are tried together: the likely ones first, which is often enough."""
CONFIRMED = 3
"""Changes that are run with all cases."""
Quantities = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Mended:
    """A change that sets quantities right, each by the number of its case and its name."""

    right: Quantities
    code: str
    title: str
    detail: str

    def told(self, results: Sequence[list[Result]]) -> list[list[Result]]:
        """The results with the cause at the first quantity that it explains."""
        place = next(
            (number, index)
            for number, rows in enumerate(results)
            for index, row in enumerate(rows)
            if (number, row.quantity) in self.right
        )
        return [
            [
                replace(row, cause=self.code, title=self.title, detail=self.detail)
                if (number, index) == place
                else row
                for index, row in enumerate(rows)
            ]
            for number, rows in enumerate(results)
        ]


def mend(sandbox: Sandbox, job: Job, judged: Sequence[Judged]) -> Mended | None:
    """The likeliest change of one statement that sets right what differs and spoils nothing; None without one.

    It is tried with the smallest of the cases that differ and confirmed with all of them.
    """
    wrong = differing(judged)
    if not job.entry.endswith(".py") or not says_something(judged, wrong):
        return None
    number = min({number for number, _ in wrong}, key=lambda number: (size(judged[number]), number))
    for first, last in pairwise(ROUNDS):
        said = sandbox.attempt(job, number, first, last)
        likely = promising(said, judged, wrong, number)[:CONFIRMED]
        for change in sandbox.tell(job, number, likely) if likely else ():
            if (found := confirmed(sandbox, job, judged, wrong, change)) is not None:
                return found
        if not isinstance(said.get("count"), int) or said["count"] <= last:
            return None
    return None


def differing(judged: Sequence[Judged]) -> Quantities:
    """What does not agree."""
    return frozenset(
        (number, row.quantity)
        for number, each in enumerate(judged)
        for row in each.results
        if row.verdict != "agree"
    )


def says_something(judged: Sequence[Judged], some: Quantities) -> bool:
    """Whether some of the quantities could not be right by chance."""
    return any(telling(judged[number].want.arrays[name]) for number, name in some)


def size(judged: Judged) -> int:
    """The elements of all that a case gives and wants."""
    given = quantities(judged.want.case.input).values()
    return sum(array.size for array in (*given, *judged.want.arrays.values()))


def promising(said: Mapping[str, Any], judged: Sequence[Judged], wrong: Quantities, number: int) -> list[int]:
    """The changes that set right what differed in a case and spoil nothing, those that set most right first."""
    arrays = judged[number].want.arrays
    fine = {name for name in arrays if (number, name) not in wrong}
    found = []
    for change, sketches in zip(listed(said, "numbers"), listed(said, "sketches"), strict=False):
        if isinstance(change, int) and 0 <= change < MOST and isinstance(sketches, Mapping):
            known = {name_in(name, arrays): sketch for name, sketch in sketches.items()}
            right = {name for name in arrays if alike(arrays[name], known.get(name))}
            if fine <= right and says_something(judged, frozenset((number, name) for name in right - fine)):
                found.append((-len(right), change))
    return [change for _, change in sorted(found, key=lambda item: item[0])]


def listed(said: Mapping[str, Any], name: str) -> list[Any]:
    """A list of what was said, empty where it is none."""
    value = said.get(name)
    return value if isinstance(value, list) else []


def confirmed(
    sandbox: Sandbox, job: Job, judged: Sequence[Judged], wrong: Quantities, change: Mapping[str, Any]
) -> Mended | None:
    """The change, if with it quantities are right that were not, in all cases, and none is wrong that was right."""
    said = {name: change.get(name) for name in ("file", "source", "code", "what", "before", "after")}
    if not all(isinstance(text, str) for text in said.values()) or said["file"] not in job.files:
        return None
    code = str(said["code"])
    title = catalogue()[code].title if code in catalogue() else OWN_CAUSES.get(code)
    run = sandbox.play(replace(job, files={**job.files, str(said["file"]): str(said["source"]).encode()}))
    left = differing([judge(each.want, run, number) for number, each in enumerate(judged)])
    if title is None or not left < wrong or not says_something(judged, wrong - left):
        return None
    names = dict.fromkeys(re.split(r"\W", name)[0] for _, name in sorted(wrong - left))
    reach = f"{', '.join(names)} agree" if left else "everything agrees"
    detail = (
        "{file}:{line}: {what}; with `{after}` for `{before}` ".format(line=change.get("line"), **said)
        + reach
    )
    return Mended(wrong - left, code, title, clean(detail))
