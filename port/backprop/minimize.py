"""Training by SciPy's optimisers, for those who come from fminunc, fmincg, trainscg or trainlm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from port.backprop.arrays import Array, require_positive, require_whole
from port.backprop.curvature import hvp
from port.backprop.losses import Loss, SquaredError
from port.backprop.network import Layer, Tape, backward, forward, from_delta, value, with_parameters
from port.backprop.parameters import L2, Parameters, pack, unpack
from port.errors import ArgumentError

METHODS = ("L-BFGS-B", "BFGS", "CG", "Newton-CG", "trust-ncg", "trust-krylov", "lm")
WITH_HESSIAN = ("Newton-CG", "trust-ncg", "trust-krylov")


@dataclass(frozen=True, eq=False)
class Minimum:
    """Where the optimiser stopped: the network, its loss, iterations, whether it converged, and its own message."""

    layers: tuple[Layer, ...]
    loss: float
    iterations: int
    converged: bool
    message: str


def minimize(
    layers: Sequence[Layer],
    loss: Loss,
    x: ArrayLike,
    y: ArrayLike,
    *,
    method: str = "L-BFGS-B",
    l2: L2 | None = None,
    iterations: int | None = None,
    tolerance: float | None = None,
    fused: bool = True,
    options: dict[str, Any] | None = None,
) -> Minimum:
    """Minimise the loss over all parameters with scipy.optimize; the layers given stay as they are.

    "L-BFGS-B" and "CG" take the place of fminunc, fmincg and trainscg; "trust-ncg" uses the exact Hessian product;
    "lm" (Levenberg and Marquardt, MATLAB's trainlm) takes squared error without penalty. `options` go to SciPy as
    they are. Raises ArgumentError for another method, or for "lm" with another loss; ShapeError.
    """
    from scipy.optimize import minimize as scipy_minimize

    _check_limits(iterations, tolerance, options)
    if method not in METHODS:
        raise ArgumentError(f"no method is called {method!r}; there are {', '.join(METHODS)}")
    if method == "lm":
        return _least_squares(layers, loss, x, y, l2, iterations, tolerance)

    def at(theta: Array) -> Tape:
        return forward(_moved(layers, theta), x)

    def value_and_gradient(theta: Array) -> tuple[float, Array]:
        tape = at(theta)
        gradients = backward(tape, loss, y, fused=fused, l2=l2)
        return value(tape, loss, y, fused=fused, l2=l2), pack(gradients).ravel()

    def hessian_product(theta: Array, v: Array) -> Array:
        return pack(hvp(at(theta), loss, y, v, fused=fused, l2=l2)).ravel()

    arguments: dict[str, Any] = {
        "method": method,
        "hessp": hessian_product if method in WITH_HESSIAN else None,
        "tol": tolerance,
        "options": ({"maxiter": int(iterations)} if iterations else {}) | (options or {}),
    }
    found = scipy_minimize(value_and_gradient, pack(forward(layers, x)).ravel(), jac=True, **arguments)
    return Minimum(
        tuple(_moved(layers, found.x)),
        float(found.fun),
        int(found.nit),
        bool(found.success),
        str(found.message),
    )


def _least_squares(
    layers: Sequence[Layer],
    loss: Loss,
    x: ArrayLike,
    y: ArrayLike,
    l2: L2 | None,
    iterations: int | None,
    tolerance: float | None,
) -> Minimum:
    """Levenberg and Marquardt on the residuals, whose squares add up to the loss."""
    from scipy.optimize import least_squares

    start = forward(layers, x)
    if not isinstance(loss, SquaredError) or l2 is not None:
        raise ArgumentError(
            "lm takes squared_error without a penalty, for it needs residuals; use L-BFGS-B instead"
        )
    targets = loss.targets(y, start.output.shape)
    if (targets.weight < 0).any():
        raise ArgumentError("lm takes weights from 0, for it needs their square roots; use L-BFGS-B instead")
    scale = np.sqrt(np.broadcast_to(targets.weight, targets.y.shape) / targets.divisor)

    def residuals(theta: Array) -> Array:
        return np.asarray(scale * (forward(_moved(layers, theta), x).output - targets.y)).ravel()

    def jacobian(theta: Array) -> Array:
        return _network_jacobian(forward(_moved(layers, theta), x)) * scale.reshape(-1, 1)

    if scale.size < pack(start).size:
        raise ArgumentError(
            f"lm needs at least as many residuals as parameters; here are {scale.size} (K x N) and {pack(start).size}"
        )
    limits: dict[str, Any] = {name: tolerance for name in ("ftol", "xtol", "gtol")} if tolerance else {}
    found = least_squares(
        residuals, pack(start).ravel(), jacobian, method="lm", max_nfev=iterations, **limits
    )
    total = float(found.fun @ found.fun)
    return Minimum(
        tuple(_moved(layers, found.x)), total, int(found.nfev), bool(found.success), str(found.message)
    )


def _check_limits(iterations: int | None, tolerance: float | None, options: dict[str, Any] | None) -> None:
    if iterations is not None:
        require_whole(iterations, "iterations")
    if tolerance is not None:
        require_positive(tolerance, "the tolerance")
    if not isinstance(options, dict | None):
        raise ArgumentError(f"options is {options!r}; a dict of SciPy's options is expected")


def _network_jacobian(tape: Tape) -> Array:
    """da/dtheta, (K N, P) with parameters packed as [W1(:); b1(:); ...] and outputs row by row."""
    K, N = tape.output.shape
    rows = []
    for k in range(K):
        g = np.zeros((K, N))
        g[k] = 1
        deltas = from_delta(tape, tape.jacobians[-1].vjp(g)).deltas
        blocks = [
            np.vstack([(a[:, None, :] * d[None, :, :]).reshape(-1, N), d])
            for d, a in zip(deltas, tape.inputs, strict=True)
        ]
        rows.append(np.vstack(blocks).T)
    return np.vstack(rows)


def _moved(layers: Sequence[Layer], theta: Array) -> list[Layer]:
    like = Parameters(tuple(layer.weights for layer in layers), tuple(layer.bias for layer in layers))
    return with_parameters(layers, unpack(theta, like))
