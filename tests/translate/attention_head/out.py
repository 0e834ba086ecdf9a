import numpy as np

from port.migrate.runtime import assign, max_, size, triu, true


def attention(Q=None, K=None, V=None, causal=None):
    """Observed arguments:
    Q : (3, 2) float64
    K : (3, 2) float64
    V : (3, 3) float64
    causal : bool
    """
    nargin = sum(value is not None for value in (Q, K, V, causal))
    if nargin < 4:
        causal = False
    scores = (Q @ K.T) / np.sqrt(K.shape[1])
    if causal:
        mask = triu(true(size(scores)), 1)
        scores = assign(scores, -np.inf, mask)
    scores = scores - max_(scores, dim=2)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=1, keepdims=True)
    out = weights @ V
    return out, weights
