"""Gradient descent as MATLAB loops write it: online, mini-batch or full-batch, in a given order, step by step.

gd         s = -rate * g
sgdm       s = momentum * s - rate * g                     (trainingOptions)
traingdm   s = momentum * s - rate * (1 - momentum) * g    (network objects)
nesterov   as sgdm, with g taken at the point plus momentum * s (Sutskever et al., 2013)

Every run starts from a step of 0, as the documented formulas do; what a toolbox takes for its first step may differ.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from port.backprop.arrays import Array, as_columns, as_matrix, as_numbers, require_from_zero, require_whole
from port.backprop.losses import Loss
from port.backprop.network import Layer, Tape, backward, check_objective, forward, value, with_parameters
from port.backprop.parameters import L2, Parameters, shifted
from port.errors import ArgumentError, MatportError, ShapeError

if TYPE_CHECKING:
    from port.backprop.compiled import CompiledPlan
    from port.backprop.plan import Plan

OPTIMISERS = ("gd", "sgdm", "traingdm", "nesterov")


@dataclass(frozen=True, eq=False)
class History:
    """The course of a training run of E finished epochs.

    `loss` (E,) and `accuracy` (E,) are over all samples after every epoch; `weights[epoch][layer]` and
    `biases[epoch][layer]` hold every iterate where they were kept; `layers` is the network at the end, `steps` the
    optimiser's last step. `interrupted` says that the run was stopped from the keyboard.
    """

    layers: tuple[Layer, ...]
    loss: Array
    accuracy: Array
    steps: Parameters = field(repr=False)
    weights: tuple[tuple[Array, ...], ...] = field(default=(), repr=False)
    biases: tuple[tuple[Array, ...], ...] = field(default=(), repr=False)
    interrupted: bool = False

    @property
    def epochs(self) -> int:
        """How many epochs are done."""
        return len(self.loss)


def train(
    layers: Sequence[Layer],
    loss: Loss,
    x: ArrayLike,
    y: ArrayLike,
    *,
    learning_rate: float | Sequence[float],
    epochs: int,
    batch_size: int | None = None,
    order: ArrayLike | None = None,
    optimiser: str = "gd",
    momentum: float = 0.0,
    l2: L2 | None = None,
    fused: bool = True,
    keep_iterates: bool = False,
    checkpoint: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
    planned: bool = True,
    kernel: bool = True,
) -> History:
    """Train on x (D, N) and y (K, N) (or what the loss takes as targets); the layers given stay as they are.

    `batch_size` 1 is online learning, None or N full-batch. `order` is (N,) for every epoch or (epochs, N), counted
    from 0 (subtract 1 from MATLAB's); without it the samples keep their order. `learning_rate` is one number, or one
    an epoch. With `checkpoint`, a .mat file, the state is saved after every epoch, and a run that finds the file
    goes on from it to the same bits. `progress` shows a bar (default: on a terminal). An interruption from the keyboard
    returns what is done. Where plan.py can, buffers are laid out once, for equal numbers but for the last bits; without
    `planned` the steps are those of this file. Where numba is installed, `kernel` has epochs compiled; the environment
    variable MATPORT_KERNEL=off forbids it. Raises ShapeError, ArgumentError; MatportError for a checkpoint of
    another network.
    """
    run = _Run(loss, as_matrix(x, "x"), y, optimiser, momentum, l2, fused)
    samples = run.x.shape[1]
    require_whole(epochs, "epochs")
    epochs = int(epochs)
    rows = _order(order, epochs, samples)
    size = _batch_size(batch_size, samples)
    rates = _rates(learning_rate, epochs)
    _check_optimiser(optimiser, momentum)
    state = _start(layers, run)
    plan = _plan(layers, run, size, kernel) if planned else None
    if checkpoint is not None and Path(checkpoint).exists():
        state = _load(checkpoint, state, run)
    try:
        for epoch in _shown(range(state.epochs, epochs), epochs, progress):
            batches = [rows[epoch, start : start + size] for start in range(0, samples, size)]
            state = _epoch(run, plan, state, float(rates[epoch]), batches, keep_iterates)
            if checkpoint is not None:
                _save(checkpoint, state, run)
    except KeyboardInterrupt:
        state = replace(state, interrupted=True)
    return state


@dataclass(frozen=True, eq=False)
class _Run:
    """What stays the same during a run."""

    loss: Loss
    x: Array
    y: ArrayLike
    optimiser: str
    momentum: float
    l2: L2 | None
    fused: bool

    def described(self, layers: Sequence[Layer]) -> str:
        """What a checkpoint must agree with, in one line."""
        names = "-".join(layer.activation.name for layer in layers)
        return f"{self.optimiser}, momentum {self.momentum:g}, {self.loss.name}, {names}"

    def batch(self, columns: NDArray[np.intp]) -> tuple[Array, ArrayLike, Loss]:
        """x, y and the loss of some samples."""
        y = np.asarray(self.y)
        labels = y.ndim == 1 or y.shape[-1] != self.x.shape[1]
        return (
            self.x[:, columns],
            y.reshape(-1)[columns] if labels else y[:, columns],
            self.loss.select(columns),
        )


def _start(layers: Sequence[Layer], run: _Run) -> History:
    tape = forward(layers, run.x)
    check_objective(tape, run.loss, run.l2)
    run.loss.targets(run.y, tape.output.shape)
    steps = Parameters(
        tuple(np.zeros_like(W) for W in tape.weights), tuple(np.zeros_like(b) for b in tape.biases)
    )
    return History(tuple(layers), np.empty(0), np.empty(0), steps)


def _plan(layers: Sequence[Layer], run: _Run, size: int, kernel: bool) -> "Plan | CompiledPlan | None":
    from port.backprop.plan import Rule, lay_out

    rule = Rule(run.optimiser, run.momentum, run.l2)
    return lay_out(layers, run.x, run.y, run.loss, rule, size, fused=run.fused, kernel=kernel)


def _epoch(
    run: _Run,
    plan: "Plan | CompiledPlan | None",
    state: History,
    rate: float,
    batches: Sequence[NDArray[np.intp]],
    keep: bool,
) -> History:
    layers, steps = list(state.layers), state.steps
    if plan:
        layers, steps = plan.descend(layers, steps, rate, batches)
        tape = plan.score(layers)
    else:
        for columns in batches:
            layers, steps = _step(run, layers, steps, rate, columns)
        tape = forward(layers, run.x)
    now = value(tape, run.loss, run.y, fused=run.fused, l2=run.l2)
    if np.isnan(now) and np.isfinite(tape.output).all():
        least, last = tape.output.min(), layers[-1].activation.name
        raise ArgumentError(f"{run.loss.name} needs {run.loss.domain}; {last} gave {least:g}")
    return History(
        layers=tuple(layers),
        loss=np.append(state.loss, now),
        accuracy=np.append(state.accuracy, accuracy(tape, run.loss, run.y)),
        steps=steps,
        weights=(*state.weights, tape.weights) if keep else (),
        biases=(*state.biases, tape.biases) if keep else (),
    )


def _step(
    run: _Run, layers: list[Layer], steps: Parameters, rate: float, columns: NDArray[np.intp]
) -> tuple[list[Layer], Parameters]:
    x, y, loss = run.batch(columns)
    tape = forward(layers, x)
    if run.optimiser == "nesterov":
        tape = forward(with_parameters(layers, shifted(tape, steps, run.momentum)), x)
    gradients = backward(tape, loss, y, fused=run.fused, l2=run.l2)
    scale = rate * (1 - run.momentum) if run.optimiser == "traingdm" else rate
    momentum = 0.0 if run.optimiser == "gd" else run.momentum
    steps = Parameters(
        tuple(momentum * s - scale * g for s, g in zip(steps.weights, gradients.weights, strict=True)),
        tuple(momentum * s - scale * g for s, g in zip(steps.biases, gradients.biases, strict=True)),
    )
    moved = [
        Layer(layer.weights + dW, layer.bias + db, layer.activation)
        for layer, dW, db in zip(layers, steps.weights, steps.biases, strict=True)
    ]
    return moved, steps


def accuracy(tape: Tape, loss: Loss, y: ArrayLike) -> float:
    """The share of samples whose largest output is their class; of one output, whose side of 1/2 (0 for hinge) is.

    Samples without a target (NaN) are left out; NaN where none has one.
    """
    targets = loss.encoded(y, tape.output.shape)
    known = ~np.isnan(targets).any(axis=0)
    if not known.any():
        return float("nan")
    a, targets = tape.output[:, known], targets[:, known]
    if len(a) > 1:
        return float(np.mean(a.argmax(axis=0) == targets.argmax(axis=0)))
    middle = 0.0 if loss.name == "hinge" else 0.5
    return float(np.mean((a >= middle) == (targets >= middle)))


def _order(order: ArrayLike | None, epochs: int, samples: int) -> NDArray[np.intp]:
    """(epochs, samples) of indices from 0. Raises ArgumentError, ShapeError."""
    if not samples:
        raise ArgumentError("x holds no samples: there is nothing to train on")
    rows = as_numbers(np.arange(samples) if order is None else order, "order")
    if rows.shape not in ((samples,), (1, samples), (epochs, samples)):
        raise ShapeError(f"order has shape {rows.shape}; ({samples},) or ({epochs}, {samples}) is expected")
    rows = np.broadcast_to(rows, (epochs, samples))
    if np.array_equal(np.sort(rows, axis=1), np.broadcast_to(np.arange(1, samples + 1), rows.shape)):
        raise ArgumentError(f"order counts from 1 to {samples}, as MATLAB does; pass order - 1")
    if rows.min() < 0 or rows.max() >= samples or np.any(rows != np.floor(rows)):
        raise ArgumentError(f"order must hold indices from 0 to {samples - 1}")
    return rows.astype(np.intp)


def _batch_size(batch_size: int | None, samples: int) -> int:
    if batch_size is None:
        return samples
    require_whole(batch_size, "batch_size")
    return int(batch_size)


def _rates(learning_rate: float | Sequence[float], epochs: int) -> Array:
    rates = as_numbers(learning_rate, "learning_rate")
    if rates.size == 1:
        rates = rates.reshape(())
    if rates.shape not in ((), (epochs,)) or np.iscomplexobj(rates) or not np.isfinite(rates).all():
        raise ArgumentError(
            f"learning_rate is one finite number, or one for each of {epochs} epochs; got {learning_rate}"
        )
    return np.broadcast_to(rates, (epochs,))


def _check_optimiser(optimiser: str, momentum: float) -> None:
    if optimiser not in OPTIMISERS:
        raise ArgumentError(f"no optimiser is called {optimiser!r}; there are {', '.join(OPTIMISERS)}")
    require_from_zero(momentum, "momentum", below=1)
    if momentum and optimiser == "gd":
        raise ArgumentError(
            f"momentum is {momentum} with gd, which takes none; use sgdm, traingdm or nesterov"
        )


def _shown(epochs: range, total: int, progress: bool | None) -> Iterator[int]:
    """The epochs, behind a progress bar where one is wanted."""
    if not (sys.stderr.isatty() if progress is None else progress):
        yield from epochs
        return
    from tqdm import tqdm

    yield from tqdm(epochs, desc="training", unit="epoch", initial=epochs.start, total=total)


def _save(path: str | os.PathLike[str], state: History, run: _Run) -> None:
    """Write the state beside its target, then rename: an interruption leaves the earlier state whole."""
    from scipy.io import savemat

    arrays: dict[str, Any] = {"loss": state.loss.reshape(-1, 1), "accuracy": state.accuracy.reshape(-1, 1)}
    arrays["made_with"] = run.described(state.layers)
    for n, layer in enumerate(state.layers, start=1):
        arrays |= {f"W{n}": layer.weights, f"b{n}": layer.bias}
        arrays |= {f"dW{n}": state.steps.weights[n - 1], f"db{n}": state.steps.biases[n - 1]}
    for e, (weights, biases) in enumerate(zip(state.weights, state.biases, strict=True), start=1):
        for n, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
            arrays |= {f"W{n}_epoch{e}": W, f"b{n}_epoch{e}": b}
    temporary = Path(f"{os.fspath(path)}.part")
    try:
        savemat(os.fspath(temporary), arrays, appendmat=False)
        os.replace(temporary, path)
    except OSError as error:
        raise MatportError(f"{path}: the checkpoint cannot be written here ({error.strerror})") from error


def _load(path: str | os.PathLike[str], start: History, run: _Run) -> History:
    from scipy.io import loadmat

    wanted = run.described(start.layers)
    try:
        saved = loadmat(os.fspath(path), appendmat=False)
        L = range(1, len(start.layers) + 1)
        layers = [
            Layer(as_columns(saved[f"W{n}"], f"W{n}", old.weights.shape), saved[f"b{n}"], old.activation)
            for n, old in zip(L, start.layers, strict=True)
        ]
        steps = Parameters(tuple(saved[f"dW{n}"] for n in L), tuple(saved[f"db{n}"] for n in L))
        kept = [e for e in range(1, saved["loss"].size + 1) if f"W1_epoch{e}" in saved]
        weights = tuple(tuple(saved[f"W{n}_epoch{e}"] for n in L) for e in kept)
        biases = tuple(tuple(saved[f"b{n}_epoch{e}"] for n in L) for e in kept)
        made_with = str(saved["made_with"].item())
    except Exception as error:  # whatever a damaged file makes the reader raise
        raise MatportError(
            f"{path}: is no checkpoint of this network ({error}); move it away or name another"
        ) from error
    if made_with != wanted:
        raise MatportError(
            f"{path}: this checkpoint is of {made_with}; the run is of {wanted}; name another file"
        )
    return History(tuple(layers), saved["loss"].ravel(), saved["accuracy"].ravel(), steps, weights, biases)
