"""The runtime against Octave: every row of the tables in `runtime/`, as recorded, and anew where Octave is."""

import contextlib
import io
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from octave_values import OCTAVE, difference
from runtime.record import Row, answers, rows, stored

import port.migrate.runtime as runtime
from port.migrate.runtime import paths, pictures
from port.migrate.runtime.bundle import bundle, of_module

RTOL = 1e-12
TABLE = rows()
ANSWERS = stored()


def structs(**columns: list[Any]) -> Any:
    """An array of structs, from a list of values for every field."""
    items = [
        SimpleNamespace(**dict(zip(columns, values, strict=True)))
        for values in zip(*columns.values(), strict=True)
    ]
    return runtime.struct_array(items, (1, len(items)))


def inputs() -> dict[str, Any]:
    """The variables of `runtime/inputs.m`, made afresh."""
    return {
        "A": np.array([[8, 1, 6, 2], [3, 5, 7, -4], [4, 9, 2, 0.5]]),
        "B": np.array([[2.0, -1, 0], [1, 3, 1], [0, 1, 4]]),
        "v": np.array([[3.0, 1, 2, 5, 4]]),
        "c": np.array([[3.0], [1], [2]]),
        "N": np.array([[1, np.nan, 3], [np.nan, np.nan, 6], [7, 8, 9]]),
        "L": np.array([[True, False, True], [False, False, True]]),
        "Z": np.array([[1 + 2j, 3 - 1j], [0, 4j]]),
        "h": np.array([[-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]]),
        "T": np.arange(1.0, 25).reshape((2, 3, 4), order="F"),
        "E": np.zeros((0, 0)),
        "u8": np.array([[200, 100, 50]], dtype=np.uint8),
        "i32": np.array([[-7, 7, 10]], dtype=np.int32),
        "f32": np.array([[1.5, 2.5, 3.25]], dtype=np.float32),
        "words": ["pear", "apple", "fig", "apple"],
        "mixed": [1.0, "two", np.array([[3.0, 4, 5]])],
        "grid2": runtime.cell_array([1.0, np.array([[1.0, 2, 3]]), "a", [2.0]], (2, 2)),
        "s": SimpleNamespace(name="net", size=np.array([[4.0, 3, 1]]), rate=0.5),
        "people": structs(age=[31.0, 25.0, 40.0], name=["Ann", "Bob", "Cy"]),
        "text": "Hello World",
        "rows3": np.array([list("one  "), list("two  "), list("three")]),
    }


def printed(function: Any, *arguments: Any) -> str:
    """What a call prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        function(*arguments)
    return out.getvalue()


def raised(function: Any, *arguments: Any) -> runtime.MatlabError:
    """What a call raises, as `catch` binds it."""
    with pytest.raises(runtime.MatlabError) as caught:
        function(*arguments)
    return runtime.caught(caught.value)


def message_of(function: Any, *arguments: Any) -> str:
    return raised(function, *arguments).message


def identifier_of(function: Any, *arguments: Any) -> str:
    return raised(function, *arguments).identifier


def evaluated(row: Row, given: dict[str, Any] | None = None) -> Any:
    helpers = {"np": np, "printed": printed, "message_of": message_of, "identifier_of": identifier_of}
    names = {**vars(runtime), **(given or inputs()), **helpers}
    return eval(row.python, names)


@pytest.mark.parametrize("row", TABLE, ids=[row.id for row in TABLE])
def test_runtime_agrees_with_octave(row: Row) -> None:
    want = ANSWERS[row.id]
    if want is None:
        with pytest.raises(runtime.MatlabError):
            evaluated(row)
        return
    got = evaluated(row)
    outputs = got if isinstance(got, tuple) else (got,)
    assert len(outputs) == len(want)
    found = [
        difference(w, g, RTOL, where=f"output {k + 1}")
        for k, (w, g) in enumerate(zip(want, outputs, strict=True))
    ]
    assert not any(found), "; ".join(filter(None, found))


IN_PLACE = (
    "assign(",
    "cell_set(",
    "struct_set(",
    "struct_grow(",
    "cell_get(",
    "cell_items(",
    "fields_of(",
    "lambda",
)


def parts(x: Any) -> Iterator[Any]:
    """A value and all that is in it."""
    yield x
    inner: Any = (
        vars(x).values() if isinstance(x, SimpleNamespace) else x if isinstance(x, list | tuple) else ()
    )
    if isinstance(x, np.ndarray) and x.dtype == object:
        inner = x.ravel()
    for item in inner:
        yield from parts(item)


def shares(a: Any, b: Any) -> bool:
    """Whether a change of one would change the other."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return np.shares_memory(a, b) and a.size > 0
    return a is b and isinstance(a, list | SimpleNamespace)


