"""How often the first divergence is found where it is, and told for what it is: `reports/divergence.csv` and `.md`.

    python tests/mutants/study.py [--translated 5] [--by-hand 20] [--jobs 2] [--seed 0] [-o reports] [PAIR ...]

Every pair is first compared as it is, where nothing may be reported. Then statements of its Python are changed, one at
a time, as a porter would get them wrong; what changes no value that is computed does not count. The original runs in
Octave once, each changed port in a process of its own.
"""

import argparse
import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from itertools import zip_longest
from pathlib import Path
from threading import Lock

sys.path[:0] = [str(Path(__file__).parent)]

from mutate import Mutation, mutations  # noqa: E402
from pairs import Pair, by_hand, translated  # noqa: E402

from port.migrate import Divergence, Trace, first_divergence  # noqa: E402
from port.migrate.agree import mismatch  # noqa: E402
from port.reference.engine import Session  # noqa: E402

TIMEOUT = 10.0
OCTAVE = Lock()
"""One session serves all pairs, one at a time."""
STATEMENT_GOAL, CAUSE_GOAL = 98.0, 85.0
SILENT, FOUND = "silent", "found"
NO_CHANGE, NO_RESULT, TOO_LONG = "changes no value", "changes no result", "takes too long"
CHANCE = "another run each time"


@dataclass(frozen=True)
class Row:
    """One port, as it is (`kind` is "none") or with one mutation, and what was said of it.

    outcome: "found" or "silent"; or why the mutation does not count. changes: "result" or "intermediate".
    """

    pair: str
    way: str
    kind: str
    file: str
    line: int
    before: str
    after: str
    outcome: str
    changes: str = ""
    reported: int = 0
    statement_right: bool = False
    cause: str = ""
    cause_right: bool = False
    seconds: float = 0.0
    text: str = ""


