"""Make the data of this course folder: 200 of scikit-learn's 8 x 8 digits, and weights to start with."""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from port.reference.matfile import write_mat

HERE = Path(__file__).parent
SAMPLES, INPUTS, HIDDEN, LABELS = 200, 64, 10, 10


def main() -> None:
    """Write digits.mat (X: 200 x 64 from 0 to 1, y: labels 1 to 10, 10 for the digit 0) and weights.mat."""
    pixels, digits = load_digits(return_X_y=True)
    labels = np.where(digits == 0, LABELS, digits)[:SAMPLES, None].astype(np.float64)
    write_mat(HERE / "digits.mat", {"X": pixels[:SAMPLES] / 16, "y": labels})
    random = np.random.default_rng(4)
    shapes = {"Theta1": (HIDDEN, INPUTS + 1), "Theta2": (LABELS, HIDDEN + 1)}
    write_mat(
        HERE / "weights.mat", {name: random.normal(0, 0.2, shape).round(4) for name, shape in shapes.items()}
    )


if __name__ == "__main__":
    main()
