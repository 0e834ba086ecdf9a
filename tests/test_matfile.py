"""Every level of .mat gives MATLAB's classes, sizes and values; a damaged or lying file gives a sentence."""

import random
import shutil
import struct
import tracemalloc
import zlib
from contextlib import contextmanager
from pathlib import Path

import h5py
import mat_fidelity
import mat_files
import numpy as np
import pytest
import scipy.io
from mat_files import CLASS, HEADER, compressed, element, matrix, numbers, struct_of, write_level_5
from scipy.sparse import csc_array, issparse

from port.errors import CaseError
from port.reference import matfile
from port.reference.matfile import read_mat, write_mat

MIB = 1 << 20
MEMORY = 400 * MIB
needs_octave = pytest.mark.skipif(
    not shutil.which("octave-cli"), reason="GNU Octave (octave-cli) is not here"
)
ROWS = pytest.mark.parametrize("row", mat_fidelity.ROWS, ids=lambda row: row.name)
WRITTEN = [row._replace(name=f"x{index}") for index, row in enumerate(mat_fidelity.ROWS)]
MATLAB_FILES = sorted(Path(scipy.io.__file__).parent.glob("matlab/tests/data/test*_[67]*.mat"))


def assert_same(got, want):
    """Equal in type, class, size and every bit."""
    assert type(got) is type(want)
    if isinstance(want, csc_array):
        assert (got.dtype, got.shape) == (want.dtype, want.shape)
        assert (got != want).nnz == 0
    elif isinstance(want, np.ndarray):
        assert (got.dtype, got.shape) == (want.dtype, want.shape)
        if want.dtype.hasobject:
            for place in np.ndindex(want.shape):
                assert_same_items(got[place], want[place], want.dtype.names)
        else:
            assert got.tobytes(order="F") == want.tobytes(order="F")
    elif isinstance(want, dict):
        assert list(got) == list(want)
        assert_same([*got.values()], [*want.values()])
    elif isinstance(want, list):
        assert len(got) == len(want)
        for ours, theirs in zip(got, want, strict=True):
            assert_same(ours, theirs)
    else:
        assert got == want


def assert_same_items(got, want, names):
    for name in names or [...]:
        assert_same(got if name is ... else got[name], want if name is ... else want[name])


@pytest.fixture(scope="module")
def octave_values(tmp_path_factory):
    paths = mat_fidelity.octave_files(tmp_path_factory.mktemp("octave"))
    return {level: read_mat(path) for level, path in paths.items()}


@pytest.fixture(scope="module")
def hdf5_values(tmp_path_factory):
    return read_mat(mat_fidelity.hdf5_file(tmp_path_factory.mktemp("hdf5")))


@pytest.mark.live
@needs_octave
@pytest.mark.parametrize("level", ["v4", "v6", "v7"])
@ROWS
def test_reads_what_octave_writes(octave_values, level, row):
    name, want = f"x{mat_fidelity.ROWS.index(row) + 1}", row.v4 if level == "v4" else row.value
    if want is None:
        assert name not in octave_values[level]
    else:
        assert_same(octave_values[level][name], want)


@ROWS
def test_reads_v73(hdf5_values, row):
    assert_same(hdf5_values[f"x{mat_fidelity.ROWS.index(row) + 1}"], row.value)


@pytest.mark.parametrize("compress", [True, False], ids=["v7", "v6"])
@ROWS
def test_reads_what_it_writes(tmp_path, row, compress):
    write_mat(tmp_path / "x.mat", {"x": row.value}, compress=compress)
    assert_same(read_mat(tmp_path / "x.mat")["x"], row.value)


@pytest.mark.live
@needs_octave
def test_the_page_is_what_the_files_give(tmp_path):
    files = {**mat_fidelity.octave_files(tmp_path), "v7.3": mat_fidelity.hdf5_file(tmp_path)}
    assert mat_fidelity.PAGE.read_text(encoding="utf-8") == mat_fidelity.table(files)


