"""The head of a network of many classes: softmax + cross-entropy, value and gradient, by structure and by rivals.

    python benchmarks/head.py [--shapes 1000x4096,1000x409,10000x409] [--rounds 11] [--out benchmarks/results/head.csv]

One thread, float64. Figures are medians of interleaved rounds, and the best, in milliseconds; `extra` is the most
memory that a call asked NumPy for beyond its arguments, in multiples of the K x N output. What changes its argument is
given a new copy outside the time.
"""

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from threads import THREADS  # isort: skip  (before NumPy)

import numpy as np
from publish import publish

from port.backprop import activations, losses
from port.backprop.inplace import softmax_cross_entropy, softmax_cross_entropy_of_labels

Way = Callable[[np.ndarray], object]


def ways(z: np.ndarray, y: np.ndarray) -> dict[str, Way]:
    """Every way of computing value and gradient from z, given one-hot y; two passes to measure them by.

    PyTorch and JAX keep arrays of their own, of the same numbers.
    """
    n, labels, loss = float(y.shape[1]), y.argmax(axis=0), losses.CrossEntropy()

    def written_plainly(z: np.ndarray) -> tuple[float, np.ndarray]:
        p, J = activations.softmax(z)
        return loss.value(p, y), J.vjp(loss.grad(p, y))

    found: dict[str, Way] = {
        "a copy of the array": np.copy,
        "np.exp in place": lambda z: np.exp(z, out=z),
        "matport, fused, NumPy": lambda z: softmax_cross_entropy(z, y, divisor=n, kernel=False),
        "matport, structured, NumPy": lambda z: softmax_cross_entropy(z, y, divisor=n, structured=True),
        "matport, labels, NumPy": lambda z: softmax_cross_entropy_of_labels(
            z, labels, divisor=n, kernel=False
        ),
        "matport, pure path": written_plainly,
    }
    if find_spec("numba"):
        found["matport, fused, kernel"] = lambda z: softmax_cross_entropy(z, y, divisor=n)
        found["matport, labels, kernel"] = lambda z: softmax_cross_entropy_of_labels(z, labels, divisor=n)
    rivals = (
        ("PyTorch eager", "torch", torch_eager),
        ("torch.compile", "torch", torch_compiled),
        ("JAX jit", "jax", jax_jit),
    )
    for name, needs, rival in rivals:
        if find_spec(needs):
            found[name] = rival(z, y)
        else:
            print(f"{name}: left out, {needs} is not installed", file=sys.stderr)
    return found


def torch_eager(z: np.ndarray, y: np.ndarray, *, compiled: bool = False) -> Way:
    import torch

    torch.set_num_threads(THREADS)
    loss = torch.nn.functional.cross_entropy
    if compiled:
        torch._dynamo.reset()
        loss = torch.compile(loss, dynamic=False)
    labels, leaf = torch.tensor(y.argmax(axis=0)), torch.tensor(z.T.copy()).requires_grad_()

    def way(_: np.ndarray) -> object:
        value = loss(leaf, labels)
        return value, torch.autograd.grad(value, leaf)

    return way


def torch_compiled(z: np.ndarray, y: np.ndarray) -> Way:
    return torch_eager(z, y, compiled=True)


def jax_jit(z: np.ndarray, y: np.ndarray) -> Way:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    own, rows = jnp.asarray(z.T), jnp.asarray(y.T)

    @jax.jit
    @jax.value_and_grad
    def head(z: "jax.Array") -> "jax.Array":
        return -(rows * jax.nn.log_softmax(z, axis=1)).sum() / len(rows)

    return lambda _: jax.block_until_ready(head(own))


def measure(K: int, N: int, rounds: int) -> list[dict[str, object]]:
    """A row for every way."""
    rng = np.random.default_rng(0)
    z = np.asfortranarray(rng.normal(size=(K, N)))
    y = np.zeros((K, N), order="F")
    y[rng.integers(K, size=N), np.arange(N)] = 1
    found = ways(z, y)
    extra = {name: asked_for(way, z.copy("F")) / z.nbytes for name, way in found.items()}
    taken = [{name: milliseconds(way, z.copy("F")) for name, way in found.items()} for _ in range(rounds)]
    return [
        {
            "classes": K,
            "samples": N,
            "way": name,
            "milliseconds": round(statistics.median(row[name] for row in taken), 2),
            "best": round(min(row[name] for row in taken), 2),
            "extra": round(extra[name], 3),
            "rounds": rounds,
        }
        for name in found
    ]


def milliseconds(way: Way, z: np.ndarray) -> float:
    start = time.perf_counter()
    way(z)
    return (time.perf_counter() - start) * 1e3


def asked_for(way: Way, z: np.ndarray) -> int:
    """The most bytes held at once during a call that NumPy knows of, but for the first, which may compile."""
    way(z.copy("F"))
    tracemalloc.start()
    way(z)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shapes", default="1000x4096,1000x409,10000x409")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "head.csv")
    options = parser.parse_args()
    rows = [
        row
        for shape in options.shapes.split(",")
        for row in measure(*map(int, shape.split("x")), options.rounds)
    ]
    publish(rows, options.out)


if __name__ == "__main__":
    main()
