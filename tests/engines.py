"""Which engines there are to test with."""

from functools import cache

from port.reference.engine import OCTAVE, find_engines


@cache
def octave() -> bool:
    """Whether Octave is installed."""
    return any(engine.name == OCTAVE for engine in find_engines())
