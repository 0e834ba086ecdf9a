"""The MATLAB sources and the references made from them: whole, described, and what Octave computes."""

import re
from pathlib import Path

import numpy as np
import pytest
from engines import needs_octave

from port.backprop import activations, losses
from port.reference import Tolerance, compare, load_case
from port.reference.case import suite_folder
from port.reference.engine import Session, remake_references
from port.reference.provenance import file_sha256, read_manifest, verify

DATA = suite_folder()
SOURCES = DATA.parent
FILES = {path.stem: path for path in sorted(DATA.glob("*.mat"))}
MEGABYTES = 8

# The last bits of a sum depend on the BLAS and its threads; half a minute of training passes them on.
REMADE = Tolerance(rtol=0.0, atol=1e-9)
OCTAVE_ONLY = {
    "# comment": r"^\s*#",
    "double-quoted string": r'"',
    "end keyword": r"\bend(if|for|while|function|switch)\b|\bend_try_catch\b",
    "!= or !": r"!",
    "+= and its like": r"[-+*/]=(?!=)|\+\+",
    "printf or puts": r"\b(printf|puts|fdisp)\(",
}


def code(path: Path) -> str:
    """The source without comments and the content of strings."""
    lines = re.sub(r"'[^'\n]*'(?=[\s,;)}\]]|$)", "''", path.read_text(), flags=re.MULTILINE)
    return re.sub(r"%.*", "", lines)


# --- sources ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.m")), ids=lambda path: path.stem)
def test_source_is_matlab_as_well_as_octave(path):
    found = [what for what, pattern in OCTAVE_ONLY.items() if re.search(pattern, code(path), re.MULTILINE)]
    assert found == []
    first, second = path.read_text().splitlines()[:2]
    assert re.search(rf"^function\b.*\b{path.stem}\b", first), "a function file is named after its function"
    assert second.startswith(f"%{path.stem.upper()}  "), "the first comment line is the help line"


@pytest.mark.parametrize("line", ["# note", 's = "x";', "endif", "a != b", "i += 1;", "i++;", "printf('x')"])
def test_octave_only_syntax_would_be_noticed(line):
    assert any(re.search(pattern, line, re.MULTILINE) for pattern in OCTAVE_ONLY.values())


# --- saved cases -----------------------------------------------------------------------------------------------


def test_the_folder_holds_what_its_manifest_says():
    assert verify(DATA) == ()


def test_every_case_was_made_by_the_scripts_that_lie_here():
    hashes = {path.name: file_sha256(path) for path in SOURCES.glob("*.m")}
    stale = [
        name
        for name, entry in read_manifest(DATA).items()
        if entry["script_sha256"] != hashes[entry["script"]]
    ]
    assert stale == [], "make the references again (matlab_ref/README.md)"


def test_there_are_sixty_cases_and_more_with_every_activation_hidden_and_as_output():
    metas = [load_case(path).meta for path in FILES.values()]
    assert len(metas) >= 60
    assert {name for meta in metas for name in meta["activations"][:-1]} == set(activations.NAMES)
    assert {meta["activations"][-1] for meta in metas} == set(activations.NAMES)


def test_every_loss_occurs():
    assert {load_case(path).meta["loss"] for path in FILES.values()} == set(losses.REGISTRY)


def test_every_way_of_training_goes_online_in_mini_batches_and_in_full_batches():
    training = [name for name in FILES if "_train_" in name]
    modes = {name: re.fullmatch(r"(\w+)_(online|mini_batch|full_batch)", name).groups() for name in training}
    kinds = {kind for kind, _ in modes.values()}
    assert set(modes.values()) == {
        (kind, mode) for kind in kinds for mode in ("online", "mini_batch", "full_batch")
    }


def test_the_folder_stays_small():
    assert sum(path.stat().st_size for path in FILES.values()) < MEGABYTES * 2**20


