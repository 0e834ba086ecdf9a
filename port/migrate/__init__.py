"""MATLAB to Python: translation, recording and comparing runs, whole folders."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from port.migrate.diverge import Divergence, agreeing_lines, divergences, first_divergence
    from port.migrate.record import record_matlab, record_python
    from port.migrate.trace import Event, Trace, load_trace
    from port.migrate.translation import SourceMap, Translation, translate

__all__ = [
    "Divergence",
    "Event",
    "SourceMap",
    "Trace",
    "Translation",
    "agreeing_lines",
    "divergences",
    "first_divergence",
    "load_trace",
    "record_matlab",
    "record_python",
    "translate",
]

MODULES = {
    **dict.fromkeys(("SourceMap", "Translation", "translate"), "translation"),
    **dict.fromkeys(("record_matlab", "record_python"), "record"),
    **dict.fromkeys(("Divergence", "agreeing_lines", "divergences", "first_divergence"), "diverge"),
    **dict.fromkeys(("Event", "Trace", "load_trace"), "trace"),
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use: a recorded run imports what it needs and no more."""
    if name in MODULES:
        return getattr(import_module(f"port.migrate.{MODULES[name]}"), name)
    raise AttributeError(f"module 'port.migrate' has no attribute {name!r}; it has {', '.join(__all__)}")
