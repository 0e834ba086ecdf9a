"""What an activation is: a value, its Jacobian, and how that Jacobian turns when z moves.

The bodies take complex z too, with branches decided by the real part: a complex step through a whole network
then differentiates it to the last bits.
"""

from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from port.backprop.arrays import Array, as_matrix, ieee, magnitude, require_finite
from port.backprop.jacobian import Diagonal, Jacobian
from port.errors import ArgumentError


class Activation(ABC):
    """z (S, N) -> a (K, N), column by column. Calling one gives (a, J).

    `name` is its key in the registry, `matlab` its formula as MATLAB writes it, `entry` the formula of J_ij
    and `product` that of J' * g.
    """

    name: str
    matlab: str
    entry: str
    product: str

    @ieee
    def __call__(self, z: ArrayLike, **parameters: float) -> tuple[Array, Jacobian]:
        """(a, J) at z, a 2-D array of one column a sample; `parameters` replace this activation's own.

        Raises ShapeError unless z is 2-D, ArgumentError for a parameter that it does not have.
        """
        activation = self.with_parameters(**parameters) if parameters else self
        z = as_matrix(z, "z")
        a = activation.value(z)
        return a, activation.jacobian(z, a)

    def with_parameters(self, **parameters: float) -> "Activation":
        """The same activation with other parameters, such as softmax with a temperature."""
        try:
            return replace(self, **parameters)  # type: ignore[type-var]
        except TypeError as error:
            own = ", ".join(getattr(self, "__dataclass_fields__", {})) or "none"
            raise ArgumentError(
                f"{self.name} takes the parameters: {own}; got {', '.join(parameters)}"
            ) from error

    @abstractmethod
    def value(self, z: Array) -> Array:
        """a at z."""

    @abstractmethod
    def jacobian(self, z: Array, a: Array) -> Jacobian:
        """J at z, where a is the value there."""

    @abstractmethod
    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        """dJ, the derivative of J at z in the direction t (S, N): what an exact Hessian product needs."""


class Elementwise(Activation):
    """a_i = f(z_i): the Jacobian is diagonal, diag(f'), and turns by diag(f'' .* t).

    Raises ArgumentError for a parameter that is no finite number.
    """

    def __post_init__(self) -> None:
        for parameter in getattr(self, "__dataclass_fields__", {}):
            require_finite(getattr(self, parameter), f"the {parameter} of {self.name}")

    @abstractmethod
    def slope(self, z: Array, a: Array) -> Array:
        """f'(z), where a = f(z)."""

    @abstractmethod
    def bend(self, z: Array, a: Array) -> Array:
        """f''(z), where a = f(z)."""

    @ieee
    def jacobian(self, z: Array, a: Array) -> Jacobian:
        return Diagonal(self.slope(z, a), self.entry, self.product)

    @ieee
    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        return Diagonal(self.bend(z, a) * t)


def positive(z: Array, at_zero: bool = False) -> Array:
    """Whether the real part is above 0 (or, with `at_zero`, not below)."""
    return np.asarray(z.real >= 0 if at_zero else z.real > 0)


def logistic(z: Array) -> Array:
    """1 / (1 + exp(-z)), without overflow."""
    tail: Array = np.exp(-magnitude(z))
    return np.where(z.real < 0, tail, 1) / (1 + tail)


def constant(value: float, like: Array) -> Array:
    """`value` in every element, in the shape and class of `like`."""
    return np.full_like(like, value)
