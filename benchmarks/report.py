"""How long the page of a large suite takes, and how large it is.

    python benchmarks/report.py [--cases 500] [--quantities 20] [--differing 20]

The suite is made up: every quantity has a row, `differing` cases have heat maps. Prints seconds (best of three) and MB.
"""

import argparse
import time

import numpy as np
import pandas as pd

from port.report.check import CaseCard, Detail, check_page
from port.report.page import render


def page_of(cases: int, quantities: int, differing: int) -> str:
    """The page of a suite in which the last cases differ."""
    names = [f"case_{k:04d}" for k in range(cases)]
    rng = np.random.default_rng(0)
    rows = pd.DataFrame(
        {
            "case": np.repeat(names, quantities),
            "route": "port",
            "quantity": np.tile([f"dW{{{q}}}" for q in range(quantities)], cases),
            "max_scaled": rng.random(cases * quantities) * 1e-15,
        }
    )
    verdicts = np.repeat(["agree", "differ"], [cases - differing, differing])
    summary = pd.DataFrame({"case": names, "route": "port", "verdict": verdicts, "quantities": quantities})
    summary = summary.assign(max_scaled=1e-15, worst="dW{1}")
    cards = [CaseCard(name, "made up", {"engine": "none"}, "", {}) for name in names]
    details = [
        Detail(name, "port", "dW{1}", "differ", "worst at (1,1)", "", *rng.random((2, 64, 30)))
        for name in names[cases - differing :]
    ]
    return render(check_page("DIFFER", "differ", {}, summary, rows, details, cards, ()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--quantities", type=int, default=20)
    parser.add_argument("--differing", type=int, default=20)
    options = parser.parse_args()
    best = np.inf
    for _ in range(3):
        start = time.perf_counter()
        html = page_of(options.cases, options.quantities, options.differing)
        best = min(best, time.perf_counter() - start)
    print(f"{options.cases} cases x {options.quantities}: {best:.2f} s, {len(html.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
