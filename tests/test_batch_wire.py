"""Results come as bytes that anybody may have written: what `pack` writes comes back, and nothing else gets in."""

import io
import json
import random
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from port.batch import wire
from port.batch.wire import pack, unpack
from port.errors import CaseError

LIMIT = 1 << 25
NUMBERS = [np.float64, np.float32, np.complex128, np.int8, np.uint64, np.bool_]
ARRAYS = st.sampled_from(NUMBERS).flatmap(
    lambda kind: hnp.arrays(kind, hnp.array_shapes(min_dims=0, max_side=4))
)
VALUES = st.recursive(
    ARRAYS | st.text() | st.none() | st.integers(-(2**70), 2**70) | st.floats() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def assert_same(got, want):
    assert type(got) is type(want)
    if isinstance(want, list):
        assert len(got) == len(want)
        for one, other in zip(got, want, strict=True):
            assert_same(one, other)
    elif isinstance(want, dict):
        assert list(got) == list(want)
        assert_same(list(got.values()), list(want.values()))
    elif isinstance(want, np.ndarray):
        assert (got.dtype, got.shape, got.tobytes()) == (want.dtype, want.shape, want.tobytes())
    else:
        assert got == want or (got != got and want != want)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_a_value_comes_back(value):
    assert_same(unpack(pack(value), limit=LIMIT), value)


def test_matlab_values_come_back():
    from scipy.sparse import csc_array

    cell = np.empty((2, 2), dtype=object)
    cell[:] = [[1.0, "text"], [None, [np.ones(2)]]]
    got = unpack(pack(cell), limit=LIMIT)
    assert got.shape == (2, 2)
    assert got[0, 1] == "text"
    table = np.empty((1, 2), dtype=[("a", object), ("b", object)])
    table["a"], table["b"] = [[1.0, 2.0]], [["x", "y"]]
    got = unpack(pack(table), limit=LIMIT)
    assert (got.dtype.names, got["b"].tolist()) == (("a", "b"), [["x", "y"]])
    letters = np.array([["a", "b"], ["c", "d"]])
    assert unpack(pack(letters), limit=LIMIT).tolist() == letters.tolist()
    sparse = csc_array(np.eye(3))
    assert (unpack(pack(sparse), limit=LIMIT) != sparse).nnz == 0


@pytest.mark.parametrize(
    "value", [print, object(), {1, 2}, b"bytes", np.array([print]), np.array(["x"], dtype="S")]
)
def test_what_is_not_numeric_is_refused(value):
    with pytest.raises(CaseError, match="is not numeric"):
        pack(value)


def test_a_value_that_holds_itself_is_refused():
    value = []
    value.append(value)
    with pytest.raises(CaseError, match="nested more than 32 deep"):
        pack(value)


def forged(index, data=b""):
    """An npz like those of `pack`, with an index of one's choice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        text = index if isinstance(index, bytes) else json.dumps(index).encode()
        for name, content in (("index", text), ("data", data)):
            archive.writestr(f"{name}.npy", wire._header(len(content)) + content)
    return stream.getvalue()


def deep(depth):
    return b'["list",[' * depth + b'["none"]' + b"]]" * depth


LIES = {
    "more bytes than there are": ["array", "<f8", [10**9], 0],
    "an endless array": ["array", "<f8", [10**18, 10**18], 0],
    "a negative size": ["array", "<f8", [-1, 8], 0],
    "a size that is no number": ["array", "<f8", ["x"], 0],
    "a place before the start": ["array", "|u1", [4], -4],
    "objects": ["array", "|O", [1], 0],
    "a structured type": ["array", [["a", "<f8"]], [1], 0],
    "text as a type": ["array", "<U1000000000", [1], 0],
    "a cell of another size": ["cell", [3, 3], [["none"]]],
    "a cell of an endless size": ["cell", [10**9, 0, 10**9], [["none"]]],
    "sparse indices out of range": [
        "sparse",
        [2, 2],
        [["array", "<f8", [1], 0], ["array", "<i4", [1], 0], ["none"]],
    ],
    "a struct without fields of its size": ["struct", [2], {"a": ["none"]}],
    "another kind": ["pickle", "gASVBQAAAAAAAABLAS4="],
    "no kind": [],
    "a number": 3,
    "text": "array",
    "nesting": deep(40),
    "nesting beyond the reader's": deep(100_000),
    "many values": b'["list",[' + b'["none"],' * 300_000 + b'["none"]]]',
    "a long index": b'["text","' + b" " * wire.MAX_INDEX + b'"]',
    "no JSON": b"{",
    "a number of many digits": b'["number",' + b"9" * 5000 + b"]",
    "text in another encoding": b'["text","\xff"]',
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_index_is_refused(lie):
    with pytest.raises(CaseError):
        unpack(forged(LIES[lie], bytes(8)), limit=LIMIT)


def test_a_zip_bomb_and_a_pickle_are_refused():
    for compression, name in ((zipfile.ZIP_DEFLATED, "index.npy"), (zipfile.ZIP_STORED, "other.npy")):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", compression) as archive:
            archive.writestr(name, bytes(1 << 22))
        with pytest.raises(CaseError):
            unpack(stream.getvalue(), limit=LIMIT)
    stream = io.BytesIO()
    np.savez(stream, index=np.array([print], dtype=object), data=np.zeros(3))
    with pytest.raises(CaseError, match="not a one-dimensional uint8 array"):
        unpack(stream.getvalue(), limit=LIMIT)
    with pytest.raises(CaseError, match="the limit is 10"):
        unpack(pack(np.zeros(99)), limit=10)


def test_mutated_bytes_are_read_or_refused():
    draw = random.Random(8)
    whole = pack({"a": [np.arange(6.0), "text"], "b": np.eye(2, dtype=bool)})
    refused = 0
    for _ in range(3000):
        mutant = bytearray(whole)
        for _ in range(draw.randint(1, 3)):
            mutant[draw.randrange(len(mutant))] ^= 1 << draw.randrange(8)
        try:
            unpack(bytes(mutant[: draw.choice((len(mutant), draw.randrange(len(mutant))))]), limit=LIMIT)
        except CaseError:
            refused += 1
    assert refused > 2000
