"""What is installed, what is missing, and how to get it."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from port.reference.engine import MATLAB, OCTAVE, find_engines

NEEDED = ("numpy", "scipy", "pandas", "h5py", "jinja2", "tabulate", "tqdm")
OPTIONAL = {
    "dask": ("batches on a cluster", "matport[distributed]"),
    "pyarrow": ("tables as Parquet", "matport[parquet]"),
    "matplotlib": ("plots in translated code", "matport[plots]"),
    "pytest": ("the tests and the pytest plugin", "matport[test]"),
    "torch": ("a judge in the tests", "matport[judges]"),
    "jax": ("a judge in the tests", "matport[judges]"),
}
PROGRAMS = {
    "bwrap": (
        "isolation of submissions in matport batch",
        {
            "Debian/Ubuntu": "apt install bubblewrap",
            "macOS": "not available",
            "Windows": "in WSL: apt install bubblewrap",
        },
    ),
    "chromium": (
        "the browser tests",
        {
            "Debian/Ubuntu": "apt install chromium chromium-driver",
            "macOS": "brew install --cask chromium",
            "Windows": "winget install Hibbiki.Chromium",
        },
    ),
}
ENGINES = {
    OCTAVE: (
        "recording references and live checks",
        {
            "Debian/Ubuntu": "apt install octave",
            "macOS": "brew install octave",
            "Windows": "winget install GNU.Octave",
        },
    ),
    MATLAB: (
        "the same with MATLAB itself; matport capture --script writes a file to run by hand instead",
        dict.fromkeys(
            ("Debian/Ubuntu", "macOS", "Windows"), "install MATLAB and put its bin folder on the PATH"
        ),
    ),
}


@dataclass(frozen=True)
class Finding:
    """One part: its version where it is found, what it is for, and how to get it on each system where it is not."""

    name: str
    kind: str
    found: str
    used_for: str
    get: dict[str, str]

    @property
    def missing(self) -> bool:
        """Whether it is not there."""
        return not self.found


def examine() -> tuple[Finding, ...]:
    """Every part that matport needs or can use, needed ones first."""
    return tuple([_python(), *_needed(), *_engines(), _blas(), _training(), *_optional(), *_programs()])


def _python() -> Finding:
    return Finding("Python", "needed", f"{platform.python_version()} ({sys.executable})", "everything", {})


def _needed() -> Iterator[Finding]:
    for name in NEEDED:
        yield Finding(name, "needed", _version(name), "everything", _pip(name))


def _engines() -> Iterator[Finding]:
    installed = {engine.name: f"{engine.version} ({engine.program})" for engine in find_engines()}
    for name, (used_for, get) in ENGINES.items():
        yield Finding(name, "engine", installed.get(name, ""), used_for, get)


def _blas() -> Finding:
    import numpy as np

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    threads = next(
        (
            f"{key}={os.environ[key]}"
            for key in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
            if key in os.environ
        ),
        "",
    )
    told = f"{blas['name']} {blas['version']}, {threads or f'up to {os.cpu_count()} threads'}"
    return Finding("BLAS", "needed", told, "matrix products", {})


def _training() -> Finding:
    from port.backprop import compiled

    return Finding("training", "optional", compiled.state(), "compiled training", _pip("'matport[fast]'"))


def _optional() -> Iterator[Finding]:
    for name, (used_for, extra) in OPTIONAL.items():
        yield Finding(name, "optional", _version(name), used_for, _pip(f"'{extra}'"))


def _programs() -> Iterator[Finding]:
    for name, (used_for, get) in PROGRAMS.items():
        yield Finding(name, "optional", shutil.which(name) or "", used_for, get)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _pip(what: str) -> dict[str, str]:
    return dict.fromkeys(("Debian/Ubuntu", "macOS", "Windows"), f"pip install {what}")
