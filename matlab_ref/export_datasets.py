"""Export scikit-learn's handwritten digits and iris to datasets/*.mat, with no loss: both are integers.

Run once, from any folder: `python matlab_ref/export_datasets.py`. It needs scikit-learn and SciPy.
The arrays are features x samples: digits `pixels` 64 x 1797 (0..16), iris `tenths` 4 x 150 (of a
centimetre), and `labels` 1 x N, counted from 0 as scikit-learn does.
"""

from pathlib import Path

import numpy as np
from scipy.io import savemat
from sklearn.datasets import load_digits, load_iris

FOLDER = Path(__file__).parent / "datasets"


def as_uint8(values: np.ndarray) -> np.ndarray:
    """The same numbers as uint8; raises ValueError where that would change one."""
    integers = np.rint(values).astype(np.uint8)
    if not np.allclose(integers, values, rtol=0, atol=1e-9):
        raise ValueError("these values are no small integers")
    return integers


def main() -> None:
    digits, iris = load_digits(), load_iris()
    FOLDER.mkdir(exist_ok=True)
    for name, key, values, labels in [
        ("digits", "pixels", digits.data, digits.target),
        ("iris", "tenths", iris.data * 10, iris.target),
    ]:
        content = {key: as_uint8(values.T), "labels": as_uint8(labels[np.newaxis])}
        savemat(FOLDER / f"{name}.mat", content, do_compression=True)


if __name__ == "__main__":
    main()
