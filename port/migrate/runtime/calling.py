"""Calls whose function is known only at run time."""

from importlib import import_module
from typing import Any

from port.migrate.runtime.values import MatlabError, Value


def feval(function: Value, *arguments: Value, nargout: int = 1) -> Any:
    """Call a function or handle, one of a user's or of the runtime, and give the first output or a tuple of
    so many.
    """
    if isinstance(function, str):
        function = str2func(function)
    if nargout > 1 and takes_nargout(function):
        return function(*arguments, nargout=nargout)[:nargout]
    result = function(*arguments)
    if nargout > 1:
        return result[:nargout]
    return result[0] if isinstance(result, tuple) and nargout == 1 else result


def takes_nargout(function: Any) -> bool:
    """Whether a function wants to be told how many outputs are asked for."""
    code = getattr(function, "__code__", None)
    return code is not None and "nargout" in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def func2str(function: Any) -> str:
    """The name of a function; of an anonymous one its MATLAB text, if it carries one."""
    return str(getattr(function, "matlab_text", function.__name__.rstrip("_")))


def str2func(name: str) -> Any:
    """The function of a name: the runtime's, or that of a translated file beside this one."""
    import numpy as np

    here = import_module(__package__ or __name__)
    for owner in (here, np):
        for spelling in (name, f"{name}_"):
            if callable(getattr(owner, spelling, None)):
                return getattr(owner, spelling)
    try:
        return getattr(import_module(name), name)
    except (ImportError, AttributeError):
        raise MatlabError(f"feval: function '{name}' not found", "Octave:undefined-function") from None
