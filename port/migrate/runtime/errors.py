"""MATLAB's errors and warnings as Python exceptions, and back."""

import sys
from types import SimpleNamespace
from typing import Any, NoReturn

import numpy as np

from port.migrate.runtime.comparing import isequal
from port.migrate.runtime.printf import sprintf
from port.migrate.runtime.values import MatlabError, Value, isempty, istrue, matrix


def error(template: Value, *values: Value) -> None:
    """Raise `MatlabError`: `error(message)`, `error(template, ...)`, `error("part:id", template, ...)`,
    `error(struct)`; of an empty message nothing comes.
    """
    if not values and not isinstance(template, SimpleNamespace) and isempty(template):
        return
    if isinstance(template, SimpleNamespace):
        raise MatlabError(template.message, getattr(template, "identifier", ""))
    identifier, message = _identified(template, values)
    raise MatlabError(message, identifier)


def rethrow(problem: Value) -> NoReturn:
    """Raise again what `catch` caught, or a struct with its fields."""
    if isinstance(problem, BaseException):
        raise problem
    raise MatlabError(problem.message, getattr(problem, "identifier", ""))


def MException(identifier: str, template: str, *values: Value) -> MatlabError:
    """An error to raise later, as MATLAB's constructor makes it."""
    return MatlabError(sprintf(template, *values), identifier)


def caught(problem: BaseException) -> MatlabError:
    """What MATLAB's `catch err` binds: Python's own exceptions get a `.message` and an `.identifier` too."""
    if isinstance(problem, MatlabError):
        return problem
    return MatlabError(str(problem), f"Python:{type(problem).__name__}")


def getReport(problem: MatlabError) -> str:
    """The text `error: message`, as Octave prints it."""
    return f"error: {problem.message}"


def warning(template: Value, *values: Value) -> None:
    """Print `warning: ...` on standard error; `warning("off", id)` and its like do nothing."""
    if template not in ("on", "off", "error", "query"):
        print(f"warning: {_identified(template, values)[1]}", file=sys.stderr)


def assert_(condition: Value, *details: Value) -> None:
    """Raise unless `condition` is true; with a value to compare (and a tolerance), unless both are equal."""
    if details and not isinstance(details[0], str):
        _assert_equal(condition, *details)
    elif not istrue(condition):
        raise MatlabError(_identified(details[0], details[1:])[1] if details else "assert (cond) failed")


def _assert_equal(observed: Value, expected: Value, tolerance: Any = 0.0) -> None:
    """Octave's rule: sizes agree and |observed - expected| <= tol, or <= |tol| * |expected| where tol is
    negative.
    """
    if isinstance(expected, str | list | SimpleNamespace) or not np.any(tolerance):
        equal = isequal(observed, expected)
    else:
        got, want = matrix(observed), matrix(expected)
        bound = np.where(np.asarray(tolerance) > 0, tolerance, np.abs(tolerance) * np.abs(want))
        equal = got.shape == want.shape and bool(np.all((np.abs(got - want) <= bound) | (got == want)))
    if not equal:
        raise MatlabError("ASSERT errors: the observed value is not the expected one")


def _identified(template: str, values: tuple[Value, ...]) -> tuple[str, str]:
    """Split an identifier off: the first text is one where more follows and it has a colon but no space."""
    if values and ":" in template and not any(mark in template for mark in " %\n\\"):
        return template, sprintf(values[0], *values[1:])
    return "", sprintf(template, *values) if values else template


def print_usage() -> NoReturn:
    """Octave's complaint about the arguments of a call."""
    raise MatlabError("Invalid call", "Octave:invalid-fun-call")


def narginchk(low: Value, high: Value, count: Value) -> None:
    """Raise unless the number of arguments, passed third here, lies between the bounds."""
    if matrix(count) < matrix(low):
        raise MatlabError("narginchk: not enough input arguments", "Octave:invalid-fun-call")
    if matrix(count) > matrix(high):
        raise MatlabError("narginchk: too many input arguments", "Octave:invalid-fun-call")


def nargchk(low: Value, high: Value, count: Value, form: str = "string") -> Value:
    """What is wrong with a number of arguments, as a text; an empty one where it lies between the bounds."""
    if matrix(low) <= matrix(count) <= matrix(high):
        return ""
    return f"{'not enough' if matrix(count) < matrix(low) else 'too many'} input arguments"


def validatestring(text: str, choices: Value, *context: Value) -> str:
    """The one choice that begins with `text`, letter case aside."""
    matches = [c for c in choices if c.lower().startswith(text.lower())]
    exact = [c for c in matches if c.lower() == text.lower()]
    if not matches:
        raise MatlabError(f"validatestring: '{text}' does not match any valid string:\n" + "\n".join(choices))
    return str((exact or matches)[0])