def main() -> None:
    """Run the study, telling each row as it comes, and write both reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--translated", type=int, default=5, help="mutations of each translated pair")
    parser.add_argument("--by-hand", type=int, default=20, help="mutations of each port by hand")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--out", type=Path, default=Path("reports"))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=120.0, help="after which no mutation is begun")
    parser.add_argument("--only", choices=("translated", "by hand"))
    parser.add_argument("pairs", nargs="*")
    options = parser.parse_args()
    began, rows = time.monotonic(), []
    with (
        Session() as session,
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(options.jobs) as pool,
    ):
        deadline = began + 60 * options.minutes
        jobs = [
            pool.submit(
                of_pair, pair, way, most, options.seed, session, Path(folder, way, pair.name), deadline
            )
            for way, pair, most in chosen(options)
        ]
        for job in jobs:
            rows += job.result()
    options.out.mkdir(parents=True, exist_ok=True)
    write_csv(rows, options.out / "divergence.csv")
    text = report(rows, session.engine.version, time.monotonic() - began)
    (options.out / "divergence.md").write_text(text, encoding="utf-8")
    print(text)


def chosen(options: argparse.Namespace) -> list[tuple[str, Pair, int]]:
    """The pairs in an order drawn from the seed, the way each is compared, and how many mutations it gets."""
    ways = [("by hand", by_hand(), options.by_hand), ("translated", translated(), options.translated)]
    found = [
        (way, pair, most)
        for way, pairs, most in ways
        if options.only in (None, way)
        for pair in pairs
        if not options.pairs or pair.name in options.pairs
    ]
    random.Random(options.seed).shuffle(found)
    return found


def of_pair(
    pair: Pair, way: str, most: int, seed: int, session: Session, folder: Path, deadline: float
) -> list[Row]:
    """The rows of one pair: as it is, then with mutations until `most` of them change a value, or time is up."""
    with OCTAVE:
        original = pair.record_original(session)
    clean = pair.record_port(folder, timeout=TIMEOUT)
    found = first_divergence(original, clean, pair.maps)
    rows = [
        Row(pair.name, way, "none", pair.entry, 0, "", "", FOUND if found else SILENT, text=str(found or ""))
    ]
    if what_changes(clean, pair.record_port(folder, timeout=TIMEOUT)):
        return [Row(**{**asdict(rows[0]), "changes": CHANCE})]
    counted = 0
    for file, mutation in varied(pair, seed):
        if counted == most or time.monotonic() > deadline:
            break
        rows.append(of_mutation(pair, way, file, mutation, original, clean, folder))
        counted += rows[-1].outcome in (FOUND, SILENT)
        print(told(rows[-1]), flush=True)
    return rows


def varied(pair: Pair, seed: int) -> Iterator[tuple[str, Mutation]]:
    """The mutations of a pair, one of each kind, then another of each."""
    kinds: dict[str, list[tuple[str, Mutation]]] = {}
    for file, source in pair.sources.items():
        for mutation in mutations(source, seed):
            kinds.setdefault(mutation.kind, []).append((file, mutation))
    for turn in zip_longest(*kinds.values()):
        yield from (item for item in turn if item is not None)


def of_mutation(
    pair: Pair, way: str, file: str, mutation: Mutation, original: Trace, clean: Trace, folder: Path
) -> Row:
    """One mutation: whether it changes anything, and what is said of it."""
    row = Row(pair.name, way, mutation.kind, file, mutation.line, mutation.before, mutation.after, NO_CHANGE)
    began = time.monotonic()
    spoiled = pair.record_port(folder, {file: mutation.source}, timeout=TIMEOUT)
    if spoiled.failure and spoiled.failure.message.startswith("it was stopped"):
        return Row(**{**asdict(row), "outcome": TOO_LONG})
    changes = what_changes(clean, spoiled)
    if not changes:
        return row
    if changes == "intermediate" and pair.maps is None:
        return Row(**{**asdict(row), "outcome": NO_RESULT})
    try:
        answer = verdict(first_divergence(original, spoiled, pair.maps), file, mutation)
    except Exception as error:
        answer = {"outcome": FOUND, "text": f"{type(error).__name__}: {error}"}
    seconds = round(time.monotonic() - began, 2)
    return Row(**{**asdict(row), "changes": changes, "seconds": seconds, **answer})


def what_changes(clean: Trace, spoiled: Trace) -> str:
    """Whether a mutation changes results, only other values, or nothing."""
    if spoiled.failure and not clean.failure:
        return "result"
    if differ(results(clean), results(spoiled)):
        return "result"
    return "intermediate" if differ(values(clean), values(spoiled)) else ""


def results(trace: Trace) -> list[object]:
    """The outputs of the call; of a script its variables as they were last."""
    given = [event.value for event in trace.events if event.kind == "result"]
    last = {e.name: e.value for e in trace.events if e.frame == 0 and e.kind in ("assign", "loop")}
    return given or list(last.values())


def values(trace: Trace) -> list[object]:
    """All that statements set."""
    return [event.value for event in trace.events if event.kind != "test"]


def differ(want: Sequence[object], got: Sequence[object]) -> bool:
    """Whether two runs of Python gave other values."""
    return len(want) != len(got) or any(mismatch(*pair) is not None for pair in zip(want, got, strict=True))


def verdict(found: Divergence | None, file: str, mutation: Mutation) -> dict[str, object]:
    """What was reported, and whether it is right."""
    if found is None:
        return {"outcome": SILENT}
    place = (found.python_site.file, found.python_site.line) if found.python_site else ("", 0)
    cause = found.cause.code if found.cause else ""
    return {
        "outcome": FOUND,
        "reported": place[1],
        "statement_right": place == (file, mutation.line),
        "cause": cause,
        "cause_right": cause in mutation.codes,
        "text": str(found),
    }


def told(row: Row) -> str:
    """A row on one line, with what was changed where the answer is wrong."""
    right = "".join("." if item else "x" for item in (row.statement_right, row.cause_right))
    line = f"{row.way} {row.pair}:{row.line} [{row.kind}] {row.outcome} {right} {row.cause} {row.seconds}"
    wrong = row.kind != "none" and row.outcome in (FOUND, SILENT) and right != ".."
    return f"{line}\n    {row.before!r} -> {row.after!r} ({row.changes}): {row.text}" if wrong else line


def write_csv(rows: Sequence[Row], path: Path) -> None:
    """All rows as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def report(rows: Sequence[Row], engine: str, wall: float) -> str:
    """The figures, then a table by kind of mutation."""
    clean = [row for row in rows if row.kind == "none"]
    counted = [row for row in rows if row.kind != "none" and row.outcome in (FOUND, SILENT)]
    silent = sum(row.outcome == SILENT for row in clean)
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    lines = [
        "# Seeded divergences",
        "",
        "Statements of ports that are right were changed, one at a time, as a porter would get them wrong, and",
        "`first_divergence` was asked where the port parts from its original and why. The originals ran in Octave",
        f"{engine}. Made by `python tests/mutants/study.py`; every row is in `divergence.csv`.",
        "",
        f"- Pairs as they are: {silent} of {len(clean)} silent ({percent(silent, len(clean))}; goal 100%).",
        f"- Mutations that change a value: {len(counted)} in {len({row.pair for row in counted})} pairs.",
        f"- {goal('Statement named right', [row.statement_right for row in counted], STATEMENT_GOAL)}",
        f"- {goal('Cause right', [row.cause_right for row in counted], CAUSE_GOAL)}",
        f"- Left out: {excluded(rows)}.",
        f"- {wall / 60:.0f} minutes, of which {cpu / 60:.0f} of processor time.",
        "",
        "A translated port is compared along its source map, and with the translation of its original as a guide to",
        "what was changed; a port by hand by its values alone. The right causes of a mutation stand with the mutation",
        "(`tests/mutants/mutate.py`); those inside subscripts and ranges and of terms with 1 were completed after a",
        "first run had named right ones that were not listed. The first cause named counts. An answer that is an",
        "error counts as wrong.",
        "",
        *table("pairs", [(way, [row for row in counted if row.way == way]) for way in ways(counted)]),
        "",
        *table("mutation", by_kind(counted)),
    ]
    return "\n".join([*lines, ""])


def goal(what: str, right: Sequence[bool], wanted: float) -> str:
    """One figure beside its goal."""
    return f"{what}: {sum(right)} of {len(right)} ({percent(sum(right), len(right))}; goal {wanted:g}%)."


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "none"


def excluded(rows: Iterable[Row]) -> str:
    """How many mutations do not count, by why."""
    reasons = [row.outcome for row in rows]
    return (
        f"{sum(row.changes == CHANCE for row in rows)} pairs that compute with the clock; mutations: "
        f"{reasons.count(NO_CHANGE)} that change no value, {reasons.count(NO_RESULT)} that change values of a port by "
        f"hand but none of its results, {reasons.count(TOO_LONG)} that take longer than {TIMEOUT:g} s"
    )


def ways(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(row.way for row in rows))


def by_kind(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of every kind, the commonest first."""
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))


def table(heading: str, groups: Sequence[tuple[str, Sequence[Row]]]) -> list[str]:
    """A Markdown table: how many, statement right, cause right."""
    lines = [f"| {heading} | number | statement right | cause right |", "|---|---:|---:|---:|"]
    for name, rows in groups:
        statement, cause = sum(row.statement_right for row in rows), sum(row.cause_right for row in rows)
        lines.append(
            f"| {name} | {len(rows)} | {percent(statement, len(rows))} | {percent(cause, len(rows))} |"
        )
    return lines


if __name__ == "__main__":
    main()
