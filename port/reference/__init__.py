"""References recorded with MATLAB or Octave: read them, compare with them, find out why they differ."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from port.reference.case import Case, load_case, load_suite, save_case, suite_folder
    from port.reference.causes import Diagnosis, diagnose
    from port.reference.comparison import Comparison, Tolerance, assert_agrees, compare

__all__ = [
    "Case",
    "Comparison",
    "Diagnosis",
    "Tolerance",
    "assert_agrees",
    "compare",
    "diagnose",
    "load_case",
    "load_suite",
    "save_case",
    "suite_folder",
]

MODULES = {
    **dict.fromkeys(("Case", "load_case", "load_suite", "save_case", "suite_folder"), "case"),
    **dict.fromkeys(("Comparison", "Tolerance", "assert_agrees", "compare"), "comparison"),
    **dict.fromkeys(("Diagnosis", "diagnose"), "causes"),
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that pytest can load the plugin at no cost."""
    if name in MODULES:
        return getattr(import_module(f"port.reference.{MODULES[name]}"), name)
    raise AttributeError(f"module 'port.reference' has no attribute {name!r}; it has {', '.join(__all__)}")
