"""Which engines there are to test with."""

import pytest

from port.reference.engine import OCTAVE, find_engines

HAS_OCTAVE = any(engine.name == OCTAVE for engine in find_engines())


def needs_octave(test):
    """Mark a test, or a class of tests, that runs Octave."""
    return pytest.mark.live(pytest.mark.skipif(not HAS_OCTAVE, reason="GNU Octave is not installed")(test))