def test_results_share_nothing_with_arguments() -> None:
    """MATLAB's values are copies: what a function returns may be changed without changing what it was given."""
    sharing = []
    for row in TABLE:
        if (
            ANSWERS[row.id] is None
            or any(name in row.python for name in IN_PLACE)
            or row.python == "index(people, 2)"
        ):
            continue
        given = inputs()
        result = evaluated(row, given)
        if any(shares(a, b) for a in parts(result) for b in parts(list(given.values()))):
            sharing.append(row.python)
    assert not sharing


def test_every_public_function_is_tested() -> None:
    """By a row of the tables, or by name in a test below (what prints elsewhere, reads clocks or files)."""
    called = " ".join(row.python for row in TABLE) + Path(__file__).read_text(encoding="utf-8")
    functions = {name for name in runtime.__all__ if callable(getattr(runtime, name))}
    scripts = {*vars(paths), *vars(pictures)}
    assert not [name for name in sorted(functions - scripts) if not re.search(rf"\b{name}[(,]", called)]


def close(a: Any, b: Any) -> bool:
    """Equal recordings, numbers within the rounding of an iteration that starts at random."""
    if isinstance(a, dict | list):
        pairs = zip(a.values(), b.values(), strict=False) if isinstance(a, dict) else zip(a, b, strict=False)
        return type(a) is type(b) and len(a) == len(b) and all(close(x, y) for x, y in pairs)
    if isinstance(a, float | int) and isinstance(b, float | int):
        return math.isclose(a, b, rel_tol=1e-13, abs_tol=1e-13) or (math.isnan(a) and math.isnan(b))
    return bool(a == b)


@pytest.mark.live
@pytest.mark.skipif(not OCTAVE, reason="octave-cli is not installed")
def test_the_recorded_answers_are_octave_s() -> None:
    fresh = dict(zip((row.id for row in TABLE), answers(TABLE), strict=True))
    assert list(fresh) == list(ANSWERS)
    changed = [name for name, values in fresh.items() if not close(values, ANSWERS[name])]
    assert not changed


def test_variables_survive_a_file(tmp_path: Path) -> None:
    stored = inputs()
    runtime.save(str(tmp_path / "all"), stored)
    loaded = runtime.load(str(tmp_path / "all"))
    assert set(vars(loaded)) == set(stored)
    for name, value in stored.items():
        assert runtime.isequal(getattr(loaded, name), value) or name == "N", name
        assert runtime.class_(getattr(loaded, name)) == runtime.class_(value), name
    np.testing.assert_array_equal(loaded.N, stored["N"])
    assert vars(runtime.load(str(tmp_path / "all.mat"), "s")).keys() == {"s"}
    assert runtime.isfile(str(tmp_path / "all.mat")) and runtime.isfolder(str(tmp_path))


OCTAVE_TEXT = """\
# Created by Octave 7.3.0, Sun Nov 22 11:33:24 2026 UTC <me@here>
# name: x
# type: matrix
# rows: 2
# columns: 2
 1 -Inf
 3 NaN


# name: s
# type: sq_string
# elements: 1
# length: 3
abc


# name: rows
# type: string
# elements: 2
# length: 2
ab
# length: 2
cd


# name: yes
# type: bool
1


# name: z
# type: complex scalar
(1,2)


# name: none
# type: matrix
# rows: 0
# columns: 3


# name: r
# type: double_range
# base, limit, increment
1 3 0.5


# name: i8
# type: int8 matrix
# ndims: 2
 1 2
 1
 2


# name: c
# type: cell
# rows: 1
# columns: 2
# name: <cell-element>
# type: scalar
1



# name: <cell-element>
# type: sq_string
# elements: 1
# length: 1
a





# name: st
# type: scalar struct
# ndims: 2
 1 1
# length: 1
# name: a
# type: scalar
1


"""


