"""What a report says of where it was made."""

import platform
from importlib.metadata import version

from port import __version__


def surroundings() -> dict[str, str]:
    """Versions of Python and of the packages that compute, and the machine."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "pandas"))
    return {
        "Python": f"{platform.python_version()}, matport {__version__}, {packages}",
        "Machine": f"{platform.system()} {platform.machine()}",
    }
