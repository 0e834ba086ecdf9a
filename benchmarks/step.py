"""One step of gradient descent, matport and its peers side by side in one run.

    python benchmarks/step.py [--batches 1,10,128,1024] [--networks 784-30-10,784-300-100-10] [--rounds 21]
        [--slice 0.003] [--only NAME ...] [--out benchmarks/results/step.csv]

A step is forward, backward and the parameters moved, in float64 on one thread: BLAS is told so by OPENBLAS_NUM_THREADS,
PyTorch by set_num_threads, and the process is pinned to one core, which holds JAX. Every round times every peer for a
slice of time, one after the other; a figure is the median over the rounds, a multiple the median of each round's
quotient by the bare products of the same round. The best of all rounds stands beside it, for on a machine with other
work the median is that work's too. A peer that is not installed is left out by name.
"""

import argparse
import csv
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from port.backprop import Layer, backward, forward, losses
from port.backprop.parameters import Parameters
from port.backprop.plan import Rule, lay_out

RATE = 1e-3
HERE = Path(__file__).parent
COLUMNS = (
    "network", "loss", "batch", "peer", "microseconds", "multiple", "best_microseconds", "best_multiple", "rounds",
    "threads",
)  # fmt: skip
Step = Callable[[int], None]


@dataclass(frozen=True)
class Problem:
    """A network with sigmoid layers and its batch: x (D, n), y (K, n), column-major."""

    sizes: tuple[int, ...]
    loss: str
    weights: list[np.ndarray]
    biases: list[np.ndarray]
    x: np.ndarray
    y: np.ndarray

    @property
    def samples(self) -> int:
        return self.x.shape[1]

    @property
    def softmax(self) -> bool:
        return self.loss == "softmax + CE"

    def layers(self) -> list[Layer]:
        names = ["sigmoid"] * (len(self.weights) - 1) + ["softmax" if self.softmax else "sigmoid"]
        return [Layer(W, b, name) for W, b, name in zip(self.weights, self.biases, names, strict=True)]

    def matport_loss(self) -> losses.Loss:
        return losses.CrossEntropy() if self.softmax else losses.SquaredError()


def problem(sizes: tuple[int, ...], loss: str, samples: int) -> Problem:
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(k, s)) / np.sqrt(s) for s, k in pairwise(sizes)]
    x = np.asfortranarray(rng.uniform(size=(sizes[0], samples)))
    y = np.asfortranarray(np.eye(sizes[-1])[:, rng.integers(sizes[-1], size=samples)])
    return Problem(sizes, loss, weights, [np.zeros((k, 1)) for k in sizes[1:]], x, y)


# --- the peers: each turns a problem into a function that takes so many steps -----------------------------------


def bare_products(p: Problem) -> Step:
    """The matrix products of a step alone, by NumPy into buffers."""
    a = [p.x] + [np.random.default_rng(1).uniform(size=(k, p.samples)).copy("F") for k in p.sizes[1:]]
    z, g = ([np.empty((k, p.samples), order="F") for k in p.sizes] for _ in range(2))
    dW = [np.empty_like(W) for W in p.weights]
    pairs = list(enumerate(p.weights))

    def run(count: int) -> None:
        for _ in range(count):
            for i, W in pairs:
                np.dot(a[i].T, W.T, out=z[i + 1].T)
            for i, W in reversed(pairs):
                np.dot(a[i + 1], a[i].T, out=dW[i])
                if i:
                    np.dot(a[i + 1].T, W, out=g[i].T)

    return run


def matport_planned(p: Problem) -> Step:
    """What `train` runs for every batch; what an epoch costs beside its steps is left out, as it is for all."""
    layers = p.layers()
    plan = lay_out(layers, p.x, p.y, p.matport_loss(), Rule(), p.samples, fused=True)
    zeros = Parameters(tuple(0 * W for W in p.weights), tuple(0 * b for b in p.biases))
    plan.descend(layers, zeros, RATE, [np.arange(p.samples)])
    place = slice(0, p.samples)

    def run(count: int) -> None:
        for _ in range(count):
            plan.step(p.samples, place, RATE, plan.add_to_theta)

    return run