def test_octave_s_text_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.mat").write_text(OCTAVE_TEXT)
    found = runtime.load(str(tmp_path / "x.mat"))
    assert str(found.x.tolist()) == "[[1.0, -inf], [3.0, nan]]"
    assert found.s == "abc" and found.rows.tolist() == [["a", "b"], ["c", "d"]]
    assert found.yes is np.True_ and found.z == 1 + 2j and found.none.shape == (0, 3)
    assert found.r.tolist() == [[1, 1.5, 2, 2.5, 3]]
    assert found.i8.dtype == np.int8 and found.i8.tolist() == [[1, 2]]
    assert found.c == [1.0, "a"] and found.st.a == 1
    assert list(vars(runtime.load(str(tmp_path / "x.mat"), "s"))) == ["s"]
    (tmp_path / "odd.mat").write_text(OCTAVE_TEXT.replace("complex scalar", "sparse matrix"))
    with pytest.raises(runtime.MatlabError, match="sparse matrix"):
        runtime.load(str(tmp_path / "odd.mat"))


def test_data_is_imported_whatever_holds_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1,2\n3,4\n")
    assert runtime.importdata(str(tmp_path / "a.csv"), ",").tolist() == [[1, 2], [3, 4]]
    (tmp_path / "words.txt").write_text("a,b\n1,2\n")
    with pytest.raises(runtime.MatlabError, match="unable to determine file format"):
        runtime.importdata(str(tmp_path / "words.txt"))
    (tmp_path / "b.mat").write_text(OCTAVE_TEXT)
    assert runtime.importdata(str(tmp_path / "b.mat")).s == "abc"


def test_files_of_matlab_4_are_read(tmp_path: Path) -> None:
    import scipy.io

    scipy.io.savemat(tmp_path / "old.mat", {"x": np.array([[1.0, 2], [3, 4]])}, format="4")
    assert runtime.load(str(tmp_path / "old.mat")).x.tolist() == [[1, 2], [3, 4]]


