"""Random streams: Octave's against what Octave drew, MATLAB's against what was published."""

import hashlib
import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from port.random import MatlabStream, OctaveStream

DATA = Path(__file__).parent / "data"
SAVED = json.loads((DATA / "octave_random.json").read_text())
SEEDS = {
    "0": 0,
    "42": 42,
    "2.5": 2.5,
    "-3": -3,
    "4294967296": 2**32,
    "1e20": 1e20,
    "NaN": math.nan,
    "Inf": math.inf,
    "[1 2 3]": [1, 2, 3],
    "(1:700) * 1e6": np.arange(1, 701) * 1e6,
}
CALLS = {
    "rand(100, 1000)": lambda s: s.rand(100, 1000),
    "randn(100, 1000)": lambda s: s.randn(100, 1000),
    "rande(1000, 100)": lambda s: s.rande(1000, 100),
    'rand(100, 1000, "single")': lambda s: s.rand(100, 1000, dtype="single"),
    'randn(100, 1000, "single")': lambda s: s.randn(100, 1000, dtype="single"),
    'rande(100, 1000, "single")': lambda s: s.rande(100, 1000, dtype="single"),
    "randi(10, 100, 100)": lambda s: s.randi(10, 100, 100),
    "randi([-7 2^52], 30, 4)": lambda s: s.randi([-7, 2**52], 30, 4),
    'randi([0 255], 50, 2, "uint8")': lambda s: s.randi([0, 255], 50, 2, dtype="uint8"),
    "randperm(1000)": lambda s: s.randperm(1000),
    "randperm(1000, 7)": lambda s: s.randperm(1000, 7),
}
CLASSES = {"double": np.float64, "single": np.float32, "uint8": np.uint8}


def md5(values):
    return hashlib.md5(values.tobytes(order="F")).hexdigest()


@pytest.mark.parametrize("row", SAVED, ids=lambda row: f"{row['seed']}: {row['call']}")
def test_octave_stream_draws_what_octave_drew(row):
    stream = OctaveStream(SEEDS[row["seed"]])
    stream.rand(7, 1), stream.randn(7, 1), stream.rande(7, 1)
    got = CALLS[row["call"]](stream)
    assert got.shape == tuple(row["size"])
    assert got.dtype == CLASSES[row["class"]]
    assert got.ravel(order="F")[:3].tolist() == row["first"]
    assert md5(got) == row["md5"]
    states = np.vstack(list(stream.states.values()))
    assert md5(states) == row["states"]


def test_the_saved_table_has_every_seed_with_every_call():
    assert {(row["seed"], row["call"]) for row in SAVED} == {(s, c) for s in SEEDS for c in CALLS}


@pytest.mark.live
@pytest.mark.skipif(shutil.which("octave-cli") is None, reason="GNU Octave is not installed")
def test_octave_still_draws_what_is_saved(tmp_path):
    made = tmp_path / "made.json"
    script = DATA / "octave_random.m"
    subprocess.run(["octave-cli", "--no-init-file", "-q", str(script), str(made)], cwd=tmp_path, check=True)
    assert json.loads(made.read_text()) == SAVED


@pytest.mark.parametrize("call", CALLS)
def test_a_saved_state_resumes(call):
    stream = OctaveStream(3)
    CALLS[call](stream)
    resumed = OctaveStream(stream.states)
    np.testing.assert_array_equal(CALLS[call](resumed), CALLS[call](stream))


def test_one_state_seeds_every_distribution_as_in_octave():
    saved = OctaveStream(11).state("randn")
    assert saved.shape == (625, 1)
    np.testing.assert_array_equal(OctaveStream(saved).randn(4, 5), OctaveStream(11).randn(4, 5))
    np.testing.assert_array_equal(OctaveStream(saved).rand(4, 5), OctaveStream(11).rand(4, 5))


@pytest.mark.parametrize("name", ["rand", "randn", "rande"])
def test_distributions_keep_separate_states(name):
    seeded, plain = OctaveStream(1), OctaveStream(1)
    seeded.seed(name, 2)
    for other in ("rand", "randn", "rande"):
        same = np.array_equal(getattr(seeded, other)(3, 3), getattr(plain, other)(3, 3))
        assert same == (other != name)


@given(
    name=st.sampled_from(["rand", "randn", "rande"]),
    dtype=st.sampled_from(["double", "single"]),
    seed=st.integers(0, 2**32 - 1),
    pieces=st.lists(st.integers(0, 400), min_size=1, max_size=6),
)
def test_drawing_in_pieces_is_drawing_at_once(name, dtype, seed, pieces):
    piecewise, at_once = OctaveStream(seed), OctaveStream(seed)
    parts = [getattr(piecewise, name)(1, size, dtype=dtype) for size in pieces]
    whole = getattr(at_once, name)(1, sum(pieces), dtype=dtype)
    np.testing.assert_array_equal(np.hstack(parts), whole)
    np.testing.assert_array_equal(piecewise.state(name), at_once.state(name))


