"""Run a batch: check what is not finished yet, journal every outcome as it comes, write the tables."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from port.batch import bubblewrap
from port.batch.cluster import dask_pool
from port.batch.journal import Journal
from port.batch.manifest import Check, read_manifest
from port.batch.plan import Planned, plan, prepare
from port.batch.pool import Pool, local_pool
from port.batch.recorded import recorded
from port.batch.results import Outcome
from port.batch.station import Settings, Task
from port.batch.tables import (
    FORMATS,
    RESULT_COLUMNS,
    SUMMARY_COLUMNS,
    Summary,
    result_rows,
    summarise,
    write_table,
)
from port.errors import ArgumentError, MatportError

JOURNAL = "journal.jsonl"
Notice = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Batch:
    """A finished batch: its tables, a summary a submission, and what it took.

    `repeated` counts the checks that an earlier run had finished.
    """

    results: Path
    submissions: Path
    summaries: tuple[Summary, ...]
    checks: int
    repeated: int
    seconds: float


def run_batch(
    manifest: Path,
    output: Path,
    settings: Settings | None = None,
    *,
    jobs: int | None = None,
    scheduler: str = "",
    resume: bool = False,
    table: str = "csv",
    notice: Notice = lambda text: None,
    progress: Progress = lambda done, total: None,
) -> Batch:
    """Check every row of a manifest and write the tables of it into the folder `output`.

    `jobs` worker processes (as many as processors by default), or the Dask cluster at `scheduler`. Every
    outcome is journalled in `output` when it is known: a run that was cut off goes on with `resume`. `table`
    is csv or parquet. `notice` is told how submissions are isolated, `progress` how many checks are done.

    Raises ArgumentError for a manifest that cannot be read and for an output folder of another run,
    MatportError where results cannot be written or workers are lost, MissingPartError where a complete
    sandbox is required and not to be had.
    """
    begin = time.perf_counter()
    if table not in FORMATS:
        raise ArgumentError(f"tables are written as {' or '.join(FORMATS)}, not {table!r}")
    checks = tuple(recorded(check, output / "recorded") for check in read_manifest(manifest))
    planned = plan(checks)
    references = frozenset(each.path.resolve() for one in planned for each in one.references)
    settings = _hiding(settings or Settings(), references)
    with Journal(output / JOURNAL, resume=resume) as journal:
        with _workers(settings, jobs or os.cpu_count() or 1, scheduler) as pool:
            _tell_isolation(pool.isolations(), notice)
            tasks = ((one, prepare(one, settings, references)) for one in planned)
            keys, repeated = _check_all(tasks, len(planned), pool, journal, progress)
        submissions: dict[str, list[str]] = {}
        for check in checks:
            submissions.setdefault(check.submission, []).append(keys[check])
        results, summary = output / f"results.{table}", output / f"submissions.{table}"
        summaries: list[Summary] = []
        write_table(results, RESULT_COLUMNS, _rows(submissions, journal, summaries))
        write_table(summary, SUMMARY_COLUMNS, map(astuple, summaries))
    return Batch(results, summary, tuple(summaries), len(checks), repeated, time.perf_counter() - begin)


def _hiding(settings: Settings, references: Iterable[Path]) -> Settings:
    """Settings that hide the references which lie where submissions could see them."""
    folders = bubblewrap.visible()
    seen = {path for path in references if any(path.is_relative_to(folder) for folder in folders)}
    return replace(settings, hidden=tuple(sorted({*settings.hidden, *seen})))


def _workers(settings: Settings, jobs: int, scheduler: str) -> AbstractContextManager[Pool]:
    return dask_pool(settings, scheduler, jobs) if scheduler else local_pool(settings, jobs)


def _tell_isolation(isolations: Sequence[str], notice: Notice) -> None:
    counted = Counter(isolations)
    for text, number in counted.items():
        notice(text if len(counted) == 1 else f"{text} (on {number} of {len(isolations)} workers)")


def _check_all(
    tasks: Iterable[tuple[Planned, Task | Outcome]],
    total: int,
    pool: Pool,
    journal: Journal,
    progress: Progress,
) -> tuple[dict[Check, str], int]:
    """Have every check in the journal; gives the key of each, and how many were in it before.

    No more tasks are under way than keep the workers busy: the rest stays on disk.
    """
    keys: dict[Check, str] = {}
    waiting: set[Future[Outcome]] = set()
    repeated = 0
    for one, prepared in tasks:
        keys[one.check] = prepared.key
        if prepared.key in journal:
            repeated += 1
        elif isinstance(prepared, Outcome):
            journal.append(prepared)
        else:
            waiting.add(pool.submit(prepared, one.references, shared=one.shared))
        while len(waiting) >= pool.width:
            waiting = _journalled(waiting, journal)
            progress(len(journal), total)
    while waiting:
        waiting = _journalled(waiting, journal)
        progress(len(journal), total)
    return keys, repeated


def _journalled(waiting: set[Future[Outcome]], journal: Journal) -> set[Future[Outcome]]:
    """Wait for an outcome and write down what has come; returns what is still waited for."""
    done, left = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        try:
            journal.append(future.result())
        except MatportError:
            raise
        except (Exception, CancelledError) as error:
            raise MatportError(
                f"a worker was lost ({type(error).__name__}: {error}); {len(journal)} finished outcomes are "
                "kept, go on with --resume"
            ) from error
    return left


def _rows(
    submissions: Mapping[str, Sequence[str]], journal: Journal, summaries: list[Summary]
) -> Iterator[tuple[object, ...]]:
    """The rows of every submission in turn; its summary is added to `summaries`."""
    for keys in submissions.values():
        outcomes = [journal.read(key) for key in keys]
        summaries.append(summarise(outcomes))
        for outcome in outcomes:
            yield from result_rows(outcome)