@pytest.mark.parametrize("name", FILES)
def test_case_describes_itself_and_holds_its_inputs(name):
    case = load_case(FILES[name])
    assert case.name == name
    assert case.title and case.meta["inputs"] and case.meta["engine"] and case.meta["version"]
    assert (SOURCES / f"{case.meta['function']}.m").is_file()
    assert case.meta["layout"] == "features x samples"
    assert {"x", "y", "weights", "biases"} <= case.input.keys()
    assert case.input["x"].dtype == case.input["y"].dtype == np.float64
    assert case.input["x"].shape[1] == case.input["y"].shape[1]
    assert len(case.meta["activations"]) == len(case.input["weights"]) == len(case.input["biases"])


@pytest.mark.parametrize("name", [name for name in FILES if "_train_" in name])
def test_order_is_a_permutation_in_every_epoch(name):
    case = load_case(FILES[name])
    order, samples = case.input["order"], case.input["x"].shape[1]
    assert order.shape == (case.input["epochs"].item(), samples)
    assert np.array_equal(np.sort(order, axis=1), np.tile(np.arange(1.0, samples + 1), (len(order), 1)))


def uniform(seed: int, rows: int, columns: int) -> np.ndarray:
    """uniform.m: Park and Miller's generator in whole numbers."""
    modulus, state, values = 2**31 - 1, 48271 * seed % (2**31 - 1), []
    for _ in range(rows * columns):
        state = 16807 * state % modulus
        values.append(state / modulus)
    return np.array(values).reshape((rows, columns), order="F")


@pytest.mark.parametrize("name", FILES)
def test_initial_network_is_the_one_its_seed_says(name):
    case = load_case(FILES[name])
    seeded = re.fullmatch(r"uniform\.m, seed (\d+)", case.meta["inputs"])
    assert seeded or case.meta["inputs"] == "written out"
    for layer, (W, b) in enumerate(zip(case.input["weights"], case.input["biases"], strict=True), 1):
        if seeded:
            first = int(seeded[1]) + 2 * layer
            assert np.array_equal(W, (2 * uniform(first, *W.shape) - 1) * np.sqrt(6 / sum(W.shape)))
            assert np.array_equal(b, (2 * uniform(first + 1, *b.shape) - 1) / 10)


@pytest.mark.judge
def test_datasets_are_scikit_learns():
    datasets = pytest.importorskip("sklearn.datasets")
    digits, iris = datasets.load_digits(), datasets.load_iris()
    case = load_case(FILES["sigmoid_mse_digits"])
    assert np.array_equal(case.input["x"] * 16, digits.data.T)
    assert np.array_equal(case.input["y"].argmax(axis=0), digits.target)
    case = load_case(FILES["sigmoid_mse_iris"])
    assert np.array_equal(case.input["x"], iris.data.T)
    assert np.array_equal(case.input["y"].argmax(axis=0), iris.target)


# --- live ------------------------------------------------------------------------------------------------------


@needs_octave
def test_the_gradient_check_stops_at_a_wrong_gradient():
    network = "[w, b] = initial_network(1, [3 4 2]); x = uniform(2, 3, 5); y = uniform(3, 2, 5);\n"
    with Session(load_paths=[SOURCES]) as octave:
        octave.run(network)
        assert float(octave.run("printf('%g', check_gradient(@sigmoid_mse, w, b, x, y))")) < 1e-8
        octave.run(
            "function pass = wrong(w, b, x, y)\npass = sigmoid_mse(w, b, x, y);\n"
            "pass.dW{1}(2, 3) = 1.001 * pass.dW{1}(2, 3);\nend"
        )
        with pytest.raises(Exception, match="wrong: gradient differs from central differences"):
            octave.run("check_gradient(@wrong, w, b, x, y);")


@needs_octave
@pytest.mark.slow
def test_octave_makes_the_saved_references_again(tmp_path):
    remade = remake_references(tmp_path)
    assert [path.stem for path in remade] == list(FILES)
    for path in remade:
        again, saved = load_case(path), load_case(FILES[path.stem])
        assert compare(again.input, saved.input, tolerance=REMADE).ok, path.stem
        comparison = compare(again.expected, saved.expected, tolerance=REMADE)
        assert comparison.ok, f"{path.stem}: {comparison}"
