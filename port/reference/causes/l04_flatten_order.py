"""A(:) flattened in C order.

`A(:)` stacks the columns of a matrix; `A.ravel()` and `A.reshape(-1, 1)` string its rows together. The
vector has the right length and the right values in another order.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_vector
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import matching_boxes, matching_folds

MANUAL = Manual(
    code="L04",
    setup="A = np.arange(12.0).reshape(3, 4) ** 2",
    matlab="ref = A(:);",
    wrong="got = A.reshape(-1, 1)",
    right="got = A.reshape(-1, 1, order='F')",
    remedy="Flatten with order='F'.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got, folded into rows, is want, folded into columns, for one of the shapes of that size."""
    want, got = pair.want, pair.got
    if not is_vector(want):
        return
    shapes = [a.shape for a in pair.facts.arrays.values() if a.size == want.size and not is_vector(a)]
    folds = list(matching_folds(want.ravel(), got.ravel(), pair.facts.coarse))
    deeper = [] if shapes or folds else matching_boxes(want.ravel(), got.ravel(), pair.facts.coarse)
    for shape in dict.fromkeys([*shapes, *folds, *deeper]):
        by_rows = want.reshape(shape, order="F").reshape(want.shape)
        said = f"a {' x '.join(map(str, shape))} {'matrix' if len(shape) == 2 else 'array'}"
        evidence = f"got strings the rows of {said} together, want its columns"
        yield pair.step(evidence, want=by_rows, weight=0.95 if shape in shapes else 0.8)
