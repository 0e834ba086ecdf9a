"""Check many submissions at once: foreign code in isolation, results that outlive a crash, one machine or many."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from port.batch.classroom import first_differences, histogram, mistakes
    from port.batch.initial import init_manifest
    from port.batch.limits import Limits
    from port.batch.manifest import read_manifest
    from port.batch.run import Batch, run_batch
    from port.batch.sandbox import Job, Sandbox
    from port.batch.station import Settings

MODULES = {
    **dict.fromkeys(("first_differences", "histogram", "mistakes"), "classroom"),
    "init_manifest": "initial",
    "Limits": "limits",
    "read_manifest": "manifest",
    **dict.fromkeys(("Batch", "run_batch"), "run"),
    **dict.fromkeys(("Job", "Sandbox"), "sandbox"),
    "Settings": "station",
}
__all__ = [
    "Batch",
    "Job",
    "Limits",
    "Sandbox",
    "Settings",
    "first_differences",
    "histogram",
    "init_manifest",
    "mistakes",
    "read_manifest",
    "run_batch",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use: the template imports this package too, and needs little of it."""
    if name in MODULES:
        return getattr(import_module(f"port.batch.{MODULES[name]}"), name)
    raise AttributeError(f"module 'port.batch' has no attribute {name!r}; it has {', '.join(__all__)}")
