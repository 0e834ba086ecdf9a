"""Start a template process and talk to it: the parent's side of `port.batch.template`."""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from port.batch import bubblewrap
from port.batch.guard import TEMPORARY
from port.batch.limits import ENDINGS, MIB, Ending, Limits
from port.batch.wire import CASES, MESSAGE, RUN, STOP, pack
from port.errors import EngineError

START, GRACE = 60.0, 10.0
CHUNK = 1 << 20
BOOT = """
import json, os, socket, sys
from pathlib import Path
descriptor, temporary, isolated, sys.path[:] = json.loads(sys.argv[1])
from port.batch.template import Template
template = Template(socket.socket(fileno=descriptor), Path(temporary), isolated=isolated)
os.dup2(1, 2)
template.serve()
"""
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": str(TEMPORARY),
    "PYTHONHASHSEED": "0",
    **dict.fromkeys(THREADS, "1"),
}


class Warm:
    """A running template. `nested`: it gives each submission namespaces of its own."""

    def __init__(self, *, isolated: bool, hidden: Sequence[Path], scratch: int) -> None:
        """Start it; raises EngineError with the reason where that fails."""
        self._control, theirs = socket.socketpair()
        arguments = json.dumps([theirs.fileno(), str(TEMPORARY), isolated, bubblewrap.import_path()])
        command = [os.path.realpath(sys.executable), "-I", "-S", "-c", BOOT, arguments]
        if isolated:
            command = bubblewrap.command(command, ENVIRONMENT, hidden=hidden, scratch=scratch)
        with theirs, tempfile.TemporaryFile() as complaints:
            self._process = subprocess.Popen(
                command,
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            theirs.close()
            greeting = self._line(START)
            if not greeting:
                self.close()
                complaints.seek(0)
                raise EngineError(_reason(complaints.read().decode(errors="replace")))
        self.nested = greeting == "nested"

    def close(self) -> None:
        """End the template and all it guards."""
        self._control.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def load(self, cases: Sequence[Any]) -> None:
        """Hand over the arguments of the cases that following runs call with; raises OSError if it is gone."""
        with _file(list(cases)) as file:
            socket.send_fds(self._control, [CASES], [file.fileno()])

    def run(self, request: dict[str, Any], limits: Limits) -> tuple[bytes, Ending]:
        """What a request put out, and how it ended; raises OSError if the template was gone before."""
        reading, writing = os.pipe()
        command = RUN + json.dumps(asdict(limits)).encode()
        with _file(request) as file, os.fdopen(reading, "rb", 0) as results:
            try:
                socket.send_fds(self._control, [command], [file.fileno(), writing])
            finally:
                os.close(writing)
            return self._collect(results, limits)

    def _collect(self, results: IO[bytes], limits: Limits) -> tuple[bytes, Ending]:
        """Read until the template tells the end, and no more than the limit."""
        deadline = time.monotonic() + limits.seconds + GRACE
        output, most = bytearray(), limits.output * MIB
        sources: list[Any] = [self._control, results]
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select(sources, [], [], left)
            if results in ready:
                chunk = results.read(CHUNK)
                output += chunk
                if not chunk or len(output) > most:
                    sources.remove(results)
                if len(output) > most:
                    self._control.sendall(STOP)
            elif ready:
                kind, _, detail = self._line(0).partition(" ")
                ending = Ending(kind, detail) if kind in ENDINGS else Ending("lost")
                return bytes(output + _rest(results, most - len(output))), ending
        return bytes(output), Ending("lost", "it did not answer")

    def _line(self, seconds: float) -> str:
        """The line that the template sends next, empty if it is gone or silent."""
        if not select.select([self._control], [], [], seconds)[0]:
            return ""
        with suppress(OSError):
            return self._control.recv(MESSAGE).decode(errors="replace").strip()
        return ""


def _rest(results: IO[bytes], room: int) -> bytes:
    """What is left in a pipe whose writers are dead, at most `room` bytes."""
    os.set_blocking(results.fileno(), False)
    rest = bytearray()
    while len(rest) < room and (chunk := results.read(CHUNK)):
        rest += chunk
    return bytes(rest)


@contextmanager
def _file(value: Any) -> Iterator[IO[bytes]]:
    """A value as an unnamed file that can be handed to another process."""
    with tempfile.TemporaryFile() as file:
        file.write(pack(value))
        file.flush()
        yield file


def _reason(complaints: str) -> str:
    """The last line of what a program that did not start has said."""
    lines = [line for line in complaints.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it ended without a word"