@pytest.mark.skipif(not MATLAB_FILES, reason="this scipy came without its test data")
@pytest.mark.parametrize("path", MATLAB_FILES, ids=lambda path: path.stem)
def test_agrees_with_scipy_on_files_matlab_wrote(path):
    """scipy is the judge, on files that MATLAB 6 to 7.4 wrote on several machines, all numbers double."""
    if "func" in path.name or "object" in path.name:
        with pytest.raises(CaseError, match=r"which only MATLAB can open"):
            read_mat(path)
    elif "hdf5" not in path.name:
        judged = scipy.io.loadmat(path)
        got = read_mat(path)
        assert_same(got, {name: from_scipy(judged[name]) for name in got})


def from_scipy(value):
    """scipy's form of a value as ours."""
    if issparse(value):
        return csc_array(value).astype(complex if np.iscomplexobj(value) else float)
    if value.dtype.names:
        return (
            {name: from_scipy(value[name][0, 0]) for name in value.dtype.names}
            if value.size == 1
            else fields(value)
        )
    if value.dtype.kind == "O":
        return [from_scipy(item) for item in value.ravel()]
    if value.dtype.kind == "U":
        return str(value[0]) if value.size == 1 else np.array([[*row] for row in value])
    return value.astype(complex if np.iscomplexobj(value) else float)


def fields(array):
    structs = np.empty(array.shape, array.dtype)
    for place in np.ndindex(array.shape):
        for name in array.dtype.names:
            structs[name][place] = from_scipy(array[name][place])
    return structs


def test_a_double_that_matlab_compacted_stays_double(tmp_path):
    variable = matrix("y", CLASS["double"], (1, 3), numbers([0, 1, 2], "u1"))
    y = read_mat(write_level_5(tmp_path / "y.mat", compressed(variable)))["y"]
    assert_same(1 - y, np.array([[1.0, 0.0, -1.0]]))
    assert scipy.io.loadmat(tmp_path / "y.mat")["y"].dtype == np.uint8


@pytest.mark.parametrize(
    ("kind", "dtype", "stored"),
    [("double", "f8", "i2"), ("single", "f4", "u1"), ("int8", "i1", "u1"), ("double", "f8", "i4")],
)
def test_the_class_is_the_declared_one_whatever_is_stored(tmp_path, kind, dtype, stored):
    variable = matrix("v", CLASS[kind], (2, 1), numbers([1, 2], stored))
    assert_same(read_mat(write_level_5(tmp_path / "v.mat", variable))["v"], np.array([[1], [2]], dtype))


def test_complex_parts_may_be_stored_in_different_types(tmp_path):
    parts = numbers([1, 2], "u1"), numbers([0.5, -1], "f8")
    variable = matrix("c", CLASS["double"], (1, 2), *parts, flags=mat_files.COMPLEX)
    assert_same(read_mat(write_level_5(tmp_path / "c.mat", variable))["c"], np.array([[1 + 0.5j, 2 - 1j]]))


def test_many_texts_of_four_letters(tmp_path):
    """Octave declares four bytes too many for some of these, scipy and MATLAB do not: both are read."""
    texts = ["tanh", "relu", np.array([["a", "b"], ["c", "d"]])] * 5
    write_mat(tmp_path / "x.mat", {"x": texts})
    assert_same(read_mat(tmp_path / "x.mat")["x"], texts)


def test_other_variables_may_be_anything(tmp_path):
    handle = matrix("f", mat_files.FUNCTION, (1, 1), numbers([0], "u1"))
    path = write_level_5(tmp_path / "v.mat", handle, matrix("x", CLASS["double"], (1, 1), numbers([7], "u1")))
    assert_same(read_mat(path, ["x"]), {"x": np.full((1, 1), 7.0)})


def opaque(name, class_name):
    head = element(6, struct.pack("<2I", mat_files.OPAQUE, 0))
    texts = b"".join(element(1, text) for text in (name.encode(), b"MCOS", class_name.encode()))
    return element(mat_files.MATRIX, head + texts + matrix("", 13, (1, 1), numbers([1], "u4")))


