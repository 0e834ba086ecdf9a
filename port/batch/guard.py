"""What stands between the template and foreign code: one process that confines it, watches it end and clears up."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from os import _exit  # by its own name: a submission may replace os._exit
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from port.batch import confine
from port.batch.limits import MIB, Limits
from port.batch.wire import unpack


def _temporary() -> Path:
    """`/tmp`, but where Python or matport itself lies below it: what is mounted there would hide them."""
    below = any(Path(each).is_relative_to("/tmp") for each in (sys.prefix, sys.base_prefix, __file__))
    return Path("/scratch" if below else "/tmp")


CODE, TEMPORARY = Path("/code"), _temporary()
"""Where a submission finds its files and its temporary folder, inside bubblewrap."""
FAILED = 199
RESULTS = 3


def leave(work: Callable[[], int]) -> NoReturn:
    """End a forked child with the code that `work` returns, FAILED if it raises; nothing of the parent's is run."""
    code = FAILED
    try:
        code = work()
    finally:
        _exit(code)


def content(descriptor: int) -> Any:
    """The value in an open file that our own side wrote; closes the file."""
    with os.fdopen(descriptor, "rb") as file:
        file.seek(0)
        return unpack(file.read(), limit=None)


def can_nest(temporary: Path) -> bool:
    """Whether a child may have namespaces of its own, with a temporary folder there; tried in a child."""
    child = os.fork()
    if child == 0:
        leave(lambda: _become_nobody(CODE, temporary, nested=True, scratch=1))
    return os.waitpid(child, 0)[1] == 0


def guard(
    request: int, results: int, limits: Limits, play: Callable[[dict[str, Any], int], None], *, nested: bool
) -> int:
    """Confine a submission, play it in a child, and return how the child ended; SIGTERM kills the child.

    `request` and `results` are open files; `play` gets what the first says, and where results go. The caller has
    blocked SIGTERM and SIGCHLD.
    """
    asked = content(request)
    confine.volunteer_for_the_oom_killer()
    address_space = confine.address_space() + limits.memory * MIB
    code, temporary = Path(asked["code"]), Path(asked["temporary"])
    _become_nobody(code, temporary, nested=nested, scratch=limits.scratch)
    _write_files(code, asked["files"])
    if nested:
        confine.make_read_only(code)

    def player() -> int:
        _keep_only(results)
        confine.set_limits(limits, address_space, alone=not nested)
        confine.forbid_system_calls(alone=not nested)
        try:
            play(asked, RESULTS)
        except BaseException:
            return 1
        return 0

    child = os.fork()
    if child == 0:
        os.setsid()
        confine.drop_capabilities()
        confine.die_with_parent()
        leave((lambda: _first(player)) if nested else player)
    if signal.sigwait({signal.SIGTERM, signal.SIGCHLD}) == signal.SIGTERM:
        os.kill(child, signal.SIGKILL)
    return _exit_code(os.waitpid(child, 0)[1])


def _become_nobody(code: Path, temporary: Path, *, nested: bool, scratch: int) -> int:
    confine.drop_root()
    if nested:
        confine.enter_namespaces(code, temporary, scratch)
    return 0


def _write_files(folder: Path, files: Mapping[str, NDArray[np.uint8]]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.tobytes())


def _first(player: Callable[[], int]) -> int:
    """Process 1 of a namespace: start the player, bury every orphan, end with the player."""
    child = os.fork()
    if child == 0:
        leave(player)
    while True:
        pid, status = os.wait()
        if pid == child:
            return _exit_code(status)


def _keep_only(results: int) -> None:
    """Close every file but the three standard ones, which are /dev/null, and the one for results; unblock signals."""
    os.dup2(results, RESULTS)
    os.closerange(RESULTS + 1, os.sysconf("SC_OPEN_MAX"))
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _exit_code(status: int) -> int:
    """A wait status as shells write it: 128 + the signal for a process that died from one."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
