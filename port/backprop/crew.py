"""Threads that compute together what is compiled: they start at once and wait for each other in memory.

A thread that is put to sleep takes longer to come back than a step of training takes. So whoever waits asks again and
again, and lets others have the core between two questions; one that has done its part goes on asking for LINGER seconds
before it sleeps.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Gate = NDArray[np.int64]
Work = Callable[[int, Gate], object]
LINE = 8  # numbers of a line of the cache: what one thread writes is not on the line of another
LINGER = 0.01
DONE = np.iinfo(np.int64).max


class Crew:
    """As many threads as are asked for beside the one that asks; one piece of work at a time."""

    def __init__(self, kernel: Any, others: int) -> None:
        self.kernel = kernel
        self.others = others
        self._pool = ThreadPoolExecutor(others, thread_name_prefix="matport")
        self._turns = np.zeros(LINE, np.int64)
        self._one_at_a_time = Lock()

    def together(self, work: Work) -> None:
        """`work(me, gate)` in every thread, `me` counted from 0; back when all are done.

        They meet by `kernel.meet(gate, me, n)`, n = 1, 2, ... An error in any of them lets all go, and is raised.
        """
        with self._one_at_a_time:
            gate, turn = np.zeros(LINE * (self.others + 2), np.int64), self._turns[0] + 1
            parts = []
            try:
                parts += [
                    self._pool.submit(self._take_part, work, me, gate, turn)
                    for me in range(1, self.others + 1)
                ]
                self._turns[0] = turn
                work(0, gate)
                met = self.kernel.meet(gate, 0, DONE)
            except BaseException:
                gate[-LINE] = 1
                raise
            if not met:
                for part in parts:
                    part.result()

    def _take_part(self, work: Work, me: int, gate: Gate, turn: int) -> None:
        try:
            work(me, gate)
            self.kernel.meet(gate, me, DONE)
        except BaseException:
            gate[-LINE] = 1
            raise
        end = time.monotonic() + LINGER
        while time.monotonic() < end and not self.kernel.turned(self._turns, turn):
            pass


@cache
def crew(kernel: Any, others: int) -> Crew:
    """The threads of this process."""
    return Crew(kernel, others)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=crew.cache_clear)  # threads do not come along
