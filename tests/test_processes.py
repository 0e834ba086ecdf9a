"""Work shared by forked processes: every piece comes back once, whatever becomes of a process."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from port.reference.processes import computed, process_count

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone"),
    # the test runner's own threads, of which Python 3.12 warns, hold nothing that the processes need
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]


def answers(work: Callable[[int], Any], processes: int) -> list[tuple[int, Any]]:
    with computed(work, range(20), processes) as done:
        return sorted(done)


@pytest.mark.parametrize("processes", [1, 2, 3, 50])
def test_every_piece_comes_back_once(processes):
    assert answers(lambda k: k * k, processes) == [(k, k * k) for k in range(20)]
    assert not multiprocessing.active_children()


def test_other_processes_compute():
    assert os.getpid() not in {pid for _, pid in answers(lambda k: os.getpid(), 2)}
    assert {pid for _, pid in answers(lambda k: os.getpid(), 1)} == {os.getpid()}


def test_a_process_sees_what_stands_in_another_place_at_the_time(monkeypatch):
    monkeypatch.setattr("math.pi", 3)
    import math

    assert {pi for _, pi in answers(lambda k: math.pi, 2)} == {3}


@pytest.mark.parametrize("deadly", [{0}, {7}, set(range(20))])
def test_what_a_dead_process_owes_is_computed_here(deadly):
    parent = os.getpid()

    def work(k: int) -> int:
        if k in deadly and os.getpid() != parent:
            os._exit(1)
        return -k

    assert answers(work, 3) == sorted((k, -k) for k in range(20))


def test_an_answer_that_cannot_be_sent_is_computed_here():
    found = dict(answers(lambda k: (lambda: k) if k % 5 == 0 else k, 2))
    assert sorted(found) == list(range(20))
    assert found[10]() == 10 and found[11] == 11


def test_an_error_is_raised_as_if_it_had_happened_here():
    with pytest.raises(ZeroDivisionError), computed(lambda k: 1 // (k - 3), range(5), 2) as done:
        list(done)
    assert not multiprocessing.active_children()


def test_the_processes_end_with_the_block():
    def first_of_many() -> None:
        with computed(lambda k: k, range(1000), 2) as done:
            next(done)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        first_of_many()
    assert not multiprocessing.active_children()


def test_as_many_as_leave_every_blas_its_threads(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: set(range(6)))
    assert [process_count(threads) for threads in (1, 2, 3, 4, 6, 8)] == [4, 3, 2, 1, 1, 1]


def test_none_beside_other_threads_or_on_other_systems(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: set(range(6)))
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert process_count(1) == 1
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert process_count(1) == 1
