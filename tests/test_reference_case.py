"""A reference case: read from every level of file, refused with one sentence, hashed by content, listed."""

import json
import shutil

import numpy as np
import pytest
import scipy.io
from mat_files import write_hdf5
from scipy.sparse import csc_array

import port.reference
from port.errors import ArgumentError, CaseError
from port.reference import Case, load_case, load_suite, save_case, suite_folder
from port.reference.case import flatten
from port.reference.matfile import write_mat
from port.reference.provenance import content_hash, read_manifest, verify, write_manifest

RNG = np.random.default_rng(7)


def object_array(rows):
    array = np.empty((len(rows), len(rows[0])), object)
    for place in np.ndindex(array.shape):
        array[place] = rows[place[0]][place[1]]
    return array


CASE = Case(
    name="two_layers",
    title="the smallest case with a hidden layer",
    input={"weights": [RNG.random((2, 2)), RNG.random((1, 2))], "x": RNG.random((2, 5))},
    expected={"loss": np.full((1, 1), 0.25), "weights": object_array([[np.eye(2), np.ones((1, 2))]] * 3)},
    meta={"task": "train", "activations": ["tanh", "sigmoid"], "convention": {"half": True, "over": "sum"}},
)


def parts(case):
    """The variables of a case as MATLAB would save them."""
    meta = {"schema": 1.0, **case.meta, "name": case.name, "title": case.title}
    return {"input": case.input, "expected": case.expected, "meta": meta}


@pytest.mark.parametrize("level", ["v6", "v7", "v7.3"])
def test_a_case_reads_alike_from_every_level(tmp_path, level):
    path = tmp_path / "case.mat"
    if level == "v7.3":
        write_hdf5(path, parts(CASE))
    else:
        write_mat(path, parts(CASE), compress=level == "v7")
    case = load_case(path)
    assert (case.name, case.title, case.path) == (CASE.name, CASE.title, path)
    assert content_hash(case) == content_hash(load_case(save_case(CASE, tmp_path / "again.mat")))
    want = {**flatten(CASE.input), **flatten(CASE.expected)}
    got = {**flatten(case.input), **flatten(case.expected)}
    assert got.keys() == want.keys()
    for name in want:
        np.testing.assert_array_equal(got[name], want[name], strict=True)
    assert case.input["x"].flags.f_contiguous


def test_v4_gives_one_quantity(tmp_path):
    path = tmp_path / "v4.mat"
    scipy.io.savemat(path, {"input": np.eye(2), "expected": np.ones((2, 3))}, format="4")
    case = load_case(path)
    assert case.name == "v4"
    np.testing.assert_array_equal(case.expected["expected"], np.ones((2, 3)), strict=True)
    np.testing.assert_array_equal(case.input["input"], np.eye(2), strict=True)


def test_quantities_have_matlab_names():
    nested = {
        "dW": [np.ones((1, 1)), np.ones((2, 2))],
        "weights": object_array([[np.ones((1, 1)), np.eye(2)], [np.ones((1, 1)), np.eye(2)]]),
        "net": {"bias": 3.0, "name": "tanh"},
        "s": np.array([[(1.0, 2.0), (3.0, 4.0)]], [("a", object), ("b", object)]),
        "grid": np.array([[(1.0,), (2.0,)], [(3.0,), (4.0,)]], [("a", object)]),
        "S": csc_array(np.eye(2)),
    }
    arrays = flatten(nested)
    assert list(arrays) == [
        "dW{1}", "dW{2}", "weights{1,1}", "weights{1,2}", "weights{2,1}", "weights{2,2}",
        "net.bias", "net.name", "s(1).a", "s(1).b", "s(2).a", "s(2).b",
        "grid(1,1).a", "grid(1,2).a", "grid(2,1).a", "grid(2,2).a", "S",
    ]  # fmt: skip
    assert arrays["net.name"] == "tanh"
    np.testing.assert_array_equal(arrays["S"], np.eye(2), strict=True)


def test_a_huge_sparse_array_is_not_made_dense():
    with pytest.raises(ArgumentError, match=r"S is sparse and too large"):
        flatten({"S": csc_array((10**6, 10**6))})


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"input": {"x": 1.0}}, "it is no reference case: it has no variable `expected`"),
        ({"expected": {"x": 1.0}, "meta": 3.0}, "it is no reference case: `meta` is not a struct"),
        (
            {"expected": ["a", 1.0]},
            "it is no reference case: `expected` is neither a struct nor a numeric array",
        ),
        (
            {"expected": 1.0, "input": "x"},
            "it is no reference case: `input` is neither a struct nor a numeric array",
        ),
        ({"expected": {"x": 1.0}, "meta": {"schema": 2.0}}, "it has schema 2.0; this matport reads schema 1"),
        ({"expected": {"x": 1.0}, "meta": {"schema": "x"}}, "it has schema x; this matport reads schema 1"),
    ],
    ids=["no expected", "meta", "cell", "text", "newer", "schema is text"],
)
@pytest.mark.parametrize("write", [write_mat, write_hdf5], ids=["v7", "v7.3"])
def test_what_is_no_case_says_so(tmp_path, variables, says, write):
    write(tmp_path / "x.mat", variables)
    with pytest.raises(CaseError) as refused:
        load_case(tmp_path / "x.mat")
    assert str(refused.value).startswith(f"{tmp_path / 'x.mat'}: {says}")


