import numpy as np

from port.migrate.runtime import COLON, assign, vertcat


def elman(U=None, Win=None, W=None, Wout=None, washout=None):
    """Observed arguments:
    U : (1, 6) float64
    Win : (3, 2) float64
    W : (3, 3) float64
    Wout : (1, 5) float64
    washout : float
    """
    T = U.shape[1]
    x = np.zeros((W.shape[0], 1))
    states = np.zeros((0, 0))
    for t in range(T):
        x = np.tanh(Win @ vertcat(1, U[:, [t]]) + W @ x)
        if t + 1 > washout:
            states = assign(
                states, np.vstack([[[1]], U[:, [t]], x]), COLON, states.shape[1] + 1
            )
    Y = Wout @ states
    return Y
