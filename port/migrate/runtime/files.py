"""Variables in files, and clocks."""

import os
import re
import warnings
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import numpy as np

from port.migrate.runtime.octave_text import octave_variables
from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_cell,
    cell_array,
    grid,
    iscell,
    number,
    struct_array,
    text_of,
    unbox,
)


def load(path: str, *names: str) -> Value:
    """The variables of a `.mat` file as a struct, or the matrix of a text file of numbers."""
    file = Path(path) if Path(path).exists() or Path(path).suffix else Path(f"{path}.mat")
    if not file.exists():
        raise MatlabError(f"load: unable to find file {path}")
    wanted = [n for n in names if not n.startswith("-")]
    with file.open("rb") as stream:
        start = stream.read(20)
    if start.startswith(b"MATLAB") or b"\0" in start:
        return _load_mat(file, wanted)
    if start.startswith(b"# Created by Octave"):
        found = octave_variables(file.read_text(encoding="utf-8", errors="surrogateescape"))
        return SimpleNamespace(**{n: v for n, v in vars(found).items() if not wanted or n in wanted})
    return _load_text(file)


def _load_mat(file: Path, names: list[str]) -> SimpleNamespace:
    import scipy.io

    loadmat: Any = scipy.io.loadmat
    how = {"struct_as_record": False, "chars_as_strings": False, "variable_names": names or None}
    with warnings.catch_warnings(record=True) as lost:
        warnings.simplefilter("always")
        typed = loadmat(str(file), mat_dtype=True, **how)
    plain = loadmat(str(file), **how) if lost else typed
    return SimpleNamespace(**{n: from_mat(typed[n], plain[n]) for n in typed if not n.startswith("__")})


def _load_text(file: Path) -> Value:
    """Numbers in lines, by blanks, commas or semicolons, with comments behind % or #."""
    lines = [re.split(r"[%#]", line)[0].strip() for line in _lines_of(file)]
    try:
        rows = [[float(word) for word in re.split(r"[\s,;]+", line.strip(",;"))] for line in lines if line]
        return unbox(np.array(rows))
    except ValueError:
        raise MatlabError(f"load: unable to determine file format of '{file}'") from None


def _lines_of(file: Path) -> list[str]:
    """The lines of a file; of bytes that are no UTF-8 only comments may be made."""
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


def from_mat(typed: Any, plain: Any) -> Value:
    """A value of `scipy.io.loadmat`, structs as objects, in the data model.

    SciPy gives either MATLAB's classes (`typed`, but imaginary parts are lost) or complex numbers (`plain`).
    """
    if hasattr(typed, "_fieldnames"):
        pairs = {name: (getattr(typed, name), getattr(plain, name)) for name in typed._fieldnames}
        return SimpleNamespace(**{name: from_mat(*pair) for name, pair in pairs.items()})
    if hasattr(typed, "toarray"):
        return unbox(np.asarray(plain.toarray()))
    array = np.asarray(plain if np.iscomplexobj(plain) else typed)
    if array.dtype.kind == "U":
        return unbox(np.where(array == "", " ", array)) if array.size else ""
    if array.dtype != object:
        return unbox(array)
    items = [from_mat(*pair) for pair in zip(typed.ravel(order="F"), plain.ravel(order="F"), strict=True)]
    if array.size and all(hasattr(v, "_fieldnames") for v in array.ravel()):
        return items[0] if len(items) == 1 else struct_array(items, array.shape)
    return as_cell(cell_array(items, array.shape))


def save(path: str, variables: dict[str, Value]) -> None:
    """Write variables, by name, to a `.mat` file that MATLAB and Octave read."""
    from scipy.io import savemat

    file = Path(path) if Path(path).suffix else Path(f"{path}.mat")
    savemat(str(file), {name: to_mat(value) for name, value in variables.items()}, oned_as="row")


def to_mat(x: Value) -> Any:
    """A value as `scipy.io.savemat` takes it; a Python int becomes a double."""
    if isinstance(x, SimpleNamespace):
        return {name: to_mat(value) for name, value in vars(x).items()}
    array = grid(x)
    if iscell(x):
        return cell_array([to_mat(v) for v in array.ravel(order="F")], array.shape)
    if array.dtype == object:
        return _to_records(array)
    if array.dtype.kind == "U":
        return np.array([text_of(row.reshape(1, -1)) for row in array])
    return array.astype(float) if array.dtype == np.int64 else array