def test_a_text_file_of_numbers_is_a_matrix(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("% houses\n2104,3,399900\n1600,3,329900\n")
    np.testing.assert_array_equal(
        runtime.load(str(tmp_path / "data.txt")), [[2104, 3, 399900], [1600, 3, 329900]]
    )
    with pytest.raises(runtime.MatlabError, match="unable to find file"):
        runtime.load(str(tmp_path / "nothing.mat"))


def test_numbers_survive_a_text_file(tmp_path: Path) -> None:
    path, matrix = str(tmp_path / "x.csv"), inputs()["A"]
    runtime.csvwrite(path, matrix)
    np.testing.assert_array_equal(runtime.csvread(path), matrix)
    runtime.dlmwrite(path, matrix, ";")
    np.testing.assert_array_equal(runtime.dlmread(path, ";"), matrix)


def test_temporary_files_have_names_and_go() -> None:
    name = runtime.tempname()
    assert Path(name).parent == Path(runtime.tempdir()) and not Path(name).exists()
    runtime.dlmwrite(name, np.eye(2))
    assert runtime.isfile(name)
    runtime.unlink(name)
    runtime.unlink(name)
    assert not runtime.isfile(name)


def test_files_are_read_and_written_by_number(tmp_path: Path) -> None:
    path = str(tmp_path / "x.txt")
    fid = runtime.fopen(path, "w")
    runtime.fprintf(fid, "%d,%d\n", np.array([[1, 3], [2, 4]]))
    runtime.fputs(fid, "end")
    assert fid >= 3 and runtime.fclose(fid) == 0
    assert runtime.fileread(path) == "1,2\n3,4\nend"
    fid = runtime.fopen(path)
    assert (runtime.fgetl(fid), runtime.fgets(fid), runtime.ftell(fid)) == ("1,2", "3,4\n", 8.0)
    assert (
        not runtime.feof(fid)
        and runtime.fgetl(fid) == "end"
        and runtime.feof(fid)
        and runtime.fgetl(fid) == -1
    )
    runtime.frewind(fid)
    np.testing.assert_array_equal(runtime.fscanf(fid, "%d,%d", np.array([[2, np.inf]])), [[1, 3], [2, 4]])
    runtime.frewind(fid)
    pairs = [(runtime.fscanf(fid, "%d,", 1), runtime.fscanf(fid, "%s", 1)) for _ in range(2)]
    assert pairs == [(1, "2"), (3, "4")] and runtime.fscanf(fid, "%s", 1) == "end"
    runtime.fclose("all")
    with pytest.raises(runtime.MatlabError, match="invalid stream number"):
        runtime.fgetl(fid)
    assert runtime.fopen(str(tmp_path / "nothing")) == -1


def test_binary_files_keep_class_and_byte_order(tmp_path: Path) -> None:
    path = str(tmp_path / "images-idx3-ubyte")
    fid = runtime.fopen(path, "wb")
    runtime.fwrite(fid, np.array([[2051, 2]]), "int32", 0, "ieee-be")
    assert runtime.fwrite(fid, np.array([[1, 3], [2, 300]]), "uint8") == 4
    runtime.fclose(fid)
    assert Path(path).read_bytes() == b"\0\0\x08\x03\0\0\0\x02\x01\x02\x03\xff"
    fid = runtime.fopen(path, "rb")
    assert runtime.fread(fid, 1, "int32", 0, "ieee-be") == 2051
    assert runtime.fseek(fid, 8, "bof") == 0
    pixels, count = runtime.fread(fid, np.array([[2, 2]]), "uint8=>uint8", nargout=2)
    assert pixels.dtype == np.uint8 and count == 4
    np.testing.assert_array_equal(pixels, [[1, 3], [2, 255]])
    runtime.frewind(fid)
    rest = runtime.fread(fid, np.inf, "unsigned char")
    assert rest.shape == (12, 1) and rest.dtype == float
    with pytest.raises(runtime.MatlabError, match="cannot be skipped"):
        runtime.fread(fid, 1, "uint8", 4)
    runtime.fclose(fid)


def test_a_folder_is_listed(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.m"):
        (tmp_path / name).write_text("12")
    listed = runtime.dir_(f"{tmp_path}/*.txt")
    assert [entry.name for entry in listed.ravel()] == ["a.txt", "b.txt"] and listed.shape == (2, 1)
    assert listed[0, 0].bytes == 2 and not listed[0, 0].isdir
    assert [entry.name for entry in runtime.dir_(str(tmp_path)).ravel()[:3]] == [".", "..", "a.txt"]
    assert runtime.dir_(f"{tmp_path}/*.m").name == "c.m"


def test_images_survive_a_file(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3) * 10
    path = str(tmp_path / "a.png")
    runtime.imwrite(pixels, path)
    assert np.array_equal(runtime.imread(path), pixels)
    runtime.imwrite(np.array([[0.0, 0.5, 2]]), path)
    assert runtime.imread(path).tolist() == [[0, 128, 255]]
    runtime.imwrite(np.array([[1.0, 2]]), np.array([[0.0, 0, 0], [1, 0, 0]]), path)
    assert runtime.imread(path).tolist() == [[[0, 0, 0], [255, 0, 0]]]
    _, colours = runtime.imread(path, nargout=2)
    assert colours.shape == (0, 0)
    with pytest.raises(runtime.MatlabError, match="unable to find file"):
        runtime.imread("none.png")


@pytest.mark.parametrize(
    ("answer", "kind", "want"),
    [
        ("3\n", "", 3),
        ("[1 2; 3 4]\n", "", [[1, 2], [3, 4]]),
        ("'yes'\n", "", "yes"),
        ("no 1\n", "s", "no 1"),
        ("\n", "s", ""),
        ("", "s", []),
        ("", "", []),
    ],
)
def test_questions_are_answered(
    answer: str, kind: str, want: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    got = runtime.input_("Side: ", kind)
    assert (got if isinstance(got, str) else np.asarray(got).tolist()) == want
    assert capsys.readouterr().out == "Side: "


def test_clocks_go_on() -> None:
    start = runtime.tic()
    year = runtime.clock()[0, 0]
    assert 0 <= runtime.toc() <= runtime.toc(start) < 60
    assert runtime.cputime() >= 0
    assert 2024 <= year and int(year) == int(runtime.datestr()[7:11])
    assert runtime.now() > 739000


def test_what_catch_binds() -> None:
    with pytest.raises(ZeroDivisionError) as plain:
        1 / 0  # noqa: B018
    assert runtime.caught(plain.value).message == "division by zero"
    with pytest.raises(runtime.MatlabError) as own:
        runtime.rethrow(runtime.caught(plain.value))
    assert runtime.getReport(own.value) == "error: division by zero"


def test_warnings_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    runtime.warning("off", "all")
    runtime.warning("my:id", "n = %d", 3)
    runtime.puts("text")
    runtime.fputs(1, "|")
    assert capsys.readouterr() == ("text|", "warning: n = 3\n")


def test_maps_are_shared_not_copied() -> None:
    mapping = runtime.Map()
    runtime.assign(mapping, 1.0, "a")
    assert runtime.copied(mapping) is mapping and mapping["a"] == 1.0


def test_assignment_is_in_place_where_the_value_fits() -> None:
    x = np.zeros((2, 3))
    assert runtime.assign(x, 1.0, 2, 3) is x and x[1, 2] == 1.0
    grown = runtime.assign(x, 1.0, 3, 3)
    assert grown.shape == (3, 3) and x.shape == (2, 3)


def test_no_two_modules_of_the_runtime_define_one_name() -> None:
    """A bundle is one module: a private name defined twice would silently take the other's place."""
    places: dict[str, list[str]] = {}
    for path in Path(runtime.__file__).parent.glob("*.py"):
        if path.stem not in ("__init__", "bundle"):
            for definition in of_module(path):
                places.setdefault(definition.name, []).append(path.stem)
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


def test_a_bundle_stands_alone(tmp_path: Path) -> None:
    """The sources of functions, with what they need, run where there is no matport."""
    for name, source in bundle(runtime.__all__, "helpers").items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    script = """
import sys
sys.path.insert(0, ".")
import helpers, numpy as np
print(helpers.sprintf("%d,", helpers.sort(np.array([[3.0, 1, 2]]))), helpers.cellfun(len, ["ab", "c"]))
assert not any(name == "port" or name.startswith("port.") for name in sys.modules)
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "1,2,3, [[2. 1.]]\n", done.stderr


TOOLBOX = [
    ("logsig(h)", "1 / (1 + np.exp(-h))"),
    ("tansig(h)", "2 / (1 + np.exp(-2 * h)) - 1"),
    ("purelin(h)", "h"),
    ("poslin(h)", "np.where(h > 0, h, 0)"),
    ("satlin(h)", "np.array([[0, 0, 0, 0.5, 1, 1]])"),
    ("satlins(h)", "np.array([[-1, -1, -0.5, 0.5, 1, 1]])"),
    ("hardlim(np.array([[-1, 0, 2]]))", "np.array([[0.0, 1, 1]])"),
    ("hardlims(np.array([[-1, 0, 2]]))", "np.array([[-1.0, 1, 1]])"),
    ("radbas(h)", "np.exp(-(h * h))"),
    ("softmax(A)", "np.exp(A) / np.exp(A).sum(axis=0)"),
    ("softmax(1000 + A)", "np.exp(A) / np.exp(A).sum(axis=0)"),
    ("compet(A)", "np.array([[1.0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]])"),
    ("mse(v)", "np.array(55 / 5)"),
    ("mse(v, v - 2)", "np.array(4.0)"),
    ("sse(v)", "np.array(55.0)"),
    ("sse(v, v + 1)", "np.array(5.0)"),
    ("ind2vec(np.array([[1, 3, 2]]))", "np.eye(3)[:, [0, 2, 1]]"),
    ("vec2ind(np.eye(3)[:, [0, 2, 1]])", "np.array([[1.0, 3, 2]])"),
    ("mapminmax(np.array([[1.0, 2, 4], [3, 3, 3]]))", "np.array([[-1, -1 / 3, 1], [3, 3, 3]])"),
    ("mapminmax(np.array([[1.0, 2, 4]]), 0, 1)", "np.array([[0, 1 / 3, 1]])"),
    ("normpdf(0)", "np.array(1 / np.sqrt(2 * np.pi))"),
    ("normpdf(v, 3, 2)", "np.exp(-((v - 3) ** 2) / 8) / np.sqrt(8 * np.pi)"),
    ("normcdf(np.array([[-1, 0, 1]]))", "np.array([[0.158655253931457, 0.5, 0.841344746068543]])"),
    ("norminv(np.array([[0.5, 0.841344746068543]]), 1, 2)", "np.array([[1.0, 3.0]])"),
    ("pdist2(B, A[:, :3])", "np.sqrt(((B[:, None] - A[None, :, :3]) ** 2).sum(2))"),
    ('pdist2(B, B, "squaredeuclidean")', "np.array([[0.0, 18, 24], [18, 0, 14], [24, 14, 0]])"),
    ('pdist2(B, B, "cityblock")', "np.array([[0.0, 6, 8], [6, 0, 6], [8, 6, 0]])"),
    ("nanmax(N)", "np.array([[7.0, 8, 9]])"),
    ("nanmin(N, None, 2)", "np.array([[1.0], [6], [7]])"),
    ("nansum(N)", "np.array([[8.0, 8, 18]])"),
    ("nanmean(N, 2)", "np.array([[2.0], [6], [8]])"),
    ("im2double(u8)", "np.array([[200, 100, 50]]) / 255"),
    ("im2double(v)", "v"),
    ("mat2gray(v)", "(v - 1) / 4"),
    ("mat2gray(np.full((2, 2), 3.0))", "np.ones((2, 2))"),
    ("rgb2gray(np.full((1, 2, 3), 100, np.uint8))", "np.full((1, 2), 100, np.uint8)"),
    ("speye(2, 3)", "np.eye(2, 3)"),
    (
        "im2col(B, np.array([[2, 2]]))",
        "np.array([[2.0, 1, -1, 3], [1, 0, 3, 1], [-1, 3, 0, 1], [3, 1, 1, 4]]).T",
    ),
    (
        'im2col(B, np.array([[2, 2]]), "distinct")',
        "np.array([[2.0, 1, -1, 3], [0, 0, 1, 0], [0, 1, 0, 0], [4, 0, 0, 0]]).T",
    ),
    ('contains("abc", "bc")', "np.array(True)"),
    ('contains(["abc", "xyz"], ["q", "z"])', "np.array([[False, True]])"),
    ("downsample(v, 2)", "np.array([[3.0, 2, 4]])"),
]


@pytest.mark.parametrize(("call", "want"), TOOLBOX, ids=[call for call, _ in TOOLBOX])
def test_toolbox_functions_follow_their_formulas(call: str, want: str) -> None:
    """Octave's core has none of these: the judge is the documented formula, written out."""
    names = {**vars(runtime), **inputs(), "np": np}
    got, wanted = np.asarray(eval(call, names)), np.asarray(eval(want, names))
    assert got.size == wanted.size and got.dtype.kind == wanted.dtype.kind
    np.testing.assert_allclose(got.reshape(wanted.shape), wanted, rtol=1e-13, atol=1e-15)


ROW: dict[str, Any] = {"class": "double", "size": [1, 2], "real": [1.0, 2.0]}
NOTICED = {
    "a digit": (ROW, np.array([[1.0, 2.0 + 1e-9]])),
    "a column": (ROW, np.array([[1.0], [2.0]])),
    "a class": (ROW, np.array([[1, 2]], dtype=np.int32)),
    "NaN": (ROW, np.array([[1.0, np.nan]])),
    "an imaginary part": (ROW, np.array([[1.0, 2.0 + 0j]])),
    "text for numbers": (ROW, "ab"),
    "a letter": ({"class": "char", "size": [1, 2], "codes": [97, 98]}, "ac"),
    "an item": ({"class": "cell", "size": [1, 1], "items": [ROW]}, [np.array([[1.0, 3.0]])]),
    "a cell's size": ({"class": "cell", "size": [2, 1], "items": [ROW, ROW]}, [np.array([[1.0, 2.0]])] * 2),
    "a field's value": ({"class": "struct", "size": [1, 1], "fields": {"a": [ROW]}}, SimpleNamespace(a=1.0)),
    "a field missing": ({"class": "struct", "size": [1, 1], "fields": {"a": [ROW]}}, SimpleNamespace()),
    "a field too many": ({"class": "struct", "size": [1, 1], "fields": {}}, SimpleNamespace(a=1.0)),
    "a number for a handle": ({"class": "function_handle", "text": "@sin"}, 1.0),
}


@pytest.mark.parametrize("what", NOTICED)
def test_the_judge_notices(what: str) -> None:
    want, got = NOTICED[what]
    assert difference(want, got, 1e-10) is not None


def test_the_judge_is_silent_on_equal_values() -> None:
    assert difference(ROW, np.array([[1.0, 2.0 + 1e-12]]), 1e-10) is None
    assert difference({"class": "double", "size": [1, 1], "real": [float("nan")]}, np.nan, 1e-10) is None


def test_exit_ends_the_program_with_a_status() -> None:
    with pytest.raises(SystemExit) as ended:
        runtime.exit_(3.0)
    assert ended.value.code == 3
