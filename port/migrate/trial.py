"""Try changes of a Python program: after which of them does it give MATLAB's value?

Runs in another process, started as `python -m port.migrate.trial TASK`; writes a line of JSON for every change tried,
so that what is found before the time is up is found.
"""

import contextlib
import io
import json
import os
import pickle
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from port.migrate.agree import FROM_0, TOLERANCE, layout, mismatch
from port.migrate.replay import Finder, Recorder, Stopped, Task, run
from port.migrate.trace import Site, Store, plain
from port.reference.comparison import Tolerance

SHORTEST, FIRST = 0.5, 5.0
"""Seconds of processor time that a changed program may take, at least; the first imports what all need."""
MARGIN = 0.4
"""How much costlier than the first change that sets all right others may be that are looked at too."""
WIDER = 1.0
"""The same after one that gives the statement its value, but not all results theirs: there may be another mistake."""


@dataclass(frozen=True)
class Target:
    """What a statement must give: the value of MATLAB after it has been done so often."""

    file: str
    line: int
    name: str
    kind: str
    occurrence: int
    want: Any
    part: bool

    def is_at(self, site: Site) -> bool:
        return (site.file, site.line, site.name, site.kind) == (self.file, self.line, self.name, self.kind)


@dataclass(frozen=True)
class Trial:
    """The changed sources to try, `(cost, file, source)` with the likeliest first, and what to reach.

    target: what one statement must give. results: what the run must give, by position for a call, by Python's name
    for a script. exact: shapes and layouts must be MATLAB's, and a program that misses the target is not run to its
    end. budget: seconds of processor time for all of it. slack: the difference that rounding may make to a result that
    is nearly 0.
    """

    task: Task
    candidates: Sequence[tuple[float, str, str]]
    target: Target | None
    results: Mapping[str, Any] | Sequence[Any]
    exact: bool
    answers: str
    budget: float
    slack: float
    tolerance: Tolerance = TOLERANCE


class Missed(BaseException):
    """The target was passed with another value."""


class Probe(Recorder):
    """A recorder that keeps nothing but whether the target was met."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(Store(io.BytesIO(), 0), trial.task)
        self.trial, self.met = trial, False
        self.given: list[Any] = []

    def record(self, site: int, frame: int, value: Any) -> None:
        self.counts[site] = self.counts.get(site, 0) + 1
        target = self.trial.target
        if target is not None and self.counts[site] == target.occurrence and target.is_at(self.sites[site]):
            self.met = self.agrees(target.want, value)
            if not self.met and self.trial.exact:
                raise Missed

    def record_part(self, site: int, frame: int, whole: Any, part: Any) -> None:
        is_container = not isinstance(whole, np.ndarray) or whole.dtype.kind == "O"
        wants_part = self.trial.target is not None and self.trial.target.part
        self.record(site, frame, part() if is_container and wants_part else whole)

    def touch(self, site: int, frame: int, value: Any) -> None:
        wants_part = self.trial.target is not None and self.trial.target.part
        self.record(site, frame, value[-1] if wants_part and isinstance(value, list) and value else value)

    def settle(self, site: int, frame: int, value: Any) -> None:
        """Nothing was left out."""

    def results(self, outputs: Sequence[str], value: Any) -> None:
        self.given = list(value) if isinstance(value, tuple) else [value]

    def agrees(self, want: Any, got: Any, refused: str | None = None) -> bool:
        """Whether a value of Python's is MATLAB's; refused: a layout that does not do."""
        with contextlib.suppress(Exception):
            got = normal(got)
            if self.trial.exact:
                return mismatch(want, got, self.trial.tolerance) is None
            if isinstance(want, dict) and isinstance(got, dict):
                common = [name for name in want if name in got]
                return bool(common) and all(self.agrees(want[name], got[name], refused) for name in common)
            return layout(want, got, self.trial.tolerance) not in (None, refused) or self.is_close(want, got)
        return False

    def is_close(self, want: Any, got: Any) -> bool:
        """Whether two single numbers differ by what rounding makes of larger ones."""
        if np.size(want) != 1 or np.size(got) != 1:
            return False
        return bool(abs(np.ravel(want)[0] - np.ravel(got)[0]) <= self.trial.slack)

    def share(self) -> float:
        """Which part of MATLAB's results the program gives."""
        wanted = self.trial.results
        if isinstance(wanted, Mapping):
            module = sys.modules["__main__"]
            pairs = [(want, getattr(module, name, None)) for name, want in wanted.items()]
        else:
            pairs = list(zip(wanted, self.given, strict=False))
        refused = None if isinstance(wanted, Mapping) else FROM_0
        return sum(self.agrees(*pair, refused) for pair in pairs) / len(pairs) if pairs else 0.0


def normal(value: Any) -> Any:
    """A value as a trace would hold it."""
    value = plain(value)
    if isinstance(value, list):
        return [normal(item) for item in value]
    return {name: normal(item) for name, item in value.items()} if isinstance(value, dict) else value


def attempt(trial: Trial, file: str, source: str, seconds: float) -> tuple[bool, float]:
    """Run one changed program: whether the target is met, and the share of the results that agree."""
    root = Path(trial.task.path).resolve().parent
    probe = Probe(trial)
    only = {trial.target.file: (trial.target.line,)} if trial.target else {}
    finder = Finder(root, probe, {**trial.task.changed, file: source}, only)
    sys.meta_path.insert(0, finder)
    try:
        with limited(seconds), np.errstate(all="ignore"):
            run(trial.task, probe, finder)
        return probe.met, probe.share()
    except (KeyboardInterrupt, Missed, Stopped, SystemExit, Exception):
        return probe.met, 0.0
    finally:
        sys.meta_path.remove(finder)
        forget(finder)


def forget(finder: Finder) -> None:
    """Unload the modules of the program."""
    for name in finder.imported:
        sys.modules.pop(name, None)


class limited:
    """Stops what computes too long, where the system has timers."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGPROF, self.stop)
            signal.setitimer(signal.ITIMER_PROF, self.seconds)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)

    @staticmethod
    def stop(*_: object) -> None:
        raise Stopped


def main(path: str) -> None:
    """Try everything in the file's trial until the time is up, or a change that sets all right is found."""
    trial: Trial = pickle.loads(Path(path).read_bytes())
    sys.path.insert(0, str(Path(trial.task.path).resolve().parent))
    sys.dont_write_bytecode = True
    deadline = time.process_time() + trial.budget
    longest = FIRST
    with (
        open(trial.answers, "w", encoding="utf-8") as answers,
        open(os.devnull, "w", encoding="utf-8") as nothing,
    ):
        with contextlib.redirect_stdout(nothing), contextlib.redirect_stderr(nothing):
            enough = np.inf
            for number, (cost, file, source) in enumerate(trial.candidates):
                began = time.process_time()
                left = deadline - began
                if left < 0 or cost > enough:
                    break
                met, share = attempt(trial, file, source, min(longest, left + 0.1))
                if number == 0:
                    longest = max(SHORTEST, 5 * (time.process_time() - began))
                if met or share == 1.0:
                    enough = min(enough, cost + (MARGIN if share == 1.0 else WIDER))
                answers.write(json.dumps([number, met, share]) + "\n")
                answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
