"""Run GNU Octave or MATLAB: one script in a process of its own, or many in a `Session` that stays open.

    run("x = 3; save('out.mat', 'x', '-v7')", expect=["out.mat"]).files["out.mat"]

    with Session(load_paths=["course"]) as octave:
        text = octave.run("disp(sigmoid(0))")

An engine starts in an empty folder of its own, for what lies in its current folder shadows its load path, and
without the user's start-up files and path variables. What a script must leave behind is named in `expect`: a
script that ends well but recorded nothing is an error too.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from queue import Empty, SimpleQueue
from subprocess import DEVNULL, PIPE
from threading import Thread
from types import TracebackType
from typing import Any
from uuid import uuid4

from port.errors import EngineError
from port.reference.case import suite_folder

OCTAVE, MATLAB = "GNU Octave", "MATLAB"
PROGRAMS = {
    OCTAVE: (
        "octave-cli",
        "octave",
        "C:/Program Files/GNU Octave/*/mingw64/bin/octave-cli.exe",
        "/Applications/Octave*.app/Contents/Resources/usr/bin/octave-cli",
    ),
    MATLAB: ("matlab", "C:/Program Files/MATLAB/*/bin/matlab.exe", "/Applications/MATLAB_*.app/bin/matlab"),
}
KEPT_VARIABLES = re.compile(
    r"PATH|HOME|USER|USERPROFILE|LANG|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|APPDATA|LOCALAPPDATA|"
    r"LD_LIBRARY_PATH|(OMP|OPENBLAS)_NUM_THREADS|M?LM_LICENSE_FILE",
    re.IGNORECASE,
)
OCTAVE_OPTIONS = ("--quiet", "--norc", "--no-history", "--no-gui", "--no-window-system")
SCRIPT = "matport_script"
SCRIPTS = "references_*.m"
"""What makes the cases of the shipped suite."""
NOISE = "error: ignoring const execution_exception& while preparing to exit"
TAIL_LINES = 12

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Engine:
    """An installed engine: `GNU Octave` or `MATLAB`, its program and version (`unknown` where not told)."""

    name: str
    program: Path
    version: str


@dataclass(frozen=True)
class Finished:
    """A script that ended well: what it printed, and the content of the files it was expected to write."""

    engine: Engine
    stdout: str
    files: dict[str, bytes] = field(default_factory=dict)


def find_engines() -> list[Engine]:
    """The engines on the PATH or in their usual places: at most one Octave and one MATLAB, Octave first."""
    programs = {name: next(_installed(places), None) for name, places in PROGRAMS.items()}
    return [Engine(name, program, _version(name, program)) for name, program in programs.items() if program]


def find_engine(name: str | None = None) -> Engine:
    """The engine of that name (`GNU Octave` or `MATLAB`), or the first there is.

    Raises EngineError where there is none.
    """
    for engine in find_engines():
        if name in (None, engine.name):
            return engine
    raise EngineError(
        f"{name or 'neither GNU Octave nor MATLAB'} was{'' if name is None else ' not'} found on the PATH; "
        "install GNU Octave (apt install octave, brew install octave, winget install GNU.Octave) "
        "or add the folder of its program to PATH"
    )


def run(
    script: str,
    *,
    engine: Engine | None = None,
    load_paths: Sequence[PathLike] = (),
    expect: Sequence[PathLike] = (),
    timeout: float = 120.0,
) -> Finished:
    """Run a script in a new process and an empty folder, which is removed afterwards.

    load_paths go before the engine's own. expect names the files that the script must write, in its folder
    or by absolute path; their content is returned. Raises EngineError where there is no engine, the script
    fails (with the last lines it wrote to stderr), runs longer than timeout seconds or leaves a file out.
    """
    engine = engine or find_engine()
    with tempfile.TemporaryDirectory(prefix="matport-") as name:
        folder = Path(name)
        (folder / f"{SCRIPT}.m").write_text(f"{script}\n", encoding="utf-8")
        stdout = _finish(engine, folder, f"{add_paths(load_paths)}{SCRIPT}", timeout)
        missing = [os.fspath(path) for path in expect if not (folder / path).is_file()]
        if missing:
            raise EngineError(f"the script ended well in {engine.name}, but wrote no {', '.join(missing)}")
        return Finished(engine, stdout, {os.fspath(path): (folder / path).read_bytes() for path in expect})


class Session:
    """One Octave process for many scripts: each takes a thousandth of a second, a new process a tenth.

    The workspace lasts from call to call: a script that must not see what an earlier one left begins with
    `clear`. The current folder, `session.folder`, is empty at the start and removed at the end. A script that
    runs too long, is interrupted or ends Octave ends the session.
    """

    def __init__(self, *, engine: Engine | None = None, load_paths: Sequence[PathLike] = ()) -> None:
        """Start Octave; raises EngineError where it is not installed."""
        self.engine = engine or find_engine(OCTAVE)
        if self.engine.name != OCTAVE:
            raise EngineError(f"{self.engine.name} cannot be kept open here; use run(), or a GNU Octave")
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="matport-"))
            requests = stack.enter_context(tempfile.TemporaryDirectory(prefix="matport-"))
            self.folder = Path(folder)
            self._request = Path(requests) / f"{SCRIPT}.m"
            self._errors = stack.enter_context(Path(requests, "stderr").open("w+b"))
            self._process = _start(self.engine, self.folder, [], stdin=PIPE, stdout=PIPE, stderr=self._errors)
            stack.callback(_stop, self._process)
            self._lines: SimpleQueue[str | None] = SimpleQueue()
            Thread(target=_read_lines, args=(self._process, self._lines), daemon=True).start()
            self.run(add_paths(load_paths))
            self._open = stack.pop_all()

    def run(self, script: str, *, timeout: float = 120.0) -> str:
        """Run a script and return what it printed.

        Raises EngineError with Octave's message and the functions where the script failed, or where it took
        longer than timeout seconds or ended Octave.
        """
        self._request.write_text(f"{script}\n", encoding="utf-8")
        mark = f"matport {uuid4().hex}"
        self._send(
            f"try, eval(fileread({quote(self._request)})); catch matport_error, fprintf('\\n{mark} failed\\n%s\\n', "
            "matport_error.message); arrayfun(@(at) fprintf('  in %s, line %d\\n', at.name, at.line), "
            f"matport_error.stack); end, fprintf('\\n{mark}\\n'); fflush(stdout);\n"
        )
        text, failed, message = self._answer(mark, timeout).partition(f"\n{mark} failed\n")
        if failed:
            raise EngineError(f"{self.engine.name} stopped: {message.strip()}")
        return text

    def close(self) -> None:
        """End Octave and remove its folder."""
        self._open.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, line: str) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write(line.encode())
            pipe.flush()
        except (OSError, ValueError):
            raise EngineError("this Octave session is over; start a new one") from None

    def _answer(self, mark: str, timeout: float) -> str:
        """What Octave prints before the line that is the mark; where that does not come, Octave is ended."""
        lines: list[str] = []
        deadline = time.monotonic() + timeout
        try:
            while (line := self._lines.get(timeout=max(0.0, deadline - time.monotonic()))) != mark:
                if line is None:
                    self._errors.seek(0)
                    raise EngineError(f"Octave ended before the script did{_tail(self._errors.read())}")
                lines.append(line)
        except BaseException as error:
            _stop(self._process)
            if isinstance(error, Empty):
                raise EngineError(f"the script was stopped: it took longer than {timeout:g} s") from None
            raise
        return "\n".join(lines)


def remake_references(
    out_dir: PathLike,
    *,
    scripts: Sequence[str] | None = None,
    engine: Engine | None = None,
    timeout: float = 1800.0,
) -> list[Path]:
    """Write the cases of the shipped suite anew into out_dir, which is created, and return the files.

    scripts are the files that make the wanted cases, as `meta.script` of a case names them: references_*.m, all of
    them by default. Others are left out, for the name in a case may be any text; where none is left, no engine runs.
    Raises EngineError where there is no engine, a script fails, or nothing was written.
    """
    sources = suite_folder().parent
    wanted = [path.stem for path in sorted(sources.glob(SCRIPTS)) if scripts is None or path.name in scripts]
    folder = Path(out_dir).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if not wanted:
        return []
    run(
        "\n".join(f"{name}({quote(folder)});" for name in wanted),
        engine=engine,
        load_paths=[sources],
        timeout=timeout,
    )
    files = sorted(folder.glob("*.mat"))
    if not files:
        raise EngineError(f"{', '.join(wanted)} ended well, but wrote no case into {folder}")
    return files


def quote(text: PathLike) -> str:
    """A MATLAB string literal."""
    return "'" + os.fspath(text).replace("'", "''") + "'"


def add_paths(folders: Sequence[PathLike]) -> str:
    """The statements that put folders before the load path, the first of them foremost."""
    return "".join(f"addpath({quote(Path(folder).resolve())}); " for folder in reversed(folders))


def _installed(places: Sequence[str]) -> Iterator[Path]:
    """The programs that exist, of names to look up on the PATH and of patterns of absolute paths."""
    for place in places:
        if "/" in place:
            yield from (Path(path) for path in sorted(glob(place), reverse=True))
        elif found := shutil.which(place):
            yield Path(found)


def _version(name: str, program: Path) -> str:
    """Octave is asked; MATLAB takes long to start, so its VersionInfo.xml is read."""
    try:
        if name == MATLAB:
            text = (program.resolve().parents[1] / "VersionInfo.xml").read_text(encoding="utf-8")
        else:
            text = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    found = re.search(r"version>?\s*(\d[\w.]*)", text)
    return found[1] if found else "unknown"


def _finish(engine: Engine, folder: Path, statement: str, timeout: float) -> str:
    """Run one statement to its end and return what it printed; raises EngineError where it fails."""
    option = "--eval" if engine.name == OCTAVE else "-batch"
    process = _start(engine, folder, [option, statement], stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
    try:
        stdout, stderr = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        raise EngineError(
            f"the script was stopped: it took {engine.name} longer than {timeout:g} s"
        ) from None
    finally:
        _stop(process)
    if process.returncode:
        raise EngineError(f"{engine.name} ended with status {process.returncode}{_tail(stderr)}")
    return stdout.decode(errors="replace")


def _start(
    engine: Engine, folder: Path, arguments: Sequence[str], **streams: Any
) -> "subprocess.Popen[bytes]":
    """Start an engine in a folder, in a process group of its own and without the user's path variables."""
    options = OCTAVE_OPTIONS if engine.name == OCTAVE else ()
    environment = {name: value for name, value in os.environ.items() if KEPT_VARIABLES.fullmatch(name)}
    own_group = os.name == "posix"
    try:
        return subprocess.Popen(
            [engine.program, *options, *arguments],
            cwd=folder,
            env=environment,
            start_new_session=own_group,
            **streams,
        )
    except OSError as error:
        raise EngineError(f"{engine.program} cannot be started: {error.strerror}") from None


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process and those it started; harmless where it has ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()


def _read_lines(process: "subprocess.Popen[bytes]", lines: "SimpleQueue[str | None]") -> None:
    """Put every line that a process prints into a queue, and None at the end."""
    assert process.stdout is not None
    with suppress(ValueError):
        for line in process.stdout:
            lines.put(line.decode(errors="replace").rstrip("\r\n"))
    lines.put(None)


def _tail(stderr: bytes) -> str:
    """The last lines of what an engine wrote to stderr, as the end of a sentence."""
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line and line != NOISE]
    return ":\n" + "\n".join(lines[-TAIL_LINES:]) if lines else ", without a message"