def test_only_expected_is_needed(tmp_path):
    write_mat(tmp_path / "bare.mat", {"expected": {"x": 1.0}})
    case = load_case(tmp_path / "bare.mat")
    assert (case.name, case.title, case.input, case.meta) == ("bare", "", {}, {})


@pytest.mark.parametrize(
    "make", [lambda folder: folder / "none", lambda folder: folder], ids=["no folder", "empty"]
)
def test_a_folder_without_cases_says_so(tmp_path, make):
    with pytest.raises(CaseError, match=r"there is no such folder|holds no reference cases"):
        load_suite(make(tmp_path))


def test_the_shipped_suite_is_what_its_manifest_says():
    assert verify(suite_folder()) == ()
    assert len(read_manifest(suite_folder())) == len(load_suite(suite_folder())) >= 16


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "c"):
        save_case(Case(name, expected={"x": np.full((2, 2), float(ord(name)))}), tmp_path / f"{name}.mat")
    write_manifest(tmp_path)
    return tmp_path


def test_a_manifest_finds_what_was_touched(folder):
    assert verify(folder) == ()
    touched = Case("a", expected={"x": np.array([[97.0, 97.0], [97.0, np.nextafter(97.0, 98.0)]])})
    save_case(touched, folder / "a.mat")
    (folder / "b.mat").unlink()
    (folder / "c.mat").write_bytes((folder / "c.mat").read_bytes()[:-3])
    shutil.copy(folder / "a.mat", folder / "d.mat")
    found = {finding.case: finding.problem for finding in verify(folder)}
    assert found["a"].startswith("a.mat does not hold what was recorded")
    assert found["b"] == "b.mat is missing"
    assert "it is cut short" in found["c"]
    assert found["d"] == "is not in the manifest"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cases": [{}]}', '{"cases": [3]}', '{"cases": {"a": 1}}'])
def test_a_damaged_manifest_says_so(folder, text):
    (folder / "MANIFEST.json").write_text(text)
    with pytest.raises(CaseError, match=r"MANIFEST\.json: it is no manifest"):
        verify(folder)


def test_no_manifest_says_so(folder):
    (folder / "MANIFEST.json").unlink()
    with pytest.raises(CaseError, match=r"MANIFEST\.json: there is no manifest"):
        read_manifest(folder)


CHANGES = {
    "a bit": Case("n", expected={"x": np.array([[1.0, np.nextafter(2.0, 3.0)]])}),
    "the sign of zero": Case("n", expected={"x": np.array([[1.0, 2.0]]), "z": np.array([[-0.0]])}),
    "class": Case("n", expected={"x": np.array([[1, 2]], "f4")}),
    "size": Case("n", expected={"x": np.array([[1.0], [2.0]])}),
    "name": Case("n", expected={"y": np.array([[1.0, 2.0]])}),
    "cell": Case("n", expected={"x": [np.array([[1.0, 2.0]])]}),
    "sparse": Case("n", expected={"x": csc_array([[1.0, 2.0]])}),
    "where": Case("n", input={"x": np.array([[1.0, 2.0]])}),
    "convention": Case("n", expected={"x": np.array([[1.0, 2.0]])}, meta={"loss": "mse"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_hash_sees_every_change(change):
    base = Case(
        "n", expected={"x": np.array([[1.0, 2.0]]), **({"z": np.array([[0.0]])} if "zero" in change else {})}
    )
    assert content_hash(CHANGES[change]) != content_hash(base)


def test_the_hash_is_of_the_content_alone():
    x = np.arange(6.0).reshape(2, 3)
    one = Case("n", expected={"x": x, "k": 3}, meta={"created": "2026-01-01"})
    two = Case(
        "n", expected={"k": np.full((1, 1), 3.0), "x": np.asfortranarray(x)}, meta={"created": "2027-02-02"}
    )
    assert content_hash(one) == content_hash(two)


def test_the_manifest_is_plain_json(folder):
    cases = json.loads((folder / "MANIFEST.json").read_text())["cases"]
    assert [case["name"] for case in cases] == ["a", "b", "c"]


def test_public_names_are_all_there():
    for name in port.reference.__all__:
        assert getattr(port.reference, name) is not None
    with pytest.raises(AttributeError, match=r"no attribute 'nothing'; it has Case"):
        _ = port.reference.nothing