def matport_pure(p: Problem) -> Step:
    """The readable path: forward, backward and new layers."""
    loss = p.matport_loss()

    def run(count: int) -> None:
        layers = p.layers()
        for _ in range(count):
            g = backward(forward(layers, p.x), loss, p.y)
            parts = zip(layers, g.weights, g.biases, strict=True)
            layers = [
                Layer(old.weights - RATE * dW, old.bias - RATE * db, old.activation) for old, dW, db in parts
            ]

    return run


def plain_numpy(p: Problem) -> Step:
    """As a course writes it: C-ordered arrays, a new one for every result."""
    W, b = [w.copy() for w in p.weights], [v.copy() for v in p.biases]
    x, y, n = np.ascontiguousarray(p.x), np.ascontiguousarray(p.y), p.samples

    def output(z: np.ndarray) -> np.ndarray:
        if not p.softmax:
            return 1 / (1 + np.exp(-z))
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)

    def run(count: int) -> None:
        for _ in range(count):
            a = [x]
            for i in range(len(W) - 1):
                a.append(1 / (1 + np.exp(-(W[i] @ a[-1] + b[i]))))
            a.append(output(W[-1] @ a[-1] + b[-1]))
            delta = (a[-1] - y) / n if p.softmax else (a[-1] - y) * a[-1] * (1 - a[-1]) / n
            for i in reversed(range(len(W))):
                dW, db = delta @ a[i].T, delta.sum(axis=1, keepdims=True)
                if i:
                    delta = (W[i].T @ delta) * a[i] * (1 - a[i])
                W[i] -= RATE * dW
                b[i] -= RATE * db

    return run


def torch_eager(p: Problem) -> Step:
    """Autograd, samples x features as PyTorch has them."""
    import torch

    torch.set_num_threads(1)
    parameters = [torch.tensor(v).requires_grad_() for v in (*p.weights, *(b.ravel() for b in p.biases))]
    W, b = parameters[: len(p.weights)], parameters[len(p.weights) :]
    x, y, labels = torch.tensor(p.x.T.copy()), torch.tensor(p.y.T.copy()), torch.tensor(p.y.argmax(axis=0))
    functional = torch.nn.functional

    def run(count: int) -> None:
        for _ in range(count):
            a = x
            for i in range(len(W) - 1):
                a = torch.sigmoid(functional.linear(a, W[i], b[i]))
            z = functional.linear(a, W[-1], b[-1])
            if p.softmax:
                loss = functional.cross_entropy(z, labels)
            else:
                loss = ((torch.sigmoid(z) - y) ** 2).sum() / (2 * p.samples)
            gradients = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for parameter, gradient in zip(parameters, gradients, strict=True):
                    parameter.sub_(gradient, alpha=RATE)

    return run


def torch_by_hand(p: Problem) -> Step:
    """PyTorch's products with the backward pass written out, and the gradient added to the weights in place."""
    import torch

    torch.set_num_threads(1)
    W, b = [torch.tensor(w) for w in p.weights], [torch.tensor(v.ravel()) for v in p.biases]
    x, y, n = torch.tensor(p.x.T.copy()), torch.tensor(p.y.T.copy()), p.samples

    def run(count: int) -> None:
        for _ in range(count):
            a = [x]
            for i in range(len(W) - 1):
                a.append(torch.addmm(b[i], a[-1], W[i].T).sigmoid_())
            z = torch.addmm(b[-1], a[-1], W[-1].T)
            a.append(torch.softmax(z, 1) if p.softmax else z.sigmoid_())
            delta = (a[-1] - y).div_(n) if p.softmax else (a[-1] - y).mul_(a[-1]).mul_(1 - a[-1]).div_(n)
            for i in reversed(range(len(W))):
                below = (delta @ W[i]).mul_(a[i]).mul_(1 - a[i]) if i else delta
                W[i].addmm_(delta.T, a[i], alpha=-RATE)
                b[i].sub_(delta.sum(0), alpha=RATE)
                delta = below

    with torch.no_grad():
        return torch.no_grad()(run)


