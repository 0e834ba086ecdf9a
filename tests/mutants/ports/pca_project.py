import numpy as np


class PCA:
    def __init__(self, keep):
        self.keep = keep

    def fit(self, X):
        self.mean = X.mean(axis=0)
        self.scale = X.std(axis=0, ddof=1)
        Xn = (X - self.mean) / self.scale
        self.cov = Xn.T @ Xn / X.shape[0]
        U, s, _ = np.linalg.svd(self.cov)
        self.axes = U * np.sign(U[0])
        self.spectrum = s
        return Xn


def project(X, keep):
    model = PCA(keep)
    Xn = model.fit(X)
    basis = model.axes[:, :keep]
    Z = Xn @ basis
    back = Z @ basis.T
    explained = model.spectrum[:keep].sum() / model.spectrum.sum()
    return Z, back, explained
