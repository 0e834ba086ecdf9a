"""Independent pieces of work, computed by several processes of this machine at once.

The processes are forked, so each knows all that this one knew at that moment and no work has to be sent to it, only its
number. What a process does not bring back, because it has died or for whatever reason, this one computes itself.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Answer = TypeVar("Answer")
MOST = 4  # processes: the longest piece of the shipped suite is more than a quarter of it


def process_count(blas_threads: int) -> int:
    """How many processes to compute in where each has `blas_threads` of its own; 1 where a fork is not safe.

    It is where this thread is the only one of Python, and the system is Linux.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return max(1, min(MOST, len(os.sched_getaffinity(0)) // blas_threads))


@contextmanager
def computed(
    work: Callable[[int], Answer], numbers: Sequence[int], processes: int
) -> Iterator[Iterator[tuple[int, Answer]]]:
    """Pairs of k and work(k) for every k of `numbers`, in any order, begun in the order of `numbers`.

    The processes end with the block, whatever ends it. An error of `work` is raised by the piece that has it.
    """
    helpers: dict[Connection, Any] = {}
    try:
        if processes > 1:
            for _ in range(min(processes, len(numbers))):
                with suppress(OSError):  # no more processes: those that there are take the work
                    pipe, process = _start(work)
                    helpers[pipe] = process
        yield _collect(work, numbers, list(helpers))
    finally:
        for pipe, process in helpers.items():
            pipe.close()
            process.terminate()
            process.join()


def _collect(
    work: Callable[[int], Answer], numbers: Sequence[int], idle: list[Connection]
) -> Iterator[tuple[int, Answer]]:
    waiting, busy = deque(numbers), dict[Connection, int]()
    while busy or (waiting and idle):
        while waiting and idle:
            pipe = idle.pop()
            busy[pipe] = waiting.popleft()
            with suppress(OSError):
                pipe.send(busy[pipe])
        for ready in wait(list(busy)):
            assert isinstance(ready, Connection)
            k = busy.pop(ready)
            try:
                answer = ready.recv()
                idle.append(ready)
            except Exception:  # the process has died, or its answer cannot be sent
                answer = work(k)
            yield k, answer
    for k in waiting:
        yield k, work(k)


def _start(work: Callable[[int], Any]) -> tuple[Connection, Any]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs, ours), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _serve(work: Callable[[int], Any], pipe: Connection, parents_end: Connection) -> None:
    """Answer until the parent closes its end or dies; interrupts are the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parents_end.close()
    with suppress(Exception):
        while True:
            pipe.send(work(pipe.recv()))
