"""The `matport` command. One command a file; the file is imported only when its command is called."""

import argparse
import atexit
import gc
import io
import json
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from port import __version__
from port.errors import MatportError

DESCRIPTION = "Move MATLAB backpropagation code to Python, and prove that it computes the same."
COMMANDS = {
    "check": "compare the port and the engine with the saved references (default)",
    "explain": "walk forward and backward through an activation and a loss, with shapes and numbers",
    "convention": "give the exact factor from one library's loss to another's, or list them",
    "diagnose": "say why two files of arrays differ: which mistake turns one into the other",
    "explain-cause": "the manual of one cause, such as L03, or the list of all",
    "diverge": "find the first statement at which a port parts from its original, and why",
    "translate": "translate MATLAB files or folders to NumPy, compared with Octave where a call is given",
    "capture": "record a reference from your own MATLAB function, with Octave, MATLAB or by hand",
    "migrate": "turn a course folder into a Python project, with references, tests and a report",
    "batch": "check many submissions, each isolated, and count the mistakes of a class",
    "doctor": "tell what is installed, what is missing, and how to get it",
}
AGREE, DIFFER, CANNOT_TELL = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 agree, 1 differ, 2 cannot tell.

    A command `name` is the module `port.cli.<name with _ for ->`, with
    `add_arguments(parser)` and `run(options) -> int`. Whatever stops it, a fault of matport included, is
    status 2 and never 1, with one sentence on standard error and, with --json, one document on standard output.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names that no terminal can write
    try:
        status = _serve(arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # `| head` has read enough
        return _give_up("")
    except MatportError as error:
        return _give_up(str(error), "--json" in arguments)
    except KeyboardInterrupt:
        return _give_up("interrupted", "--json" in arguments)
    except MemoryError as error:
        return _give_up(f"not enough memory: {error or 'what was asked is too large'}", "--json" in arguments)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _give_up(f"{where}{(error.strerror or str(error)).lower()}", "--json" in arguments)
    except Exception:
        traceback.print_exc()
        return _give_up(
            "a fault of matport itself, which says nothing about your code", "--json" in arguments
        )


def _serve(arguments: list[str]) -> int:
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version")):
        arguments.insert(0, "check")
    if "numpy" not in sys.modules:
        _settle(arguments[0])
    parser = argparse.ArgumentParser(prog="matport", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"matport {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == arguments[0]:
            command = import_module(f"port.cli.{name.replace('-', '_')}")
            command.add_arguments(subparser)
            subparser.add_argument("--json", action="store_true", help="one JSON document on standard output")
            subparser.set_defaults(run=command.run)
    options = parser.parse_args(arguments)
    return int(options.run(options))


def _settle(command: str) -> None:
    """Settings of a process that is matport's own: nothing has been loaded in it yet."""
    gc.set_threshold(10_000)  # much is loaded, and stays: to search it for cycles took a tenth of a check,
    atexit.register(gc.freeze)  # and as much again when the process ended
    if command == "check":
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # small products: threads of BLAS would only wait


def _give_up(why: str, as_json: bool = False) -> int:
    """Say why nothing can be told; output that nothing takes any more is dropped."""
    try:
        if why:
            print(f"matport: {why}", file=sys.stderr)
        if as_json:
            print(json.dumps({"status": "cannot-tell", "error": why}))
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CANNOT_TELL


def sizes(text: str) -> tuple[int, ...]:
    """An argument such as 3,5 as integers; argparse turns the error into a usage message."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of whole numbers such as 3,5") from None