def _to_records(structs: Array) -> Array:
    names = list(vars(structs.ravel()[0])) if structs.size else []
    records = np.empty(structs.shape, dtype=[(name, object) for name in names])
    for place, struct in np.ndenumerate(structs):
        records[place] = tuple(to_mat(getattr(struct, name)) for name in names)
    return records


def importdata(path: str, *options: Value) -> Value:
    """What a file of data holds: the variables of a `.mat` file, the matrix of a text file of numbers."""
    return load(path)


def csvread(path: str) -> Value:
    """The matrix of a text file of numbers."""
    return _load_text(Path(path))


def dlmread(path: str, *separator: Value) -> Value:
    """The matrix of a text file of numbers, whatever separates them."""
    return _load_text(Path(path))


def csvwrite(path: str, x: Value) -> None:
    """Write a matrix as lines of numbers with commas between them."""
    dlmwrite(path, x, ",")


def dlmwrite(path: str, x: Value, separator: str = ",") -> None:
    """Write a matrix as lines of numbers, five significant digits."""
    np.savetxt(path, grid(x), fmt="%.5g", delimiter=separator)


def tempdir() -> str:
    """The folder for temporary files."""
    return gettempdir()


def tempname() -> str:
    """A name for a temporary file that does not exist yet."""
    return str(Path(gettempdir()) / f"oct-{uuid4().hex[:6]}")


def unlink(path: str) -> None:
    """Remove a file, if it is there (MATLAB's `delete(path)`)."""
    Path(path).unlink(missing_ok=True)


def isfile(path: str) -> bool:
    """Whether there is a file of that name."""
    return Path(path).is_file()


def isfolder(path: str) -> bool:
    """Whether there is a folder of that name."""
    return Path(path).is_dir()


def dir_(pattern: str = ".") -> Value:
    """What lies in a folder, or the files that a pattern names: a column of structs, by name."""
    path = Path(pattern)
    folder = path if path.is_dir() else path.parent
    names = [".", "..", *sorted(os.listdir(path))] if path.is_dir() else _fitting(path)
    entries = [_entry(folder, name) for name in names]
    return entries[0] if len(entries) == 1 else struct_array(entries, (len(entries), 1))


def _fitting(path: Path) -> list[str]:
    """The names in a folder that the end of a path fits, which may have `*` in it."""
    return sorted(found.name for found in path.parent.glob(path.name))


def _entry(folder: Path, name: str) -> SimpleNamespace:
    status = os.stat(folder / name)
    changed = datetime.fromtimestamp(status.st_mtime)
    return SimpleNamespace(
        name=name,
        folder=str(folder.resolve()),
        date=changed.strftime("%d-%b-%Y %H:%M:%S"),
        bytes=float(status.st_size),
        isdir=(folder / name).is_dir(),
        datenum=_days(changed),
    )


def ispc() -> bool:
    """Whether this is Windows."""
    return os.name == "nt"


def isunix() -> bool:
    """Whether this is not Windows."""
    return os.name != "nt"


_STARTED = [perf_counter()]


def tic() -> float:
    """Start the clock that `toc` reads; what it returns may be given to `toc` later."""
    _STARTED[0] = perf_counter()
    return _STARTED[0]


def toc(start: Value = None) -> float:
    """The seconds since `tic`, or since the `tic` that returned `start`."""
    return perf_counter() - (_STARTED[0] if start is None else number(start))


def clock() -> Array:
    """Year, month, day, hour, minute and seconds as a row."""
    now = datetime.now()
    return np.array(
        [[now.year, now.month, now.day, now.hour, now.minute, now.second + now.microsecond / 1e6]]
    )


def cputime() -> float:
    """The seconds of processor time used."""
    return process_time()


def now() -> float:
    """Days since the year 0, as MATLAB counts them."""
    return _days(datetime.now())


def _days(moment: datetime) -> float:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment.toordinal() + 366 + (moment - midnight).total_seconds() / 86400


def datestr(*moment: Value) -> str:
    """The date and time now, as `day-Mon-year hour:minute:second`."""
    return datetime.now().strftime("%d-%b-%Y %H:%M:%S")
