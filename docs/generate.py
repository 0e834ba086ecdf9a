"""Write the parts of these pages that come from tables: python docs/generate.py."""

import re
from pathlib import Path

from port.cli.convention import table

FOLDER = Path(__file__).parent
PARTS = {"conventions.md": table}


def current(page: str) -> str:
    """The page with its generated part, between the two marks, as the tables have it now."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    part = f"<!-- generated -->\n{PARTS[page]()}\n<!-- end -->"
    return re.sub(r"<!-- generated -->.*<!-- end -->", lambda _: part, text, flags=re.DOTALL)


if __name__ == "__main__":
    for page in PARTS:
        (FOLDER / page).write_text(current(page), encoding="utf-8")
