import numpy as np


def fit(x, y, degree):
    design = np.vander(x, degree + 1, increasing=True)
    centre = design[:, 1:].mean(axis=0)
    spread = design[:, 1:].std(axis=0, ddof=1)
    design[:, 1:] = (design[:, 1:] - centre) / spread
    coef = np.linalg.solve(design.T @ design, design.T @ y)
    fitted = design @ coef
    unexplained = ((y - fitted) ** 2).sum()
    total = ((y - y.mean()) ** 2).sum()
    return coef, fitted, 1 - unexplained / total
