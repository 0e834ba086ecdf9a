"""What every benchmark does with its rows: keep them as CSV, print them as a Markdown table."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def publish(rows: Sequence[dict[str, Any]], out: Path) -> None:
    """Write the rows into a file and show them."""
    keep(rows, out)
    print(f"| {' | '.join(rows[0])} |\n{'|---' * len(rows[0])}|")
    print("\n".join(f"| {' | '.join(map(str, row.values()))} |" for row in rows))


def keep(rows: Sequence[dict[str, Any]], out: Path) -> None:
    """Write the rows into a file, whose folder is made where it is missing."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
