"""Build a corpus of hostile .mat files: bit flips, truncations, lying sizes, deep nesting, bombs.

    python tests/hostile/make_corpus.py DIR [--count 5000] [--seed 1]

The files are small and the same for the same seed; none is kept in the repository.
"""

import argparse
import random
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np
import scipy.io
from scipy.sparse import csc_array

sys.path.insert(0, str(Path(__file__).parents[1]))
from mat_files import CLASS, HEADER, MATRIX, compressed, element, matrix, numbers, struct_of, write_hdf5

WORDS = (0, 1, 2, 14, 15, 0x7F, 0x80, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 8, 2**32 - 1)
MIB = 1 << 20


def main() -> None:
    """Write a corpus into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{len(make_corpus(options.folder, options.count, options.seed))} files in {options.folder}")


def make_corpus(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `count` hostile files: those that are built to lie, and mutants of sound ones."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    built = list(liars())
    sound = seeds()
    while len(built) < count:
        name, data = draw.choice(sound)
        how = draw.choice(list(MUTATIONS))
        built.append((f"{name}-{how}", MUTATIONS[how](data, draw)))
    paths = [folder / f"{number:05}-{name}.mat" for number, (name, _) in enumerate(built[:count])]
    for path, (_, data) in zip(paths, built, strict=False):
        path.write_bytes(data)
    return paths


def seeds() -> list[tuple[str, bytes]]:
    """Sound files of every level that mutants are made of."""
    value = {
        "expected": {"z": np.arange(12.0).reshape(3, 4), "loss": 0.5, "name": "text", "dW": np.eye(3) > 0},
        "meta": {"schema": 1.0, "task": "backprop"},
    }
    cells = np.empty((1, 2), dtype=object)
    cells[0, 0], cells[0, 1] = np.eye(2), "inner"
    value["input"] = {"weights": cells, "x": np.ones((2, 2), dtype=np.int8), "s": csc_array(np.eye(4))}
    flat = {"x": np.arange(12.0).reshape(3, 4), "t": "text", "c": np.ones((2, 2)) * 1j}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "seed.mat")
        found = []
        for level, options in (
            ("v4", {"format": "4"}),
            ("v6", {"do_compression": False}),
            ("v7", {"do_compression": True}),
        ):
            scipy.io.savemat(path, flat if level == "v4" else value, **options)
            found += [(level, path.read_bytes())] * 3
        write_hdf5(path, {"expected": {"z": np.eye(3)}, "input": {"weights": [np.eye(2), np.ones((1, 3))]}})
        return [*found, ("v73", path.read_bytes())]


def flip(data: bytes, draw: random.Random) -> bytes:
    """One to eight bits turned."""
    mutant = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        mutant[draw.randrange(len(mutant))] ^= 1 << draw.randrange(8)
    return bytes(mutant)


def cut(data: bytes, draw: random.Random) -> bytes:
    """The end missing."""
    return data[: draw.randrange(len(data))]


def lie(data: bytes, draw: random.Random) -> bytes:
    """One to three words replaced by sizes and kinds that are not true."""
    mutant = bytearray(data)
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(0, len(data) - 4, 4)
        mutant[place : place + 4] = struct.pack(draw.choice("<>") + "I", draw.choice(WORDS))
    return bytes(mutant)


def splice(data: bytes, draw: random.Random) -> bytes:
    """A piece repeated, moved or left out."""
    start, end = sorted(draw.randrange(len(data)) for _ in range(2))
    return (
        data[: draw.choice((start, end))]
        + data[start:end] * draw.randint(1, 3)
        + data[draw.choice((start, end)) :]
    )


def lie_within(data: bytes, draw: random.Random) -> bytes:
    """Words replaced inside compressed variables, which are packed again so that the checksum is right."""
    if data[128:132] != struct.pack("<I", 15):
        return lie(data, draw)
    mutant, place = bytearray(data[:128]), 128
    while place + 8 <= len(data):
        (size,) = struct.unpack_from("<I", data, place + 4)
        inner = zlib.decompress(data[place + 8 : place + 8 + size])
        mutant += compressed(lie(inner, draw) if draw.random() < 0.7 else inner)
        place += 8 + size
    return bytes(mutant)


MUTATIONS = {"flip": flip, "cut": cut, "lie": lie, "lie-within": lie_within, "splice": splice}


def liars() -> Iterator[tuple[str, bytes]]:
    """Files built to lie: sizes beyond the data, nesting, bombs, values that hold themselves."""
    one = numbers([1.0], "f8")
    for depth in (50, 1000, 5000):
        yield (
            f"nested-cells-{depth}",
            HEADER + _nested(depth, lambda inner: matrix("", CLASS["cell"], (1, 1), inner)),
        )
        yield f"nested-structs-{depth}", HEADER + _nested(depth, lambda inner: struct_of("", a=inner))
    for kind in ("double", "cell", "struct", "char", "sparse", "object"):
        for size in ((2**31 - 1, 2**31 - 1), (2**20, 2**20), (2**31 - 1, 0), (-1, 5), (1,), (1,) * 200, ()):
            yield f"size-{kind}", HEADER + matrix("expected", CLASS[kind], size, one)
    for count in (2**31 - 1, 2**28):
        yield "long-element", HEADER + struct.pack("<2I", MATRIX, count) + bytes(64)
        yield "long-name", HEADER + element(MATRIX, element(6, bytes(8)) + struct.pack("<2I", 1, count))
        fields = numbers([32], "i4") + struct.pack("<2I", 1, count)
        yield "long-fields", HEADER + matrix("expected", CLASS["struct"], (1, 1), fields)
        yield "v4-size", struct.pack("<5I", 0, count, count, 0, 2) + b"x\0"
    for mebibytes in (16, 200):
        zeros = zlib.compressobj(9)
        head = (
            element(6, struct.pack("<2I", 6, 0))
            + numbers([mebibytes << 17, 1], "i4")
            + element(1, b"expected")
        )
        body = struct.pack("<2I", MATRIX, len(head) + 8 + (mebibytes << 20)) + head
        packed = zeros.compress(body + struct.pack("<2I", 9, mebibytes << 20))
        packed += b"".join(zeros.compress(bytes(MIB)) for _ in range(mebibytes)) + zeros.flush()
        yield f"zip-bomb-{mebibytes}", HEADER + struct.pack("<2I", 15, len(packed)) + packed
        inner = zlib.compress(zlib.compress(bytes(mebibytes << 20)))
        yield "zip-in-zip", HEADER + struct.pack("<2I", 15, len(inner)) + inner
    many = b"".join(matrix(f"v{number}", CLASS["double"], (1, 1), one) for number in range(20_000))
    yield "many-variables", HEADER + many
    yield "many-cells", HEADER + compressed(matrix("expected", CLASS["cell"], (2**20, 8), bytes(8 << 20)))
    yield "empty", b""
    yield "header-only", HEADER
    yield "pickle", b"\x80\x04\x95"
    yield from _hdf5_liars()


def _nested(depth: int, wrap) -> bytes:
    inner = matrix("", CLASS["double"], (1, 1), numbers([1.0], "f8"))
    for _ in range(depth):
        inner = wrap(inner)
    return inner


def _hdf5_liars() -> Iterator[tuple[str, bytes]]:
    def huge(file: h5py.File) -> None:
        data = file.create_dataset("expected", (2**40,), "f8", chunks=(2**20,), compression="gzip")
        data.attrs["MATLAB_class"] = np.bytes_("double")

    def loop(file: h5py.File) -> None:
        group = file.create_group("expected")
        group.attrs["MATLAB_class"] = np.bytes_("struct")
        group["self"] = group

    def elsewhere(file: h5py.File) -> None:
        file["expected"] = h5py.ExternalLink("/etc/passwd", "/")
        file["input"] = h5py.SoftLink("/expected")

    def bomb(file: h5py.File) -> None:
        data = file.create_dataset(
            "expected", (2**26,), "f8", chunks=(2**22,), compression="gzip", fillvalue=1.0
        )
        data[: 2**22] = 0.0
        data.attrs["MATLAB_class"] = np.bytes_("double")

    for build in (huge, loop, elsewhere, bomb):
        with tempfile.TemporaryDirectory() as name:
            path = write_hdf5(Path(name, "liar.mat"), {"input": {"x": np.eye(2)}})
            with h5py.File(path, "r+") as file:
                if build is not huge and "expected" in file:
                    del file["expected"]
                if "input" in file and build is elsewhere:
                    del file["input"]
                build(file)
            yield f"v73-{build.__name__}", path.read_bytes()


if __name__ == "__main__":
    main()
