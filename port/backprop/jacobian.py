"""Jacobians of activations, one for each of N samples, as values that know their structure.

An activation maps S inputs z to K outputs a, column by column, and J_ij = da_i/dz_j. Backpropagation
asks for J' * g, the forward mode for J * t, and neither needs J as an array:

    structure             J, one column               J' * g
    Diagonal              diag(d)                     d .* g
    DiagonalMinusOuter    diag(d) - sum_r u_r v_r'    d .* g - sum_r v_r * (u_r' * g)
    Dense                 any K x S array             J' * g
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from port.backprop.arrays import Array, as_columns, as_matrix, as_numbers, column_sums, ieee, size
from port.errors import ShapeError


class Jacobian(ABC):
    """da/dz for N columns, `shape` (K, S, N): K outputs, S inputs, N samples.

    `entry` is J_ij in index notation, where [i = j] is 1 on the diagonal and 0 elsewhere;
    `product` is J' * g as MATLAB writes it.
    """

    structure: ClassVar[str]
    entry: str
    product: str

    def jvp(self, t: ArrayLike) -> Array:
        """J * t for every column: t is (S, N), the result (K, N). Raises ShapeError."""
        _, inputs, samples = self.shape
        return self._jvp(as_columns(t, "t", (inputs, samples)))

    def vjp(self, g: ArrayLike) -> Array:
        """J' * g for every column: g is (K, N), the result (S, N). Raises ShapeError."""
        outputs, _, samples = self.shape
        return self._vjp(as_columns(g, "g", (outputs, samples)))

    def dense(self) -> Array:
        """J as an array: (K, S) where there is one column, else (K, S, N)."""
        array = self._dense()
        return array[:, :, 0] if self.shape[2] == 1 else array

    def formula(self) -> str:
        """The entries of J and its product with a gradient, as text."""
        return f"J_ij = {self.entry};  J' * g = {self.product}"

    def __repr__(self) -> str:
        return f"<{self.structure} Jacobian, {size(self.shape)}: {self.formula()}>"

    def terms(self, g: Array, t: Array) -> float:
        """What the terms of sum(g .* (J * t)) add up to in magnitude: its rounding is relative to this."""
        return float(np.abs(g * self.jvp(t)).sum())

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int, int]:
        """(K, S, N)."""

    @abstractmethod
    def _jvp(self, t: Array) -> Array: ...

    @abstractmethod
    def _vjp(self, g: Array) -> Array: ...

    @abstractmethod
    def _dense(self) -> Array: ...


@dataclass(frozen=True, eq=False, repr=False)
class Diagonal(Jacobian):
    """J_ij = d_i [i = j]: a_i depends on z_i alone, so both products are `.*`. `diagonal` is (K, N)."""

    structure = "diagonal"
    diagonal: Array
    entry: str = "d_i [i = j]"
    product: str = "d .* g"

    def __post_init__(self) -> None:
        object.__setattr__(self, "diagonal", as_matrix(self.diagonal, "diagonal"))

    @property
    def shape(self) -> tuple[int, int, int]:
        rows, columns = self.diagonal.shape
        return rows, rows, columns

    @ieee
    def _jvp(self, t: Array) -> Array:
        return self.diagonal * t

    @ieee
    def _vjp(self, g: Array) -> Array:
        return self.diagonal * g

    def _dense(self) -> Array:
        return _spread(self.diagonal)


@dataclass(frozen=True, eq=False, repr=False)
class DiagonalMinusOuter(Jacobian):
    """J_ij = d_i [i = j] - sum_r u_ri v_rj: every output feels every input, through few sums.

    `diagonal` is (K, N), `outers` pairs (u_r, v_r) of the same shape. Without `outers` it is the Jacobian of
    softmax, u = v = d = p. Raises ShapeError where a pair has another shape.
    """

    structure = "diagonal minus outer"
    diagonal: Array
    outers: Sequence[tuple[Array, Array]] | None = None
    entry: str = "p_i [i = j] - p_i p_j"
    product: str = "p .* (g - sum(p .* g, 1))"

    def __post_init__(self) -> None:
        diagonal = as_matrix(self.diagonal, "diagonal")
        pairs = [(diagonal, diagonal)] if self.outers is None else self.outers
        outers = tuple(
            (as_columns(u, "u", diagonal.shape), as_columns(v, "v", diagonal.shape)) for u, v in pairs
        )
        object.__setattr__(self, "diagonal", diagonal)
        object.__setattr__(self, "outers", outers)

    @property
    def shape(self) -> tuple[int, int, int]:
        rows, columns = self.diagonal.shape
        return rows, rows, columns

    @ieee
    def _jvp(self, t: Array) -> Array:
        return self.diagonal * t - sum(u * column_sums(v * t) for u, v in self._pairs)

    @ieee
    def _vjp(self, g: Array) -> Array:
        return self.diagonal * g - sum(v * column_sums(u * g) for u, v in self._pairs)

    def _dense(self) -> Array:
        return _spread(self.diagonal) - sum(u[:, None, :] * v[None, :, :] for u, v in self._pairs)

    def terms(self, g: Array, t: Array) -> float:
        whole = np.abs(g * self.diagonal * t).sum()
        outers = (column_sums(np.abs(u * g)) * column_sums(np.abs(v * t)) for u, v in self._pairs)
        return float(whole + sum(outer.sum() for outer in outers))

    @property
    def _pairs(self) -> Sequence[tuple[Array, Array]]:
        return self.outers or ()


@dataclass(frozen=True, eq=False, repr=False)
class Dense(Jacobian):
    """J as a (K, S, N) array, or (K, S) for one column: for a map of no structure worth naming."""

    structure = "dense"
    array: Array
    entry: str = "da_i/dz_j"
    product: str = "J' * g"

    def __post_init__(self) -> None:
        given = as_numbers(self.array, "a dense Jacobian")
        if given.ndim not in (2, 3):
            raise ShapeError(f"a dense Jacobian is K x S or K x S x N; this one is {size(given.shape)}")
        object.__setattr__(self, "array", given[:, :, None] if given.ndim == 2 else given)

    @property
    def shape(self) -> tuple[int, int, int]:
        outputs, inputs, samples = self.array.shape
        return outputs, inputs, samples

    @ieee
    def _jvp(self, t: Array) -> Array:
        return np.asarray(np.einsum("ksn,sn->kn", self.array, t))

    @ieee
    def _vjp(self, g: Array) -> Array:
        return np.asarray(np.einsum("ksn,kn->sn", self.array, g))

    def _dense(self) -> Array:
        return self.array

    def terms(self, g: Array, t: Array) -> float:
        return float((np.abs(g) * Dense(np.abs(self.array)).jvp(np.abs(t))).sum())


def _spread(diagonal: Array) -> Array:
    """diag(d) of every column: (K, N) becomes (K, K, N)."""
    return np.eye(diagonal.shape[0], dtype=diagonal.dtype)[:, :, None] * diagonal