@pytest.mark.parametrize(
    ("variable", "says"),
    [
        (opaque("t", "table"), "`t` is an object of class 'table'"),
        (opaque("p", "py.numpy.ndarray"), "`p` is an object of class 'py.numpy.ndarray'"),
        (matrix("f", mat_files.FUNCTION, (1, 1)), "`f` is a function handle"),
        (matrix("o", CLASS["object"], (1, 1), element(1, b"inline")), "`o` is an object of class 'inline'"),
        (struct_of("s", g=matrix("", mat_files.FUNCTION, (1, 1))), "`s.g` is a function handle"),
        (matrix("c", CLASS["cell"], (1, 1), opaque("", "string")), "`c{1}` is an object of class 'string'"),
    ],
    ids=["table", "python object", "function handle", "old object", "in a struct", "in a cell"],
)
def test_what_only_matlab_can_open_is_named(tmp_path, variable, says):
    path = write_level_5(tmp_path / "o.mat", variable)
    with pytest.raises(CaseError) as refused:
        read_mat(path)
    assert str(refused.value).startswith(f"{path}: {says}, which only MATLAB can open: save numbers")


def test_v73_objects_are_named(tmp_path):
    path = mat_files.write_hdf5(tmp_path / "o.mat", {"s": np.ones((1, 1))})
    with h5py.File(path, "r+") as file:
        file["s"].attrs["MATLAB_class"] = np.bytes_("string")
        file["s"].attrs["MATLAB_object_decode"] = np.int32(3)
    with pytest.raises(CaseError, match=r"`s` is an object of class 'string'"):
        read_mat(path)


ONE = matrix("x", CLASS["double"], (1, 1), numbers([1.5], "f8"))
WHOLE = HEADER + compressed(matrix("x", CLASS["double"], (20, 20), numbers(np.arange(400) / 7, "f8")))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is empty"),
        (b"x,y\n1,2\n", "it is not a .mat file"),
        (np.random.default_rng(0).bytes(4000), "it is not a .mat file"),
        (b"# Created by Octave 7.3.0\n# name: x\n", "it is in Octave's own format"),
        (b"Octave-1-L\0", "it is in Octave's own format"),
        (WHOLE[:100], "it is cut short inside the file header"),
        (WHOLE[:-1], "it is cut short"),
        (WHOLE[:500], "it is cut short"),
        (HEADER + ONE[:-1], "it is cut short"),
        (HEADER + b"\0" * 4, "it is cut short inside the tag of an element"),
        (WHOLE[:-1] + bytes([WHOLE[-1] ^ 1]), "it is damaged (Error -3 while decompressing"),
        (b"\x89HDF\r\n\x1a\n" + bytes(600), "it is damaged"),
    ],
    ids=[
        "empty", "csv", "noise", "octave text", "octave binary", "header", "last byte", "500 bytes", "v6",
        "tag", "checksum", "hdf5",
    ],
)  # fmt: skip
def test_a_file_that_is_no_mat_file_says_why(tmp_path, data, says):
    path = tmp_path / "x.mat"
    path.write_bytes(data)
    with pytest.raises(CaseError) as refused:
        read_mat(path)
    assert str(refused.value).startswith(f"{path}: {says}")


def test_a_missing_file_and_a_folder_say_so(tmp_path):
    with pytest.raises(CaseError, match=r"nothing\.mat: it cannot be read: no such file or directory"):
        read_mat(tmp_path / "nothing.mat")
    with pytest.raises(CaseError, match=r"it cannot be read"):
        read_mat(tmp_path)


def nested(depth):
    inner = matrix("", CLASS["double"], (1, 1), numbers([1], "u1"))
    for level in range(depth):
        inner = matrix("deep" if level == depth - 1 else "", CLASS["cell"], (1, 1), inner)
    return inner


