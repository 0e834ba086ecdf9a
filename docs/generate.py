"""Write the parts of these pages that come from tables: python docs/generate.py."""

import re
from pathlib import Path

from port.cli.convention import table
from port.cli.explain_cause import chapters

FOLDER = Path(__file__).parent
PARTS = {"conventions.md": table, "causes.md": chapters}


def current(page: str) -> str:
    """The page with its generated part, between the two marks, as the tables have it now."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    part = f"<!-- generated -->\n{PARTS[page]()}\n<!-- end -->"
    return re.sub(r"<!-- generated -->.*<!-- end -->", lambda _: part, text, flags=re.DOTALL)


if __name__ == "__main__":
    for page in PARTS:
        (FOLDER / page).write_text(current(page), encoding="utf-8")
