"""Losses by name, each with its Convention as data."""

from port.backprop.losses.base import ClassLoss, Loss, Targets, one_hot
from port.backprop.losses.classification import BinaryCrossEntropy, CrossEntropy
from port.backprop.losses.conventions import CONVENTIONS, ROWS, Convention, Row, conversion, get_convention
from port.backprop.losses.regression import SquaredError

__all__ = [
    "CONVENTIONS",
    "REGISTRY",
    "ROWS",
    "BinaryCrossEntropy",
    "ClassLoss",
    "Convention",
    "CrossEntropy",
    "Loss",
    "Row",
    "SquaredError",
    "Targets",
    "conversion",
    "get_convention",
    "one_hot",
]


REGISTRY: dict[str, type[Loss]] = {
    loss.name: loss for loss in (SquaredError, CrossEntropy, BinaryCrossEntropy)
}
