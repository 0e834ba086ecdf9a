"""Name the mistake behind a difference: one rule a file, each with its manual text."""

from port.reference.causes.engine import Diagnosis, diagnose

__all__ = ["Diagnosis", "diagnose"]
