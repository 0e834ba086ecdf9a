"""Check tasks on a Dask cluster. Workers need matport; references travel to each of them once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any

from port.batch.pool import Pool, check, isolation
from port.batch.results import Outcome
from port.batch.station import Reference, Settings, Task
from port.errors import ArgumentError, MissingPartError

RETRIES = 5
CONNECT = 30
LOCAL = "local"


@contextmanager
def dask_pool(settings: Settings, address: str, jobs: int) -> Iterator[Pool]:
    """The workers of the scheduler at `address`, or with `local` `jobs` of this machine under one of their own.

    Raises MissingPartError without Dask, ArgumentError where no scheduler answers or it has no workers.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise MissingPartError("--scheduler needs Dask: pip install 'matport[distributed]'") from None
    with ExitStack() as stack:
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
            )
            address = stack.enter_context(cluster).scheduler_address
        try:
            client = stack.enter_context(distributed.Client(address, timeout=CONNECT))
            client.wait_for_workers(1, timeout=CONNECT)
        except (OSError, ValueError, TimeoutError) as error:
            raise ArgumentError(f"--scheduler {address}: no scheduler with workers there: {error}") from None
        yield DaskPool(client, settings)


class DaskPool:
    """Workers of a cluster; a task whose worker is lost runs again on another."""

    def __init__(self, client: Any, settings: Settings) -> None:
        self.client, self.settings = client, settings
        self.executor = client.get_executor(retries=RETRIES, pure=False)
        self.width = 3 * sum(client.nthreads().values())
        self._sent: tuple[Sequence[Reference], Any] = ((), None)

    def submit(self, task: Task, references: Sequence[Reference], *, shared: bool) -> "Future[Outcome]":
        """Check a task on one of the workers."""
        sent = self._shared(references) if shared else _with_content(references)
        future: Future[Outcome] = self.executor.submit(check, self.settings, task, sent)
        return future

    def isolations(self) -> list[str]:
        """That of every worker that is there now."""
        asked = [
            self.client.submit(
                isolation, self.settings, workers=[address], allow_other_workers=True, pure=False
            )
            for address in sorted(self.client.nthreads())
        ]
        told: list[str] = self.client.gather(asked)
        return told

    def _shared(self, references: Sequence[Reference]) -> Any:
        """References that every worker holds; those of the tasks before are forgotten."""
        if self._sent[0] != references:
            (sent,) = self.client.scatter([_with_content(references)], broadcast=True, hash=False)
            self._sent = references, sent
        return self._sent[1]


def _with_content(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """References that can be read where there are no such files; one that cannot be read here either stays as it is."""
    return tuple(
        replace(each, content=each.path.read_bytes()) if each.path.is_file() else each for each in references
    )
