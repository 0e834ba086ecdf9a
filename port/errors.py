"""The errors matport raises on purpose: each says what, where, with which shapes, and what to try."""


class MatportError(Exception):
    """Root of every error that matport raises on purpose; `str(error)` is one readable message."""


class ShapeError(MatportError, ValueError):
    """Arrays do not fit each other; the message names both shapes and what was expected."""


class ArgumentError(MatportError, ValueError):
    """An argument has a value that cannot be served; the message lists what can."""


class CaseError(MatportError):
    """A reference file cannot be read, or lacks what a case must hold."""


class EngineError(MatportError):
    """GNU Octave or MATLAB is missing, failed, or did not record what was asked."""


class SourceError(MatportError):
    """MATLAB or Python source that cannot be read or understood; the message has file:line:column."""


class MissingPartError(MatportError):
    """An optional package is needed; the message names the extra that brings it."""
