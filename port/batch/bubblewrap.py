"""The command that starts the template behind bubblewrap: which files it sees, and what it shares with nobody."""

import os
import shutil
import site
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from port.batch.guard import CODE, TEMPORARY
from port.batch.limits import MIB

PACKAGE = Path(__file__).parents[1]
SYSTEM = ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/nix/store")
LINKS = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin")
SOLUTIONS = ("matlab_ref", "sigmoid_mse.py", "backprop")
"""Parts of matport that would answer what a submission is asked."""
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL")


def installed() -> str | None:
    """Where bubblewrap is, None if it is not installed."""
    return shutil.which("bwrap")


def import_path() -> list[str]:
    """The import path of the template: this process's, as far as the template sees it."""
    seen = visible()
    kept = (
        entry for entry in sys.path if entry and any(Path(entry).is_relative_to(folder) for folder in seen)
    )
    return list(dict.fromkeys([*kept, str(PACKAGE.parent)]))


def visible() -> list[Path]:
    """Folders that the interpreter and its packages need, none inside another."""
    packages = [*site.getsitepackages(), site.getusersitepackages(), Path(np.__file__).parents[1]]
    prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    wanted = {Path(str(each)) for each in (*SYSTEM, *prefixes, *packages, PACKAGE)}
    present = sorted(path for each in wanted for path in {each, each.resolve()} if path.exists())
    return [
        path for path in present if not any(path.is_relative_to(other) for other in present if other != path)
    ]


def command(
    program: Sequence[str], environment: Mapping[str, str], *, hidden: Iterable[Path], scratch: int
) -> list[str]:
    """The command line that runs `program` isolated.

    Network, processes, IPC and host name are its own, files are read-only but for `/tmp` and `/code` (`scratch` MiB
    each), the paths of SOLUTIONS and `hidden` are covered, and it dies with its parent.
    """
    folders = visible()
    return [
        installed() or "bwrap",
        *("--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox", "--chdir", "/"),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
        *_privileges(),
        *(each for name, value in environment.items() for each in ("--setenv", name, value)),
        *(each for path in _parents(folders) for each in ("--perms", "0755", "--dir", str(path))),
        *(each for path in folders for each in ("--ro-bind", str(path), str(path))),
        *(each for path in map(Path, LINKS) if path.exists() for each in _link(path)),
        *("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"),
        *(each for path in hidden if _inside(path.resolve(), folders) for each in _covered(path.resolve())),
        *(each for name in SOLUTIONS for each in _covered(PACKAGE / name)),
        *(each for folder in (CODE, TEMPORARY) for each in _scratch(folder, scratch)),
        *("--remount-ro", "/", "--", *program),
    ]


def _parents(folders: Iterable[Path]) -> list[Path]:
    """Folders above those that are seen, outermost first: anybody may pass through them."""
    return sorted({parent for path in folders for parent in path.parents if parent != Path("/")})


def _privileges() -> tuple[str, ...]:
    """What the guard needs to become nobody: root's right to change its user, or a user namespace."""
    if os.geteuid() == 0:
        return tuple(each for name in CAPABILITIES for each in ("--cap-add", name))
    return ("--unshare-user",)


def _link(path: Path) -> tuple[str, str, str]:
    """A top folder as this system has it: a link into /usr, or a folder of its own."""
    return (
        ("--symlink", os.readlink(path), str(path))
        if path.is_symlink()
        else ("--ro-bind", str(path), str(path))
    )


def _inside(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _covered(path: Path) -> tuple[str, ...]:
    """Something empty in place of a file or folder; nothing where there is none."""
    if path.is_dir():
        return ("--tmpfs", str(path), "--remount-ro", str(path))
    return ("--ro-bind", "/dev/null", str(path)) if path.exists() else ()


def _scratch(folder: Path, mebibytes: int) -> tuple[str, ...]:
    return ("--perms", "1777", "--size", str(mebibytes * MIB), "--tmpfs", str(folder))
