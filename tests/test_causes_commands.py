"""`matport diagnose` and `matport explain-cause`: what they print, their JSON, and their exit status."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from port.cli import main
from port.reference import load_suite, suite_folder
from port.reference.causes.rule import catalogue

ROOT = Path(__file__).parents[1]


@pytest.fixture
def files(tmp_path):
    """A reference, a port's result that is transposed and lacks 1/m, and the inputs of both."""
    rng = np.random.default_rng(0)
    d, x = rng.standard_normal((3, 8)), rng.standard_normal((5, 8))
    savemat(tmp_path / "want.mat", {"dW": d @ x.T / 8, "b": np.ones((3, 1))})
    np.savez(tmp_path / "got.npz", dW=(d @ x.T).T, b=np.ones((3, 1)))
    np.savez(tmp_path / "inputs.npz", D=d, X=x)
    return tmp_path


def told(capsys, *arguments):
    """Exit status and what was printed on both streams."""
    status = main([str(argument) for argument in arguments])
    return status, *capsys.readouterr()


def test_both_mistakes_are_named_with_their_cure(files, capsys):
    status, out, err = told(
        capsys, "diagnose", files / "want.mat", files / "got.npz", "--inputs", files / "inputs.npz"
    )
    assert status == 1 and err == ""
    assert out.startswith("1 of 2 quantities agree; tolerance |got - want|")
    assert "dW: shape (5, 3) instead of (3, 5)" in out and "L01" in out and "S01" in out
    assert "8 samples (columns of D)" in out and "NumPy   got = D @ X.T / X.shape[1]" in out


def test_json_holds_every_quantity_and_its_causes(files, capsys):
    status, out, _ = told(capsys, "diagnose", files / "want.mat", files / "got.npz", "--json")
    document = json.loads(out)
    by_name = {row["quantity"]: row for row in document["quantities"]}
    assert status == 1 and document["ok"] is False
    assert by_name["b"]["verdict"] == "agree" and by_name["b"]["causes"] == []
    assert {cause["code"] for cause in by_name["dW"]["causes"][:2]} == {"L01", "S01"}


def test_files_that_agree_leave_with_0(files, capsys):
    status, out, _ = told(capsys, "diagnose", files / "want.mat", files / "want.mat")
    assert status == 0 and out.startswith("2 of 2 quantities agree")


def test_one_array_a_side_is_compared_whatever_its_name(tmp_path, capsys):
    want = np.arange(6.0).reshape(2, 3)
    savemat(tmp_path / "want.mat", {"ref": want})
    np.save(tmp_path / "got.npy", -want)
    status, out, _ = told(capsys, "diagnose", tmp_path / "want.mat", tmp_path / "got.npy")
    assert status == 1 and "N01" in out


def test_a_case_brings_its_own_inputs(tmp_path, capsys):
    case = next(
        case for case in load_suite(suite_folder()) if "dW" in case.expected and case.input["x"].shape[1] > 2
    )
    samples = case.input["x"].shape[1]
    name, wrong = "dW{1}", samples * case.expected["dW"][0]
    np.savez(tmp_path / "got.npz", **{name: wrong})
    status, out, _ = told(capsys, "diagnose", case.path, tmp_path / "got.npz")
    assert status == 1 and "S01" in out and f"m = {samples}" in out and "missing in got" in out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("no.npz", None, "no such file", id="missing npz"),
        pytest.param("no.mat", None, "no such file", id="missing mat"),
        pytest.param("bad.npz", b"PK nothing", "npz file", id="damaged npz"),
        pytest.param("bad.mat", b"nothing", "bad.mat", id="damaged mat"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence_and_2(files, capsys, name, content, said):
    if content is not None:
        (files / name).write_bytes(content)
    status, out, err = told(capsys, "diagnose", files / "want.mat", files / name)
    assert (status, out) == (2, "") and said in err and err.count("\n") == 1


def test_pickled_objects_are_not_loaded(files, capsys):
    np.save(files / "evil.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    status, _, err = told(capsys, "diagnose", files / "want.mat", files / "evil.npy")
    assert status == 2 and "evil.npy" in err


def test_a_cause_is_explained_by_its_code(capsys):
    status, out, _ = told(capsys, "explain-cause", "l03")
    assert status == 0 and out.startswith("L03  Column-major reshape done in C order")
    assert "MATLAB  ref = reshape(x,4,6);" in out and "right   got = x.reshape(4, 6, order='F')" in out


def test_without_a_code_the_catalogue_is_listed_and_all_prints_every_page(capsys):
    _, listed, _ = told(capsys, "explain-cause")
    _, pages, _ = told(capsys, "explain-cause", "--all")
    assert len(listed.splitlines()) == len(catalogue()) and pages.count("Remedy:") == len(catalogue())


def test_the_manual_as_json_has_the_parts_that_run(capsys):
    _, out, _ = told(capsys, "explain-cause", "A03", "--json")
    (cause,) = json.loads(out)["causes"]
    assert cause["code"] == "A03" and {"setup", "matlab", "wrong", "right", "remedy", "symptom"} <= set(cause)


def test_an_unknown_code_names_its_neighbours(capsys):
    status, out, err = told(capsys, "explain-cause", "R99")
    assert (status, out) == (2, "") and "R01, R02, R03, R04, R05" in err


def test_the_page_of_causes_is_what_the_rules_say():
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert (ROOT / "docs" / "causes.md").read_text(encoding="utf-8") == generate.current("causes.md")


def test_what_one_side_does_not_have_is_one_line(capsys, tmp_path):
    np.savez(tmp_path / "want.npz", J=np.ones((1, 1)), dz=np.ones((3, 1)), h=np.ones((3, 1)))
    np.savez(tmp_path / "got.npz", J=np.ones((1, 1)), extra=np.ones((2, 2)))
    status, out, _ = told(capsys, "diagnose", tmp_path / "want.npz", tmp_path / "got.npz")
    assert status == 1
    assert out.splitlines()[1:] == ["", "missing in got: dz, h", "", "missing in want: extra"]
