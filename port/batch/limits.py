"""What one submission may use, and how its run ended."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one submission; the defaults serve course work."""

    seconds: float = 10.0
    """Wall-clock time; processor time gets one second more."""
    memory: int = 512
    """MiB beyond what the interpreter holds: the address space of one process, the memory of all together."""
    output: int = 64
    """MiB of results."""
    scratch: int = 64
    """MiB of temporary files, and the largest single file."""
    processes: int = 16
    """Processes and threads at one time."""
    open_files: int = 64


@dataclass(frozen=True)
class Ending:
    """How a run ended: `kind` is one of ENDINGS, `detail` one readable clause ("" when it finished)."""

    kind: str
    detail: str = ""


ENDINGS = {
    "finished": "ran to its end",
    "timeout": "stopped at its time limit",
    "memory": "stopped at its memory limit",
    "output": "stopped at its output limit",
    "signal": "died from a signal",
    "exited": "left before its end",
    "lost": "brought its sandbox down",
}
