"""Values of every kind that a comparison may be given: arrays of all types and shapes, and what is no array at all."""

import datetime
import decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

NUMBERS = ["?", "i1", "u1", "i2", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", ">f8", ">i4", "g", "G"]
OTHERS = ["U3", "S2", "M8[D]", "m8[s]", "i4,f8"]
SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def arrays_of(kinds: list[str]) -> st.SearchStrategy[Any]:
    """Arrays of these types and of all shapes, 0-d and empty ones among them."""
    return st.tuples(st.sampled_from(kinds), SHAPES).flatmap(
        lambda kind: hnp.arrays(np.dtype(kind[0]), kind[1])
    )


COMPARABLE = arrays_of([*NUMBERS, "U3"])
ARRAYS = arrays_of([*NUMBERS, *OTHERS])


class Refusing:
    """An object that refuses to be read."""

    def __array__(self, *_: Any, **__: Any) -> np.ndarray[Any, Any]:
        raise RuntimeError("not an array")

    def detach(self) -> None:
        raise AttributeError("no tape")


def holding_itself() -> list[Any]:
    cell: list[Any] = [1]
    cell.append(cell)
    return cell


def sparse() -> Any:
    from scipy.sparse import csr_array

    return csr_array(np.eye(3))


def objects(*values: Any) -> np.ndarray[Any, Any]:
    array = np.empty(len(values), object)
    array[:] = values
    return array


ODD: dict[str, Any] = {
    "None": None,
    "text": "relu",
    "bytes": b"ab",
    "ragged lists": [[1, 2], [3]],
    "a list of text and numbers": ["a", 1],
    "a whole number beyond 64 bits": 2**70,
    "a whole number beyond every double": 10**400,
    "a date": datetime.date(2020, 1, 1),
    "a decimal": decimal.Decimal("1.5"),
    "NaN with a payload": np.array([0x7FF8000000000001, 0xFFF0000000000003], np.uint64).view(np.float64),
    "raw bytes": np.zeros(3, "V4"),
    "objects": objects(1, "a", None),
    "cells of arrays": objects(np.ones(2), np.zeros((2, 2))),
    "records": np.array([(1, 2.0)], dtype=[("a", int), ("b", object)]),
    "masked": np.ma.array([1.0, 2.0], mask=[False, True]),
    "64 dimensions": np.zeros((1,) * 64),
    "sparse": sparse(),
    "too large a sparse array": SimpleNamespace(shape=(10**6, 10**6), dtype=np.dtype(float), toarray=None),
    "a function": len,
    "a class": Refusing,
    "what refuses": Refusing(),
    "what holds itself": holding_itself(),
    "a record": SimpleNamespace(a=1, b=None),
    "keys that are no text": {1: 2.0, None: [1.0], (1, 2): np.ones(2)},
    "nothing": {},
}
LEAVES = (
    ARRAYS
    | st.sampled_from(sorted(ODD)).map(ODD.__getitem__)
    | st.floats()
    | st.booleans()
    | st.text(max_size=3)
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=4,
)
