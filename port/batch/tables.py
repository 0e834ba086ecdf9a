"""The tables of a batch: a row a quantity, a row a submission."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from port.batch.journal import whole_file
from port.batch.results import Outcome, Result
from port.errors import MissingPartError

FORMATS = ("csv", "parquet")
ROWS_AT_ONCE = 20_000
UNTOLD = "cannot tell"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Summary:
    """All outcomes of one submission, counted. `score` is the share of its cases that agree entirely.

    `causes` are codes of the catalogue, the one that explains most cases first, with their `titles` between
    bars; `first_case` and `first_quantity` are where it first does not agree; `error` is what the
    submission ended with, or the first error that its function raised.
    """

    submission: str
    verdict: str
    score: float
    checks: int
    cases: int
    cases_agree: int
    quantities: int
    quantities_agree: int
    causes: str
    titles: str
    first_case: str
    first_quantity: str
    first_verdict: str
    ending: str
    error: str
    isolation: str


RESULT_COLUMNS = ("submission", "code", "function", *(each.name for each in fields(Result)))
RESULT_VALUES = attrgetter(*RESULT_COLUMNS[3:])
SUMMARY_COLUMNS = tuple(each.name for each in fields(Summary))
INTEGERS = frozenset({"differing", "checks", "cases", "cases_agree", "quantities", "quantities_agree"})
REALS = frozenset({"max_abs", "max_rel", "max_scaled", "ulp", "score"})


def result_rows(outcome: Outcome) -> Iterator[Row]:
    """A row of RESULT_COLUMNS for every quantity of every case."""
    for result in outcome.results:
        yield (outcome.submission, outcome.code, outcome.function, *RESULT_VALUES(result))


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The summary of one submission, of which there is at least one outcome."""
    results = [result for outcome in outcomes for result in outcome.results]
    cases: dict[tuple[int, str], bool] = {}
    for number, outcome in enumerate(outcomes):
        for result in outcome.results:
            cases[number, result.case] = cases.get((number, result.case), True) and result.verdict == "agree"
    causes = Counter((result.cause, result.title) for result in results if result.cause).most_common()
    bad = [result for result in results if result.verdict != "agree"]
    first = bad[0] if bad else Result("", "", "")
    raised = next((result.detail for result in bad if result.verdict == "failed"), "")
    untold = bool(bad) and all(result.verdict == UNTOLD for result in bad)
    return Summary(
        submission=outcomes[0].submission,
        verdict=UNTOLD if untold or not results else "differ" if bad else "agree",
        score=sum(cases.values()) / max(1, len(cases)),
        checks=len(outcomes),
        cases=len(cases),
        cases_agree=sum(cases.values()),
        quantities=len(results),
        quantities_agree=len(results) - len(bad),
        causes=" ".join(code for (code, _), _ in causes),
        titles=" | ".join(title for (_, title), _ in causes),
        first_case=first.case,
        first_quantity=first.quantity,
        first_verdict=first.verdict,
        ending="; ".join(dict.fromkeys(outcome.ending for outcome in outcomes)),
        error="; ".join(dict.fromkeys(outcome.error for outcome in outcomes if outcome.error)) or raised,
        isolation="; ".join(dict.fromkeys(outcome.isolation for outcome in outcomes)),
    )


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a .csv or .parquet file whole or not at all, some rows at a time.

    Raises MissingPartError for Parquet without pyarrow, MatportError where the file cannot be written.
    """
    write = _write_parquet if path.suffix == ".parquet" else _write_csv
    with whole_file(path) as file:
        write(file, columns, _chunks(rows))


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, ROWS_AT_ONCE)):
        yield chunk


def _write_csv(file: IO[bytes], columns: Sequence[str], chunks: Iterator[list[Row]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for chunk in chunks:
        writer.writerows(chunk)
    text.detach()


def _write_parquet(file: IO[bytes], columns: Sequence[str], chunks: Iterator[list[Row]]) -> None:
    pyarrow, parquet = _pyarrow()
    types = [
        pyarrow.int64() if name in INTEGERS else pyarrow.float64() if name in REALS else pyarrow.string()
        for name in columns
    ]
    schema = pyarrow.schema(list(zip(columns, types, strict=True)))
    with parquet.ParquetWriter(file, schema) as writer:
        for chunk in chunks:
            writer.write_table(
                pyarrow.table([list(each) for each in zip(*chunk, strict=True)], schema=schema)
            )


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingPartError("Parquet needs pyarrow: pip install 'matport[parquet]'") from None
    return pyarrow, pyarrow.parquet
