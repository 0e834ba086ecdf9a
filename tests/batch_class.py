"""A small class for the tests of `matport batch`: references computed here, submissions right and wrong."""

import csv
from pathlib import Path

import numpy as np

from port.reference import Case, save_case

RIGHT = """
import numpy as np
def layer(W, b, x):
    z = W @ x + b
    return {"z": z, "a": np.tanh(z), "loss": np.sum(z ** 2) / 2}
"""
SUBMISSIONS = {
    "right": RIGHT,
    "one output, as a tuple": RIGHT.replace("return {", "r = {") + "    return r['z'], r['a'], r['loss']\n",
    "no half": RIGHT.replace("/ 2", ""),
    "elementwise": RIGHT.replace("W @ x", "W * x"),
    "raises": RIGHT.replace("np.tanh", "np.no_such_function"),
    "forgets a": RIGHT.replace('"a": np.tanh(z), ', ""),
    "leaves": "import os\ndef layer(W, b, x): os._exit(0)\n",
}


def make_cases(folder: Path, count: int = 2) -> list[Path]:
    """References of one layer, K = 3, S = 3, N = 3."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        draw = np.random.default_rng(number)
        w, b, x = draw.standard_normal((3, 3)), draw.standard_normal((3, 1)), draw.standard_normal((3, 3))
        z = w @ x + b
        expected = {"z": z, "a": np.tanh(z), "loss": np.array([[np.sum(z**2) / 2]])}
        case = Case(
            f"case_{number}", input={"W": w, "b": b, "x": x}, expected=expected, meta={"function": "layer"}
        )
        paths.append(save_case(case, folder / f"case_{number}.mat"))
    return paths


def make_class(folder: Path, copies: int = 1, submissions: dict[str, str] = SUBMISSIONS) -> Path:
    """References, submissions (`copies` of each) and the manifest, whose path is returned."""
    make_cases(folder / "references")
    manifest = folder / "manifest.csv"
    with manifest.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["submission", "code", "case"])
        for copy in range(copies):
            for number, (name, code) in enumerate(submissions.items()):
                path = folder / f"s{copy:02}_{number}.py"
                path.write_text(code)
                rows.writerow([f"{name} {copy}" if copies > 1 else name, path.name, "references"])
    return manifest
