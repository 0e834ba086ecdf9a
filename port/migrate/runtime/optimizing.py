"""Options, and optimisers for which SciPy's methods stand in: the same minima, within their tolerances."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.calling import feval
from port.migrate.runtime.values import MatlabError, Value, matrix, number, unbox

Objective = Callable[..., Any]

_OPTION_NAMES = (
    *("AutoScaling", "CheckHermitian", "ComplexEqn", "Display", "FinDiffType", "FunValCheck", "GradObj"),
    *("Jacobian", "MaxFunEvals", "MaxIter", "OutputFcn", "TolFun", "TolX", "TypicalX", "Updating"),
)


def optimset(*arguments: Value) -> SimpleNamespace:
    """Options as a struct: from names and values, after the options of structs given first; later ones win."""
    options = SimpleNamespace()
    rest = list(arguments)
    while rest and (isinstance(rest[0], SimpleNamespace) or not isinstance(rest[0], str)):
        earlier = rest.pop(0)
        for name, value in vars(earlier).items() if isinstance(earlier, SimpleNamespace) else ():
            setattr(options, name, value)
    for name, value in zip(rest[::2], rest[1::2], strict=True):
        setattr(options, _option_name(name), value)
    return SimpleNamespace(**dict(sorted(vars(options).items())))


def _option_name(name: str) -> str:
    known = {n.lower(): n for n in _OPTION_NAMES}
    return known.get(name.lower(), name)


def optimget(options: SimpleNamespace, name: str, default: Value = None) -> Value:
    """One option, or the default where it is not set."""
    value = getattr(options, _option_name(name), None)
    return (np.zeros((0, 0)) if default is None else default) if value is None else value


def _limits(options: Any, **names: str) -> dict[str, Any]:
    """MATLAB's options that are set, under SciPy's names."""
    values = vars(options) if isinstance(options, SimpleNamespace) else {}
    return {theirs: number(values[ours]) for theirs, ours in names.items() if ours in values}


def _report(result: Any) -> SimpleNamespace:
    return SimpleNamespace(iterations=float(result.get("nit", 0)), funcCount=float(result.get("nfev", 0)))


def _minimized(value: Objective, start: Value, method: str, limits: dict[str, Any], **more: Any) -> Any:
    import scipy.optimize

    minimize: Any = scipy.optimize.minimize
    first = matrix(start).astype(float).ravel(order="F")
    return minimize(value, first, method=method, options=limits, **more)


def fminsearch(
    function: Objective, start: Value, options: Any = None, *extra: Value, nargout: int = 1
) -> Any:
    """A minimum by Nelder and Mead's simplex."""
    shape = matrix(start).shape

    def value(x: Any) -> float:
        return number(feval(function, unbox(x.reshape(shape, order="F")), *extra))

    limits = _limits(options, xatol="TolX", fatol="TolFun", maxiter="MaxIter", maxfev="MaxFunEvals")
    found = _minimized(value, start, "Nelder-Mead", limits)
    best = unbox(found.x.reshape(shape, order="F"))
    outputs = (best, np.float64(found.fun), float(found.success), _report(found))
    return outputs[:nargout] if nargout > 1 else best


def fminbnd(function: Objective, low: Value, high: Value, options: Any = None, *, nargout: int = 1) -> Any:
    """A minimum of a function of one variable within bounds."""
    import scipy.optimize

    limits = {"xatol": 1e-8, **_limits(options, xatol="TolX")}
    ends = (number(low), number(high))
    minimize: Any = scipy.optimize.minimize_scalar
    found = minimize(lambda x: number(feval(function, x)), bounds=ends, method="bounded", options=limits)
    outputs = (np.float64(found.x), np.float64(found.fun), 1.0, _report(found))
    return outputs[:nargout] if nargout > 1 else outputs[0]


def fzero(function: Objective, start: Value, options: Any = None, *, nargout: int = 1) -> Any:
    """A zero of a function of one variable, within a bracket or near a point."""
    from scipy.optimize import brentq

    ends = matrix(start).ravel()

    def value(x: float) -> float:
        return number(feval(function, np.float64(x)))

    low, high = (float(ends[0]), float(ends[1])) if ends.size > 1 else _bracket(value, float(ends[0]))
    root = (
        low
        if value(low) == 0
        else high
        if value(high) == 0
        else brentq(value, low, high, xtol=1e-15, rtol=1e-15)
    )
    outputs = (np.float64(root), np.float64(value(root)), 1.0, SimpleNamespace())
    return outputs[:nargout] if nargout > 1 else outputs[0]


def _bracket(value: Callable[[float], float], start: float) -> tuple[float, float]:
    """Two points around `start` between which the function changes its sign."""
    at = value(start)
    for factor in (-0.01, 0.025, -0.05, 0.1, -0.25, 0.5, -1, 2.5, -5, 10, -50, 100, 500, 1000):
        other = start + start * factor if start else float(np.sign(factor)) * abs(factor)
        if np.sign(value(other)) * np.sign(at) <= 0:
            return min(start, other), max(start, other)
    raise MatlabError(
        "fzero: not a valid initial bracketing.  function values at interval endpoints must differ in sign"
    )


def integral(function: Objective, low: Value, high: Value, *options: Value) -> Value:
    """The integral of a function over an interval; the function may be called with arrays."""
    from scipy.integrate import quad as adaptive

    return np.float64(
        adaptive(
            lambda x: number(feval(function, np.float64(x))),
            number(low),
            number(high),
            epsabs=1e-10,
            epsrel=1e-10,
        )[0]
    )


def quad(function: Objective, low: Value, high: Value, *options: Value) -> Value:
    """As `integral`."""
    return integral(function, low, high)
