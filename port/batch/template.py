"""The warm template: a process with its imports done, forked once per submission. It holds no secret.

`serve` is started by `port.batch.sandbox`, inside bubblewrap where there is one. It takes one submission at a time:

    template -- guard -- first -- player
                |        |        the submission, under limits and the filter of system calls
                |        process 1 of its own namespace: when it ends, the kernel kills all that is left
                makes a namespace of users, mounts, processes and IPC for the two

so a submission can neither see nor signal the template, nor leave anything to the next. Where namespaces cannot be
nested the player is the guard's own child.
"""

import gc
import json
import os
import select
import signal
import socket
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from port.batch.guard import FAILED, can_nest, content, guard, leave
from port.batch.limits import MIB, Ending, Limits
from port.batch.player import play
from port.batch.wire import CASES, MESSAGE, RUN, STOP

PRELOADED = (
    "numpy.fft numpy.linalg numpy.random scipy.special abc bisect cmath collections copy csv dataclasses decimal enum "
    "fractions functools glob heapq itertools json logging math numbers operator pathlib pprint random re statistics "
    "string time typing unittest warnings port.reference.case port.migrate.runtime"
).split()
LOOK_EVERY = 0.05
GRACE = 5.0


class Template:
    """Answers requests on a control socket.

    `C` with one file: the arguments of the cases that follow. `R` with the limits and two files, the request and
    where results go: fork, play, answer with one line, `kind detail`. `S` meanwhile stops the run. `isolated`: every
    process in sight, but this one and process 1, belongs to the submission.
    """

    def __init__(self, control: socket.socket, temporary: Path, *, isolated: bool) -> None:
        for name in PRELOADED:
            with suppress(ImportError):
                import_module(name)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGCHLD})
        self.control, self.isolated = control, isolated
        self.nested = isolated and can_nest(temporary)
        self.cases: list[dict[str, Any]] = []
        gc.freeze()

    def serve(self) -> None:
        """Say whether namespaces can be nested, then answer until the socket closes."""
        self.control.sendall(b"nested\n" if self.nested else b"flat\n")
        while True:
            message, files, _, _ = socket.recv_fds(self.control, MESSAGE, 2)
            command = message.lstrip(STOP)
            if command.startswith(CASES):
                self.cases = content(files[0])
            elif command.startswith(RUN):
                ending = self._run(Limits(**json.loads(command.removeprefix(RUN))), *files)
                self.control.sendall(f"{ending.kind} {ending.detail}\n".encode())
            elif not message:
                return

    def _run(self, limits: Limits, request: int, results: int) -> Ending:
        """Fork the guard of one submission and see it to its end.

        The request is left to the guard: what this process has read once, all later submissions would inherit.
        """
        alive, held = os.pipe()
        pid = os.fork()
        if pid == 0:
            self.control.close()
            os.close(alive)
            leave(
                lambda: guard(
                    request,
                    results,
                    limits,
                    lambda asked, end: play(asked, self.cases, end),
                    nested=self.nested,
                )
            )
        for descriptor in (held, request, results):
            os.close(descriptor)
        stopped = self._watch(limits, pid, alive)
        os.close(alive)
        return stopped or _ending(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    def _watch(self, limits: Limits, pid: int, alive: int) -> Ending | None:
        """Wait until the guard is gone; say why it was told to stop, if it was."""
        deadline = time.monotonic() + limits.seconds
        own = _private_memory(os.getpid())
        while True:
            left = deadline - time.monotonic()
            ready, _, _ = select.select(
                [alive, self.control.fileno()], [], [], max(0.0, min(left, LOOK_EVERY))
            )
            if alive in ready:
                return None
            if ready:
                self.control.recv(1)
                return _stop(pid, alive, Ending("output"))
            if left <= 0:
                return _stop(pid, alive, Ending("timeout", f"after {limits.seconds:g} s"))
            if self.isolated and _memory_in_sight(own) > limits.memory * MIB:
                return _stop(pid, alive, Ending("memory", f"of {limits.memory} MiB for all its processes"))


def _stop(pid: int, alive: int, reason: Ending) -> Ending:
    """Have the guard kill what it guards and bury it; a guard that does not obey ends the template too."""
    os.kill(pid, signal.SIGTERM)
    if not select.select([alive], [], [], GRACE)[0]:
        os._exit(FAILED)
    os.waitpid(pid, 0)
    return reason


def _ending(code: int) -> Ending:
    """What the guard's exit code says of the player's end."""
    if code == FAILED or code < 0:
        return Ending("lost", "it could not be confined")
    if code == 128 + signal.SIGXCPU:
        return Ending("timeout", "of processor time")
    if code > 128:
        known = {int(each): each.name for each in signal.Signals}
        return Ending("signal", known.get(code - 128, str(code - 128)))
    return Ending("finished") if code == 0 else Ending("exited", f"with status {code}")


def _memory_in_sight(own: int) -> int:
    """Bytes that the submission's processes hold beyond what each inherited from the template."""
    others = (int(name) for name in os.listdir("/proc") if name.isdigit())
    return sum(max(0, _private_memory(pid) - own) for pid in others if pid not in (1, os.getpid()))


def _private_memory(pid: int) -> int:
    """Bytes of memory in a process that are no file's; 0 for a process that is gone."""
    try:
        with open(f"/proc/{pid}/statm") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")
