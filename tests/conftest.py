"""Settings for every test: examples are drawn from a fixed seed and may take their time on a busy machine."""

from hypothesis import settings

settings.register_profile("matport", deadline=None, derandomize=True, print_blob=False)
settings.load_profile("matport")
