"""The generalised engine: an activation gives its value and its Jacobian, and backpropagation is `J.vjp(dC/da)`.

Layout: features x samples, one column a sample. Shapes are named K (outputs), S (inputs of an activation),
N (samples), D (features), L (layers).
"""

from port.backprop import activations, losses
from port.backprop.activations import Activation
from port.backprop.check import check_gradients
from port.backprop.curvature import ggnvp, hvp, jvp
from port.backprop.explain import explain
from port.backprop.jacobian import Dense, Diagonal, DiagonalMinusOuter, Jacobian
from port.backprop.losses import Convention, Loss
from port.backprop.minimize import minimize
from port.backprop.network import Gradients, Layer, Tape, backward, forward, per_sample, value
from port.backprop.parameters import L2, Parameters, pack, unpack
from port.backprop.train import History, train

__all__ = [
    "L2",
    "Activation",
    "Convention",
    "Dense",
    "Diagonal",
    "DiagonalMinusOuter",
    "Gradients",
    "History",
    "Jacobian",
    "Layer",
    "Loss",
    "Parameters",
    "Tape",
    "activations",
    "backward",
    "check_gradients",
    "explain",
    "forward",
    "ggnvp",
    "hvp",
    "jvp",
    "losses",
    "minimize",
    "pack",
    "per_sample",
    "train",
    "unpack",
    "value",
]
