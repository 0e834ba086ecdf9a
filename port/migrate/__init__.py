"""MATLAB to Python: translation, recording and comparing runs, whole folders."""

from port.migrate.translation import SourceMap, Translation, translate

__all__ = ["SourceMap", "Translation", "translate"]
