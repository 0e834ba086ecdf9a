"""matport: move MATLAB backpropagation code to Python, and prove that it computes the same."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from port import backprop, errors, migrate, random, reference, sigmoid_mse

__version__ = "0.1.0"
__all__ = ["__version__", "backprop", "errors", "migrate", "random", "reference", "sigmoid_mse"]


def __getattr__(name: str) -> Any:
    """Import a room on first use, so that `import port` costs nothing."""
    if name in __all__:
        return import_module(f"port.{name}")
    raise AttributeError(f"module 'port' has no attribute {name!r}; it has {', '.join(__all__)}")
