"""Write docs/benchmarks.md, with its plots, from benchmarks/results/*.csv: python benchmarks/page.py."""

import csv
from pathlib import Path
from xml.sax.saxutils import escape

from step import table

RESULTS = Path(__file__).parent / "results"
DOCS = Path(__file__).parents[1] / "docs"
COLOURS = {
    "matport, kernel": "#c1272d",
    "matport, NumPy": "#e08214",
    "plain NumPy": "#8c8c8c",
    "PyTorch by hand": "#7b3294",
    "PyTorch eager": "#af8dc3",
    "torch.compile": "#c994c7",
    "JAX jit": "#1b7837",
    "HIPS autograd": "#7fbf7b",
    "scikit-learn": "#2166ac",
    "Octave, vectorised": "#67a9cf",
    "Octave, loops": "#a6bddb",
}
PEERS_OF_OURS = [name for name in COLOURS if not name.startswith("matport")]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 460, 300, 44, 128, 28, 34
APART = 12  # pixels from one label to the next
LOW, HIGH = 0.1, 100.0
INTRODUCTION = """# Benchmarks

Written by `python benchmarks/all.py` from `benchmarks/results/*.csv`; what the figures mean is said on
[the page on performance](performance.md). Times of a step are multiples of the bare matrix products by NumPy, which
are given in microseconds: the median of interleaved rounds, and the best round in brackets.
"""


def rows_of(name: str) -> list[dict[str, str]]:
    with (RESULTS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def vertical(multiple: float) -> float:
    """Where a multiple is on the logarithmic scale, in pixels."""
    from math import log

    share = log(min(max(multiple, LOW), HIGH) / LOW) / log(HIGH / LOW)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def plot(rows: list[dict[str, str]], title: str) -> str:
    """Multiples over batch sizes, a line a peer, both scales logarithmic, labels beside the ends."""
    batches = sorted({int(row["batch"]) for row in rows})
    across = {b: LEFT + i * (WIDTH - LEFT - RIGHT) / max(1, len(batches) - 1) for i, b in enumerate(batches)}
    parts = [f'<text x="{LEFT}" y="16" font-weight="bold">{escape(title)}</text>']
    for tick in (0.1, 0.3, 1, 3, 10, 30, 100):
        y = vertical(tick)
        stroke = "#444" if tick == 1 else "#ddd"
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{stroke}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    parts += [
        f'<text x="{x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{b}</text>' for b, x in across.items()
    ]
    ends = []
    for name, colour in COLOURS.items():
        line = {int(row["batch"]): float(row["multiple"]) for row in rows if row["peer"] == name}
        if line:
            points = " ".join(f"{across[b]:.1f},{vertical(m):.1f}" for b, m in sorted(line.items()))
            width = 3 if name.startswith("matport") else 1.5
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
            )
            last = max(line)
            ends.append((vertical(line[last]), across[last], name, colour))
    parts += labels(ends)
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" '
        f'font-size="11"><title>{escape(title)}</title><rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def labels(ends: list[tuple[float, float, str, str]]) -> list[str]:
    """A name beside the end of every line, moved where it would cover another, and none below the plot."""
    parts, above = [], 0.0
    for under, (y, x, name, colour) in zip(reversed(range(len(ends))), sorted(ends), strict=True):
        above = min(max(y + 4, above + APART), HEIGHT - BOTTOM - APART * under)
        parts.append(
            f'<text x="{WIDTH - RIGHT + 8}" y="{above:.1f}" fill="{colour}">{escape(name)}</text>'
            f'<path d="M{x:.1f} {y:.1f}L{WIDTH - RIGHT + 6} {above - 4:.1f}" stroke="{colour}" stroke-width="0.5"/>'
        )
    return parts


def ahead(rows: list[dict[str, str]]) -> list[str]:
    """How many times as fast the kernel and NumPy alone are as the best peer of each column, by the medians."""
    batches = list(dict.fromkeys(row["batch"] for row in rows))
    lines = [f"| times as fast as the best peer | {' | '.join(batches)} |", "|---" * (len(batches) + 1) + "|"]
    for ours in ("matport, kernel", "matport, NumPy"):
        cells = []
        for batch in batches:
            column = {row["peer"]: float(row["multiple"]) for row in rows if row["batch"] == batch}
            peer = min((name for name in column if name in PEERS_OF_OURS), key=column.__getitem__)
            cells.append(f"{column[peer] / column[ours]:.2f} ({peer})" if ours in column else "")
        lines.append(f"| {ours} | {' | '.join(cells)} |")
    return lines


def steps(threads: int) -> list[str]:
    """The section of one number of threads, its plots written beside the page."""
    plural = "s" if threads > 1 else ""
    name = f"step-{threads}-thread{plural}"
    if not (RESULTS / f"{name}.csv").exists():
        return []
    rows = rows_of(name)
    parts = [f"## One step, {threads} thread{plural}"]
    for network, loss in dict.fromkeys((row["network"], row["loss"]) for row in rows):
        part = [row for row in rows if (row["network"], row["loss"]) == (network, loss)]
        name = f"step-{network}-{'softmax' if 'softmax' in loss else 'sigmoid'}-{threads}.svg"
        title = f"{network}, {loss}, {threads} thread{plural}: multiples of the products, by batch"
        (DOCS / "plots").mkdir(exist_ok=True)
        (DOCS / "plots" / name).write_text(plot(part, title), encoding="utf-8")
        parts += [table(part), "", *ahead(part), "", f"![{title}](plots/{name})", ""]
    return parts


def plain_table(rows: list[dict[str, str]]) -> list[str]:
    heads = list(rows[0])
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    return lines + [f"| {' | '.join(row.values())} |" for row in rows]


def main() -> None:
    parts = [INTRODUCTION, *steps(1), *steps(2)]
    for name, title in (
        ("growth", "Growth with the batch"),
        ("head", "A head of many classes"),
        ("compare", "Comparing arrays"),
        ("reading", "Reading .mat files"),
        ("translate", "Translating"),
        ("startup", "Start-up of the command line"),
    ):
        if (RESULTS / f"{name}.csv").exists():
            parts += [f"\n## {title}\n", *plain_table(rows_of(name))]
    (DOCS / "benchmarks.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