def jax_jit(p: Problem) -> Step:
    """Value, gradient and update in one jitted function of donated parameters."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    x, y = jnp.asarray(p.x), jnp.asarray(p.y)

    def loss(parameters: list) -> jax.Array:
        a = x
        for W, b in parameters[:-1]:
            a = jax.nn.sigmoid(W @ a + b)
        W, b = parameters[-1]
        z = W @ a + b
        if p.softmax:
            return -(y * jax.nn.log_softmax(z, axis=0)).sum() / p.samples
        return ((jax.nn.sigmoid(z) - y) ** 2).sum() / (2 * p.samples)

    @jax.jit
    def step(parameters: list) -> list:
        return jax.tree.map(lambda v, g: v - RATE * g, parameters, jax.grad(loss)(parameters))

    def run(count: int) -> None:
        parameters = [(jnp.asarray(W), jnp.asarray(b)) for W, b in zip(p.weights, p.biases, strict=True)]
        for _ in range(count):
            parameters = step(parameters)
        jax.block_until_ready(parameters)

    return run


def scikit_learn(p: Problem) -> Step:
    """MLPClassifier.partial_fit (softmax + CE); MLPRegressor with its identity output for sigmoid + MSE."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    options = {
        "hidden_layer_sizes": p.sizes[1:-1], "activation": "logistic", "solver": "sgd", "alpha": 0,
        "batch_size": p.samples, "momentum": 0, "nesterovs_momentum": False, "learning_rate_init": RATE,
    }  # fmt: skip
    x, K = np.ascontiguousarray(p.x.T), p.sizes[-1]
    if p.softmax:
        model, y, classes = MLPClassifier(**options), p.y.argmax(axis=0), {"classes": np.arange(K)}
    else:
        model, y, classes = MLPRegressor(**options), np.ascontiguousarray(p.y.T), {}

    def run(count: int) -> None:
        for _ in range(count):
            model.partial_fit(x, y, **classes)

    return run


