"""Losses by name, each with its Convention as data."""

from port.backprop.losses.base import ClassLoss, Loss, Targets, one_hot
from port.backprop.losses.classification import (
    BinaryCrossEntropy,
    CrossEntropy,
    Focal,
    Hinge,
    KullbackLeibler,
    MulticlassHinge,
    NegativeLogLikelihood,
)
from port.backprop.losses.conventions import CONVENTIONS, ROWS, Convention, Row, conversion, get_convention
from port.backprop.losses.regression import Absolute, Huber, LogCosh, Poisson, SquaredError

__all__ = [
    "CONVENTIONS",
    "REGISTRY",
    "ROWS",
    "Absolute",
    "BinaryCrossEntropy",
    "ClassLoss",
    "Convention",
    "CrossEntropy",
    "Focal",
    "Hinge",
    "Huber",
    "KullbackLeibler",
    "LogCosh",
    "Loss",
    "MulticlassHinge",
    "NegativeLogLikelihood",
    "Poisson",
    "Row",
    "SquaredError",
    "Targets",
    "conversion",
    "get_convention",
    "one_hot",
]


REGISTRY: dict[str, type[Loss]] = {
    loss.name: loss
    for loss in (
        SquaredError,
        Absolute,
        Huber,
        LogCosh,
        Poisson,
        CrossEntropy,
        BinaryCrossEntropy,
        NegativeLogLikelihood,
        KullbackLeibler,
        Focal,
        Hinge,
        MulticlassHinge,
    )
}