def bomb(count):
    """A compressed variable that unpacks into `count` bytes of zeros: hundreds of times its size on disk."""
    head = (
        element(6, struct.pack("<2I", CLASS["double"], 0)) + numbers((count // 8, 1), "i4") + element(1, b"x")
    )
    packer = zlib.compressobj(1)
    start = packer.compress(
        struct.pack("<2I", 14, len(head) + 8 + count) + head + struct.pack("<2I", 9, count)
    )
    data = start + b"".join(packer.compress(bytes(MIB)) for _ in range(count // MIB)) + packer.flush()
    return struct.pack("<2I", 15, len(data)) + data


def huge(kind, size, *parts):
    return matrix("x", CLASS[kind], size, *parts)


EMPTY_CELLS = b"\x0e\0\0\0\0\0\0\0"
LIARS = {
    "declared 2^31 - 1 square": huge("double", (2**31 - 1, 2**31 - 1), numbers([1], "u1")),
    "negative size": huge("double", (-1, 3), numbers([1], "u1")),
    "one dimension": huge("double", (3,), numbers([1, 2, 3], "u1")),
    "a million dimensions": huge("double", np.ones(10**6, int), numbers([1], "u1")),
    "a cell of 2^30": huge("cell", (2**30, 1), ONE),
    "many empty cells, compressed": compressed(huge("cell", (2 * 10**6, 1), EMPTY_CELLS * (2 * 10**6))),
    "a struct array of 2^30 without fields": huge("struct", (2**30, 1), numbers([32], "i4"), element(1, b"")),
    "field names of length 0": huge("struct", (1, 1), numbers([0], "i4"), element(1, b"a")),
    "sparse, 2^31 - 1 columns": huge(
        "sparse", (1, 2**31 - 1), numbers([0], "i4"), numbers([0, 1], "i4"), numbers([1], "f8")
    ),
    "sparse, row outside": huge(
        "sparse", (2, 1), numbers([5], "i4"), numbers([0, 1], "i4"), numbers([1], "f8")
    ),
    "sparse, columns not in order": huge(
        "sparse", (2, 2), numbers([0], "i4"), numbers([0, 9, 1], "i4"), numbers([1], "f8")
    ),
    "nested 2,000 deep": nested(2000),
    "zip bomb of 300 MiB": bomb(300 * MIB),
    "zip bomb of 40 MiB that swells to 320": compressed(
        huge("double", (40 * MIB, 1), element(2, bytes(40 * MIB)))
    ),
}


@contextmanager
def little_memory():
    """Fails when Python, NumPy and zlib together took more than 400 MiB at any moment."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", LIARS)
def test_a_lying_file_costs_a_sentence_and_little_memory(tmp_path, name):
    path = write_level_5(tmp_path / "liar.mat", LIARS[name])
    with little_memory(), pytest.raises(CaseError, match=r"liar\.mat: "):
        read_mat(path)


def dataset(name, kind, **options):
    def build(file):
        file.create_dataset(name, **options).attrs["MATLAB_class"] = np.bytes_(kind)

    return build


def cell_that_holds_itself(file):
    dataset("x", "cell", shape=(2, 1), dtype=h5py.ref_dtype)(file)
    file["x"][...] = file["x"].ref


def cell_that_doubles(file):
    """Thirty cells, each holding the next twice: 2^30 values in a file of 20 KiB."""
    dataset("#refs#/c0", "double", data=np.ones((1, 1)))(file)
    for level in range(1, 31):
        dataset("x" if level == 30 else f"#refs#/c{level}", "cell", shape=(2, 1), dtype=h5py.ref_dtype)(file)
        file["x" if level == 30 else f"#refs#/c{level}"][...] = file[f"#refs#/c{level - 1}"].ref


@pytest.mark.parametrize(
    "build",
    [
        dataset("x", "double", shape=(2**40, 2), dtype="f8", chunks=(1024, 1)),
        dataset("x", "cell", shape=(2**30, 1), dtype=h5py.ref_dtype, chunks=(1024, 1)),
        dataset("x", "double", data=np.array([[b"text"]])),
        cell_that_holds_itself,
        cell_that_doubles,
    ],
    ids=["2^44 bytes", "2^30 cells", "text as double", "holds itself", "doubles"],
)
def test_a_lying_v73_file_costs_a_sentence(tmp_path, build):
    path = mat_files.write_hdf5(tmp_path / "liar.mat", {})
    with h5py.File(path, "r+") as file:
        build(file)
    with little_memory(), pytest.raises(CaseError, match=r"liar\.mat: "):
        read_mat(path)


def test_a_v73_file_that_crashes_the_library_is_damaged(tmp_path, monkeypatch):
    path = mat_files.write_hdf5(tmp_path / "x.mat", {"x": np.ones((1, 1))})
    monkeypatch.setattr(matfile, "READ_HDF5", "import os; os.abort()")
    with pytest.raises(CaseError, match=r"it is damaged \(the HDF5 library crashed on it\)"):
        read_mat(path)
    monkeypatch.setattr(matfile, "READ_HDF5", "import time; time.sleep(60)")
    monkeypatch.setattr(matfile, "HDF5_SECONDS", 0.3)
    with pytest.raises(CaseError, match=r"it is damaged \(the HDF5 library did not finish"):
        read_mat(path)


def mutated(data, rng):
    """The bytes with one to four of them overwritten, doubled, left out, or the rest cut off."""
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 4])):
        at = rng.randrange(len(data))
        word = struct.pack(
            "<I", rng.choice([0, 1, 14, 15, 2**31 - 1, 2**31, 2**32 - 1, rng.randrange(2**32)])
        )
        match rng.randrange(5):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                data[at & ~3 : (at & ~3) + 4] = word
            case 2:
                data[at:at] = data[at : at + 8]
            case 3:
                del data[at : at + 4]
            case 4:
                del data[max(at, 1) :]
    return bytes(data)


@pytest.mark.parametrize(("level", "count"), [("v4", 300), ("v6", 200), ("v7", 150), ("v7.3", 5)])
def test_a_mutated_file_is_read_or_refused(tmp_path, level, count):
    path = tmp_path / "x.mat"
    if level == "v4":
        scipy.io.savemat(path, {"x": np.eye(3), "s": csc_array(np.eye(3)), "t": "text"}, format="4")
    elif level == "v7.3":
        mat_fidelity.hdf5_file(tmp_path).rename(path)
    else:
        write_mat(path, {row.name: row.value for row in WRITTEN}, compress=level == "v7")
    whole, refused = path.read_bytes(), 0
    with little_memory():
        for seed in range(count):
            path.write_bytes(mutated(whole, random.Random(seed)))
            try:
                read_mat(path)
            except CaseError as error:
                assert str(error).startswith(f"{path}: ")
                refused += 1
    assert refused > count / 4


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (np.ones(3), r"`x`: an array of shape \(3,\) is neither a row nor a column: give a\[None, :\]"),
        ({"w": [np.ones((2, 2)), np.ones(2)]}, r"`x\.w\{2\}`: an array of shape \(2,\)"),
        (object(), r"`x`: MATLAB has no class for a Python value of type object"),
        (np.array([["ab"]]), r"`x`: MATLAB has no class"),
        (np.array([[1]], "f2"), r"`x`: MATLAB has no class for a Python value of type float16"),
        (None, r"`x`: MATLAB has no class"),
    ],
    ids=["1-D", "1-D inside", "object", "array of strings", "float16", "None"],
)
def test_what_matlab_cannot_hold_is_not_written(tmp_path, value, says):
    with pytest.raises(CaseError, match=says):
        write_mat(tmp_path / "x.mat", {"x": value})
    assert list(tmp_path.iterdir()) == []


def test_a_number_is_one_by_one_and_double(tmp_path):
    write_mat(tmp_path / "x.mat", {"i": 3, "f": 0.5, "b": True, "z": np.float32(2)})
    want = {"i": np.full((1, 1), 3.0), "f": np.full((1, 1), 0.5), "b": np.full((1, 1), True)}
    assert_same(read_mat(tmp_path / "x.mat"), {**want, "z": np.full((1, 1), 2, "f4")})