@cache
def octave_process() -> subprocess.Popen:
    """One Octave that waits for statements; it ends with this process, which closes its input."""
    return subprocess.Popen(
        ["octave-cli", "--norc", "--quiet", "--no-history"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def octave_step(p: Problem) -> str:
    """The statements of one step."""
    last = len(p.weights) - 1
    lines = [f"a{i + 1} = 1 ./ (1 + exp(-(W{i} * a{i} + b{i})));" for i in range(last)]
    lines.append(f"z = W{last} * a{last} + b{last};")
    if p.softmax:
        lines.append(f"e = exp(z - max(z, [], 1)); d = (e ./ sum(e, 1) - y) / {p.samples};")
    else:
        lines.append(f"a = 1 ./ (1 + exp(-z)); d = (a - y) .* a .* (1 - a) / {p.samples};")
    for i in range(last, -1, -1):
        lines.append(f"dW = d * a{i}'; db = sum(d, 2);")
        lines.append(f"d = (W{i}' * d) .* a{i} .* (1 - a{i});" if i else "")
        lines.append(f"W{i} = W{i} - {RATE} * dW; b{i} = b{i} - {RATE} * db;")
    return " ".join(lines)


def octave(p: Problem) -> Step:
    """GNU Octave, vectorised: the time includes handing over the number of steps, some 20 us a round."""
    process, K, n = octave_process(), p.sizes[-1], p.samples
    start = [
        f"W{i} = randn({k}, {s}) / sqrt({s}); b{i} = zeros({k}, 1);"
        for i, (s, k) in enumerate(pairwise(p.sizes))
    ]
    start.append(f"a0 = rand({p.sizes[0]}, {n}); y = eye({K})(:, randi({K}, 1, {n}));")
    process.stdin.write(" ".join(start) + "\n")

    def run(count: int) -> None:
        process.stdin.write(f"for n = 1:{count}, {octave_step(p)} end, disp(1), fflush(stdout);\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "1":
            raise RuntimeError("Octave has stopped")

    return run


PEERS: dict[str, tuple[str, Callable[[Problem], Step]]] = {
    "bare products": ("numpy", bare_products),
    "matport, planned": ("numpy", matport_planned),
    "matport, pure path": ("numpy", matport_pure),
    "plain NumPy": ("numpy", plain_numpy),
    "PyTorch eager": ("torch", torch_eager),
    "PyTorch by hand": ("torch", torch_by_hand),
    "JAX jit": ("jax", jax_jit),
    "scikit-learn": ("sklearn", scikit_learn),
    "Octave, vectorised": ("octave-cli", octave),
}


# --- the measuring ---------------------------------------------------------------------------------------------


def available(only: list[str]) -> dict[str, Callable[[Problem], Step]]:
    """The peers that are installed; the others are named on standard error."""
    from importlib.util import find_spec

    found = {}
    for name, (needs, peer) in PEERS.items():
        if only and name not in (*only, "bare products"):
            continue
        if shutil.which(needs) if needs == "octave-cli" else find_spec(needs):
            found[name] = peer
        else:
            print(f"{name}: left out, {needs} is not installed", file=sys.stderr)
    return found


def seconds(step: Step, count: int) -> float:
    start = time.perf_counter()
    step(count)
    return (time.perf_counter() - start) / count


def measure(p: Problem, peers: dict, rounds: int, slice_: float) -> dict[str, list[float]]:
    """Seconds a step of every peer in every round."""
    steps = {name: peer(p) for name, peer in peers.items()}
    counts = {}
    for name, step in steps.items():
        step(2)
        counts[name] = max(1, min(2000, int(slice_ / min(seconds(step, 2) for _ in range(3)))))
    rows = [{name: seconds(step, counts[name]) for name, step in steps.items()} for _ in range(rounds)]
    return {name: [row[name] for row in rows] for name in steps}


def figures(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    peers = available(options.only)
    for network in options.networks.split(","):
        for loss in ("sigmoid + MSE", "softmax + CE"):
            for batch in map(int, options.batches.split(",")):
                sizes = tuple(map(int, network.split("-")))
                found = measure(problem(sizes, loss, batch), peers, options.rounds, options.slice)
                for name, times in found.items():
                    quotients = [t / bare for t, bare in zip(times, found["bare products"], strict=True)]
                    values = (
                        network, loss, batch, name, round(statistics.median(times) * 1e6, 2),
                        round(statistics.median(quotients), 3), round(min(times) * 1e6, 2),
                        round(min(times) / min(found["bare products"]), 3), options.rounds, 1,
                    )  # fmt: skip
                    yield dict(zip(COLUMNS, values, strict=True))


def table(rows: list[dict[str, object]]) -> str:
    """Multiples of the bare products, the best in brackets: a row a peer, a column a batch size; products in us."""
    lines = []
    for network, loss in dict.fromkeys((row["network"], row["loss"]) for row in rows):
        part = [row for row in rows if (row["network"], row["loss"]) == (network, loss)]
        batches = list(dict.fromkeys(row["batch"] for row in part))
        lines += ["", f"| {network}, {loss} | " + " | ".join(map(str, batches)) + " |"]
        lines += ["|---" * (len(batches) + 1) + "|"]
        for name in dict.fromkeys(row["peer"] for row in part):
            cells = [row for row in part if row["peer"] == name]
            shown = [
                f"{row['microseconds']:.0f} ({row['best_microseconds']:.0f}) us"
                if name == "bare products"
                else f"{row['multiple']:.2f} ({row['best_multiple']:.2f})"
                for row in cells
            ]
            lines.append(f"| {name} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batches", default="1,10,128,1024")
    parser.add_argument("--networks", default="784-30-10,784-300-100-10")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--slice", type=float, default=0.003, help="seconds a peer has in a round")
    parser.add_argument("--only", nargs="*", default=[], choices=list(PEERS))
    parser.add_argument("--out", type=Path, default=HERE / "results" / "step.csv")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = list(figures(options))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, one thread, float64"
    )
    print(table(rows))


if __name__ == "__main__":
    main()