MATLAB_PUBLISHED = {
    "rand('twister', 1337), first column": (
        lambda: MatlabStream(1337).rand(3, 5)[:, 0],
        [0.262024675015582, 0.158683972154466, 0.278126519494360],
        1e-15,
    ),
    "rng(1); rand": (lambda: MatlabStream(1).rand(), 0.417022004702574, 1e-15),
    "rng('default'); rand": (lambda: MatlabStream("default").rand(), 0.814723686393179, 1e-15),
    "rng(0); rand": (lambda: MatlabStream(0).rand(), 0.814723686393179, 1e-15),
    "rng(2); randi([-10 10], 4, 4)": (
        lambda: MatlabStream(2).randi([-10, 10], 4, 4).ravel(order="F"),
        [-1, -10, 1, -1, -2, -4, -6, 3, -4, -5, 3, 1, -8, 0, -7, 6],
        0,
    ),
    "rng(42); randperm(15)": (
        lambda: MatlabStream(42).randperm(15),
        [[11, 7, 6, 5, 15, 14, 1, 4, 9, 10, 3, 13, 8, 2, 12]],
        0,
    ),
    "rng(1); norminv(rand(1, 5))": (
        lambda: ndtri(MatlabStream(1).rand(1, 5)),
        [[-0.2095, 0.5838, -3.6849, -0.5177, -1.0504]],
        5e-5,
    ),
}


@pytest.mark.parametrize("published", MATLAB_PUBLISHED)
def test_matlab_stream_gives_what_was_published(published):
    """The tolerance is half a unit of the last published digit, rounded up."""
    draw, want, atol = MATLAB_PUBLISHED[published]
    np.testing.assert_allclose(draw(), want, rtol=0, atol=atol)


def test_matlab_state_resumes():
    stream = MatlabStream(5)
    stream.rand(100)
    resumed = MatlabStream(stream.state)
    np.testing.assert_array_equal(resumed.randi(9, 3, 3), stream.randi(9, 3, 3))


REFUSED = {
    "randn": (lambda: MatlabStream(1).randn(2), "norminv"),
    "randn single": (lambda: MatlabStream(1).randn(2, dtype="single"), "norminv"),
    "rande": (lambda: MatlabStream(1).rande(2), "-log"),
    "rand single": (lambda: MatlabStream(1).rand(2, dtype="single"), "single"),
    "randperm of some": (lambda: MatlabStream(1).randperm(9, 2), "randperm"),
}


@pytest.mark.parametrize("call", REFUSED)
def test_what_is_not_proved_is_refused_with_the_remedy(call):
    draw, remedy = REFUSED[call]
    with pytest.raises(NotImplementedError, match=remedy):
        draw()


SIZES = {
    "none is a number": ((), None),
    "one is a square": ((3,), (3, 3)),
    "two": ((2, 5), (2, 5)),
    "a vector": (([2, 5],), (2, 5)),
    "an array": ((np.array([[2, 5, 3]]),), (2, 5, 3)),
    "floats that are whole": ((2.0, 5.0), (2, 5)),
    "negative is empty": ((2, -1), (2, 0)),
    "last ones go": ((2, 5, 1, 1), (2, 5)),
    "an empty vector": (([],), (0, 0)),
}


@pytest.mark.parametrize("stream", [OctaveStream, MatlabStream])
@pytest.mark.parametrize("why", SIZES)
def test_sizes_are_matlabs(stream, why):
    sizes, shape = SIZES[why]
    got = stream(1).rand(*sizes)
    assert isinstance(got, float) if shape is None else got.shape == shape


def test_arrays_fill_by_columns():
    np.testing.assert_array_equal(
        OctaveStream(1).randn(4, 3, 2).ravel(order="F"), OctaveStream(1).randn(24, 1)[:, 0]
    )


def test_integer_classes_saturate():
    assert OctaveStream(1).randi([1000, 2000], 2, 2, dtype="int8").tolist() == [[127, 127], [127, 127]]


WRONG = {
    "fractional size": (lambda: OctaveStream(1).rand(2.5), "whole numbers"),
    "class as a size": (lambda: OctaveStream(1).rand(2, "single"), "dtype='single'"),
    "class that is no float": (lambda: OctaveStream(1).rand(2, dtype="int8"), "'double' or 'single'"),
    "no such distribution": (lambda: OctaveStream(1).seed("randi", 2), "no distribution 'randi'"),
    "empty seed": (lambda: OctaveStream([]), "seed is empty"),
    "randi bounds reversed": (lambda: OctaveStream(1).randi([5, 2]), "imin = 5"),
    "randi of a fraction": (lambda: OctaveStream(1).randi(2.5), "whole numbers"),
    "randi too wide": (lambda: MatlabStream(1).randi(2**53), "2\\^53"),
    "randperm of too many": (lambda: OctaveStream(1).randperm(3, 4), "m = 4"),
    "infinite size": (lambda: OctaveStream(1).rand(math.inf), "whole numbers; got inf"),
    "complex size": (lambda: OctaveStream(1).rand(2j), "sizes must be real numbers"),
    "class that is none": (lambda: OctaveStream(1).randi(3, 2, dtype="logical"), "'logical'"),
    "seed in words": (lambda: OctaveStream("a"), "seed must be real numbers; got 'a'"),
    "seed that is None": (lambda: OctaveStream(None), "seed must be real numbers; got None"),
    "seed in rows of different lengths": (lambda: OctaveStream([1, [2, 3]]), "seed must be real numbers"),
    "states without randn": (lambda: OctaveStream({"rand": 3}), "rand, randn, rande; got rand"),
    "randperm of a vector": (lambda: OctaveStream(1).randperm([3, 4]), "must be one number"),
    "MATLAB seed of two numbers": (lambda: MatlabStream([1, 2]), "must be one number"),
    "MATLAB state that is none": (lambda: MatlabStream((1, 2)), "624 words"),
    "negative MATLAB seed": (lambda: MatlabStream(-1), "whole number from 0"),
    "MATLAB seed in words": (lambda: MatlabStream("shuffle"), "'shuffle'"),
}


@pytest.mark.parametrize("why", WRONG)
def test_wrong_arguments_are_named(why):
    call, message = WRONG[why]
    with pytest.raises(ValueError, match=message):
        call()
