"""The generalised engine: an activation gives its value and its Jacobian; then delta = J.vjp(dC/da).

Layout: features x samples, one column a sample. Shapes are named K (outputs), S (inputs of an activation),
N (samples), D (features), L (layers).
"""

from port.backprop import activations, losses
from port.backprop.activations import Activation
from port.backprop.jacobian import Dense, Diagonal, DiagonalMinusOuter, Jacobian
from port.backprop.losses import Convention, Loss
from port.backprop.network import Gradients, Layer, Tape, backward, forward

__all__ = [
    "Activation",
    "Convention",
    "Dense",
    "Diagonal",
    "DiagonalMinusOuter",
    "Gradients",
    "Jacobian",
    "Layer",
    "Loss",
    "Tape",
    "activations",
    "backward",
    "forward",
    "losses",
]
