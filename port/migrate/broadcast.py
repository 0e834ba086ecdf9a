"""Operations of a statement that broadcast what was not meant to be: a column against a vector gives a table."""

import ast
from collections.abc import Iterator, Mapping
from itertools import count

import numpy as np

from port.migrate.edits import SYMBOLS, called

Shape = tuple[int, ...]
ELEMENTWISE = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)
SAME_SHAPE = frozenset("exp log tanh sqrt abs square negative sign sin cos log2 log10 copy astype".split())
LETTERS = "nmkpqrst"


def broadcasts(statement: ast.stmt, shapes: Mapping[str, Shape]) -> list[str]:
    """In words, each operation of a statement whose result is larger than both its operands.

    shapes: of the variables that the statement reads. An operand whose shape does not follow from these is passed over.
    """
    found = []
    for node in ast.walk(statement):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ELEMENTWISE):
            left, right = shape_of(node.left, shapes), shape_of(node.right, shapes)
            if left is not None and right is not None and is_outer(left, right):
                shown = in_letters(left, right)
                found.append(
                    f"`{ast.unparse(node)}` broadcast {shown[0]} {SYMBOLS[type(node.op)]} {shown[1]}"
                )
    return found[::-1]


def is_outer(left: Shape, right: Shape) -> bool:
    """Whether the result of an operation has more elements than either operand."""
    result = together(left, right)
    return result is not None and int(np.prod(result)) > max(int(np.prod(left)), int(np.prod(right)))


def together(left: Shape, right: Shape) -> Shape | None:
    """The shape of an elementwise result; None where the operands do not fit."""
    try:
        return tuple(np.broadcast_shapes(left, right))
    except ValueError:
        return None


def shape_of(node: ast.expr, shapes: Mapping[str, Shape]) -> Shape | None:
    """The shape of an expression, where it follows from those of variables."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
        return ()
    if isinstance(node, ast.Name):
        return shapes.get(node.id)
    if isinstance(node, ast.UnaryOp):
        return shape_of(node.operand, shapes)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        inner = shape_of(node.value, shapes)
        return None if inner is None else inner[::-1]
    if isinstance(node, ast.BinOp):
        return of_operation(node, shapes)
    return of_call(node, shapes) if isinstance(node, ast.Call) else None


def of_operation(node: ast.BinOp, shapes: Mapping[str, Shape]) -> Shape | None:
    """The shape of a sum, product or the like, or of a product of matrices."""
    left, right = shape_of(node.left, shapes), shape_of(node.right, shapes)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.MatMult):
        fits = left and right and left[-1] == right[0] and max(len(left), len(right)) <= 2
        return (*left[:-1], *right[1:]) if fits else None
    return together(left, right)


def of_call(node: ast.Call, shapes: Mapping[str, Shape]) -> Shape | None:
    """The shape of what an elementwise function, `ravel` or `flatten` gives."""
    given = next(iter(node.args), None)
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) not in ("np", "numpy"):
        given = node.func.value
    inner = shape_of(given, shapes) if given is not None else None
    if inner is None or called(node) in SAME_SHAPE:
        return inner
    return (int(np.prod(inner)),) if called(node) in ("ravel", "flatten") else None


def in_letters(*shapes: Shape) -> list[str]:
    """Shapes with a letter for each size: `(n,1)`, `(n,)`."""
    letters: Iterator[int] = count()
    names: dict[int, str] = {1: "1"}
    shown = []
    for shape in shapes:
        for size in shape:
            if size not in names:
                names[size] = LETTERS[next(letters) % len(LETTERS)]
        parts = [names[size] for size in shape]
        shown.append(f"({parts[0]},)" if len(parts) == 1 else f"({','.join(parts)})")
    return shown
