"""Files of arrays from anybody: what NumPy writes is read, what lies costs a sentence."""

import io
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest

from port.errors import CaseError
from port.reference.matfile import read_mat
from port.reference.npzfile import read_npz

ARRAYS = {
    "matrix": np.arange(6.0).reshape(2, 3),
    "columns": np.asfortranarray(np.arange(6).reshape(2, 3)),
    "number": np.float32(2.5),
    "logical": np.array([True, False]),
    "complex": np.array([1 + 2j]),
    "text": np.array(["ab", "c"]),
    "empty": np.zeros((0, 3)),
    "big": np.arange(3, dtype=">f8"),
}


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_numpy_writes_is_read(tmp_path, save):
    save(tmp_path / "x.npz", **ARRAYS)
    got = read_npz(tmp_path / "x.npz")
    assert list(got) == list(ARRAYS)
    for name, want in ARRAYS.items():
        np.testing.assert_array_equal(got[name], want, strict=True)
    np.save(tmp_path / "x.npy", ARRAYS["columns"])
    np.testing.assert_array_equal(read_npz(tmp_path / "x.npy")["x"], ARRAYS["columns"], strict=True)


def npy(header, body=b"", version=b"\x01\x00"):
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY" + version + len(text).to_bytes(2, "little") + text + body


def zipped(*contents, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"a{number}.npy", content)
    return stream.getvalue()


def declared(descr, shape):
    return f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape!r}, }}"


LIES = {
    "nothing": (b"", "damaged"),
    "no zip": (b"some text", "damaged"),
    "a pickle": (zipped(npy(declared("|O", (1,)), b"\x80\x04N.")), "save numbers"),
    "more than it holds": (zipped(npy(declared("<f8", (10**12,)), bytes(8))), "larger than"),
    "an endless array": (zipped(npy(declared("<f8", (10**18, 10**18)))), "larger than"),
    "a negative size": (zipped(npy(declared("<f8", (-1, -8)), bytes(64))), "larger than"),
    "records": (zipped(npy(declared([("a", "<f8")], (1,)), bytes(8))), "save numbers"),
    "nothing of nothing": (zipped(npy(declared("<U0", (10**9,)))), "save numbers"),
    "a header that computes": (zipped(npy("__import__('os').getpid()")), "damaged"),
    "a header nested deep": (zipped(npy("(" * 100)), "damaged"),
    "a header nested deeper": (zipped(npy("[" * 9000)), "damaged"),
    "a header without end": (zipped(npy(" " * 50_000)), "damaged"),
    "a later version": (zipped(npy(declared("<f8", (1,)), bytes(8), b"\x09\x00")), "does not know"),
    "a bomb": (zipped(npy(declared("<f8", (40 << 20,)))), "larger than"),
    "many small bombs": (zipped(*[npy(declared("|u1", (70 << 20,)), bytes(70 << 20))] * 4), "larger than"),
    "more than it declares": (zipped(npy(declared("|u1", (3,)), bytes(4))), "does not hold that many"),
    "less than it declares": (zipped(npy(declared("|u1", (3,)), bytes(2))), "does not hold that many"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_costs_a_sentence(tmp_path, name):
    data, says = LIES[name]
    path = tmp_path / "x.npz"
    path.write_bytes(data)
    with pytest.raises(CaseError, match=says) as raised:
        read_npz(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(CaseError, match="no such file"):
        read_npz(tmp_path / "x.npz")


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_mutants_are_read_or_refused(tmp_path, save):
    path, draw = tmp_path / "x.npz", random.Random(4)
    save(path, **ARRAYS)
    whole = path.read_bytes()
    refused = 0
    for _ in range(400):
        mutant = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            mutant[draw.randrange(len(mutant))] ^= 1 << draw.randrange(8)
        path.write_bytes(mutant[: draw.choice((len(mutant), draw.randrange(len(mutant))))])
        try:
            read_npz(path)
        except CaseError:
            refused += 1
    assert refused > 200


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
@pytest.mark.parametrize("read", [read_mat, read_npz])
def test_what_is_no_file_is_refused_before_it_is_read(read):
    with pytest.raises(CaseError, match=r"/dev/zero: it cannot be read: it is no file"):
        read("/dev/zero")
