"""What MATLAB values are after reading, for each level of .mat; run as a script, it writes the page in docs.

v4, v6 and v7 are written by Octave; v7.3, which Octave cannot write, is built with h5py as MATLAB builds it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from mat_files import write_hdf5
from scipy.sparse import csc_array

from port.reference.matfile import read_mat

PAGE = Path(__file__).parents[1] / "docs" / "mat-fidelity.md"
LEVELS = {"v4": "-V4", "v6": "-v6", "v7": "-v7"}


class Row(NamedTuple):
    """A MATLAB expression, its value in Python, and the value as v4 knows it (None: v4 has none)."""

    name: str
    matlab: str
    value: object
    v4: object = None


def column(*items):
    return np.array([items]).T


def cells(rows):
    array = np.empty((len(rows), len(rows[0])), object)
    for place in np.ndindex(array.shape):
        array[place] = rows[place[0]][place[1]]
    return array


def structs(size, **fields):
    array = np.empty(size, [(name, object) for name in fields])
    for name, items in fields.items():
        for index, item in enumerate(items):
            array[name][0, index] = item
    return array


def number(value):
    return np.full((1, 1), value)


def plain(name, matlab, value, v4=None):
    """A row that v4 keeps, as double unless said otherwise."""
    if v4 is None:
        v4 = (
            value
            if isinstance(value, str | csc_array) or np.iscomplexobj(value)
            else np.asarray(value, float)
        )
    return Row(name, matlab, value, v4)


ROWS = (
    plain("double", "[1.5 2; 3 4]", np.array([[1.5, 2], [3, 4]])),
    plain("double of small integers", "[0 1; 2 255]", np.array([[0.0, 1], [2, 255]])),
    plain("double of large integers", "2^53 + [0; 2]", column(2.0**53, 2.0**53 + 2)),
    plain(
        "double, special",
        "[NaN Inf -Inf -0 realmin/2]",
        np.array([[np.nan, np.inf, -np.inf, -0.0, 2.0**-1023]]),
    ),
    plain("range", "1:5", np.array([[1.0, 2, 3, 4, 5]])),
    plain("complex double", "[1+2i; 3]", column(1 + 2j, 3 + 0j)),
    plain("empty double", "zeros(0, 3)", np.zeros((0, 3))),
    Row("N-d double", "reshape(1:24, 2, 3, 4)", np.arange(1.0, 25).reshape(2, 3, 4, order="F")),
    plain("single", "single([1.5; pi])", column(1.5, np.pi).astype("f4"), v4=column(1.5, np.float32(np.pi))),
    plain("complex single", "single(1+2i)", number(np.complex64(1 + 2j)), v4=number(1 + 2j)),
    *(
        Row(
            name,
            f"[intmin('{name}') intmax('{name}')]",
            np.array([[np.iinfo(name).min, np.iinfo(name).max]], name),
        )
        for name in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
    ),
    Row("int64 above 2^53", "int64(9007199254740993)", number(np.int64(2**53 + 1))),
    Row("logical", "[true; false]", column(True, False)),
    Row("empty logical", "true(2, 0)", np.zeros((2, 0), bool)),
    plain("char row", "'tanh'", "tanh"),
    plain("char row, not ASCII", "'h\u00e9llo'", "h\u00e9llo"),
    Row("empty char", "''", ""),
    plain(
        "char matrix",
        "['ab'; 'cd']",
        np.array([["a", "b"], ["c", "d"]]),
        v4=np.array([["a", "b"], ["c", "d"]]),
    ),
    plain(
        "sparse double", "sparse([1 2], [1 3], [5 6])", csc_array(([5.0, 6], ([0, 1], [0, 2])), shape=(2, 3))
    ),
    plain("sparse complex", "sparse([1i 0 2])", csc_array(np.array([[1j, 0, 2]]))),
    Row("sparse logical", "sparse([true false true])", csc_array(np.array([[True, False, True]]))),
    Row("sparse without entries", "sparse(3, 4)", csc_array((3, 4))),
    Row("cell row", "{1, 'x', {2}}", [number(1.0), "x", [number(2.0)]]),
    Row("cell column", "{'a'; 'b'}", ["a", "b"]),
    Row("cell matrix", "{1 'x'; [] 2}", cells([[number(1.0), "x"], [np.zeros((0, 0)), number(2.0)]])),
    Row("empty cell", "{}", []),
    Row("empty cell, 2 x 0", "cell(2, 0)", np.empty((2, 0), object)),
    Row("struct", "struct('a', 1, 'b', struct('c', 'x'))", {"a": number(1.0), "b": {"c": "x"}}),
    Row("struct holding a cell", "struct('a', {{1, 2}})", {"a": [number(1.0), number(2.0)]}),
    Row("struct array", "struct('a', {1, 'x', []})", structs((1, 3), a=[number(1.0), "x", np.zeros((0, 0))])),
    Row("empty struct array", "struct('a', {})", np.empty((0, 0), [("a", object)])),
    Row("struct without fields", "struct()", {}),
)


def octave_files(folder):
    """Files of every level Octave writes, each with the values as x1, x2, ... : level -> path."""
    from port.reference.engine import run

    lines = [f"x{index} = {row.matlab};" for index, row in enumerate(ROWS, 1)]
    for level, option in LEVELS.items():
        names = [f"'x{index}'" for index, row in enumerate(ROWS, 1) if level != "v4" or row.v4 is not None]
        lines.append(f"save('{option}', '{level}.mat', {', '.join(names)});")
    files = run("\n".join(lines), expect=[f"{level}.mat" for level in LEVELS]).files
    for name, data in files.items():
        (Path(folder) / name).write_bytes(data)
    return {level: Path(folder) / f"{level}.mat" for level in LEVELS}


def hdf5_file(folder):
    """The v7.3 file with the same values."""
    values = {f"x{index}": row.value for index, row in enumerate(ROWS, 1)}
    return write_hdf5(Path(folder) / "v7.3.mat", values)


def described(value):
    """Class, dtype and size of a value in a few characters."""
    if isinstance(value, csc_array):
        return f"csc_array {value.dtype}, {value.shape[0]} x {value.shape[1]}"
    if isinstance(value, np.ndarray):
        names = value.dtype.names
        kind = f"array of objects ({', '.join(names)})" if names else f"array {value.dtype}"
        return f"{kind}, {' x '.join(map(str, value.shape))}"
    return f"{type(value).__name__} of {len(value)}" if not isinstance(value, str) else f"str of {len(value)}"


def table(files):
    """The page: one row a value, one column a level, from what was read."""
    read = {level: read_mat(path) for level, path in files.items()}
    lines = [
        "# What MATLAB values become",
        "",
        "Written by `python tests/mat_fidelity.py`, checked by `tests/test_matfile.py`. v4, v6 and v7 as GNU",
        "Octave writes them, v7.3 (HDF5) as MATLAB lays it out. Sizes are MATLAB's: nothing is squeezed.",
        "",
        f"| value | in MATLAB | {' | '.join(read)} |",
        f"|---|---|{'---|' * len(read)}",
    ]
    for index, row in enumerate(ROWS, 1):
        found = [described(read[level][f"x{index}"]) if f"x{index}" in read[level] else "-" for level in read]
        lines.append(f"| {row.name} | `{row.matlab}` | {' | '.join(found)} |".replace("<U1", "str"))
    return "\n".join([*lines, "", NOTES])


NOTES = """\
- v4 has one class: what was single comes back as double, as in MATLAB. `-` is a value that v4 cannot hold, or
  that Octave does not write there (its v4 file of a logical array has no data).
- MATLAB compacts: a double array of small integers is stored as uint8. Here it is float64 all the same, where
  `scipy.io.loadmat` gives uint8 and `1 - y` wraps around; its `mat_dtype=True` drops imaginary parts instead.
- A row or column of cells is a `list`; other cells are object arrays. Whether a list was a row or a column is
  not kept, nor is the size of an empty char.
- A struct array is an array with object fields: `s["a"][0, 2]` or `s[0, 2]["a"]` is MATLAB's `s(3).a`.
- Complex integers become complex128. Function handles, `string`, `table` and other objects only MATLAB can
  open: the file is refused, with the name of the variable and of its class.
- Octave's own formats (`save -text`, `-binary`, `-hdf5`) are refused by name.
"""


def write_page():
    with TemporaryDirectory() as folder:
        PAGE.write_text(table({**octave_files(folder), "v7.3": hdf5_file(folder)}), encoding="utf-8")


if __name__ == "__main__":
    write_page()
