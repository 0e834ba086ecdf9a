"""Where tasks are checked: worker processes of this machine, or those of a Dask cluster."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.util import Finalize
from typing import Protocol

from port.batch.results import Outcome
from port.batch.sandbox import Sandbox
from port.batch.station import Reference, Settings, Station, Task

_here = threading.local()


class Pool(Protocol):
    """Workers that check tasks. `width` tasks keep them busy."""

    width: int

    def submit(self, task: Task, references: Sequence[Reference], *, shared: bool) -> "Future[Outcome]":
        """Check a task some time; `shared` says that others need the same references."""

    def isolations(self) -> list[str]:
        """How submissions are isolated where they will run, a sentence's end for every machine asked.

        Raises MissingPartError where a complete sandbox is required and one of them has none.
        """


def isolation(settings: Settings) -> str:
    """How submissions are isolated in this process, found by starting a sandbox."""
    with Sandbox(settings.limits, require=settings.require_sandbox) as trial:
        return str(trial.isolation)


def check(settings: Settings, task: Task, references: Sequence[Reference]) -> Outcome:
    """Check a task in this thread of this process, which keeps its station for the next."""
    station: Station | None = getattr(_here, "station", None)
    if station is None or station.settings != settings:
        _here.station = station = Station(settings)
        Finalize(None, station.close, exitpriority=1)
    return station.check(task, references)


@contextmanager
def local_pool(settings: Settings, jobs: int) -> Iterator[Pool]:
    """`jobs` worker processes of this machine, which end with it."""
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield LocalPool(executor, settings, 2 * jobs)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


class LocalPool:
    """Worker processes; they read references from disk."""

    def __init__(self, executor: ProcessPoolExecutor, settings: Settings, width: int) -> None:
        self.executor, self.settings, self.width = executor, settings, width

    def submit(self, task: Task, references: Sequence[Reference], *, shared: bool) -> "Future[Outcome]":
        """Check a task in one of the processes."""
        return self.executor.submit(check, self.settings, task, references)

    def isolations(self) -> list[str]:
        """That of this machine."""
        return [isolation(self.settings)]


def _begin() -> None:
    """Leave interrupts to the parent, and end when it does, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
