"""The networks of the benchmark, and one step of gradient descent as matport and each of its peers take it.

A step is forward, backward and the parameters moved, in float64. A peer turns a Problem into a function that takes so
many steps. How many threads a peer has is told by the environment (`benchmarks/threads.py`), before it is imported.
"""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from threads import THREADS  # isort: skip  (before NumPy)

import numpy as np

from port.backprop import Layer, backward, forward, losses
from port.backprop.compiled import CompiledPlan
from port.backprop.parameters import Parameters
from port.backprop.plan import Plan, Rule, lay_out

RATE = 1e-3
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


def matport_kernel(p: Problem) -> Step:
    """What `train` runs for an epoch of batches where numba is installed, on the same samples again and again."""
    plan = laid_out(p, kernel=True)
    every = np.arange(p.samples)
    return lambda count: plan.walk(np.tile(every, count), p.samples, RATE, straight=True)


def matport_planned(p: Problem) -> Step:
    """What `train` runs for every batch with NumPy alone."""
    plan = laid_out(p, kernel=False)
    place = slice(0, p.samples)

    def run(count: int) -> None:
        for _ in range(count):
            plan.step(p.samples, place, RATE, plan.add_to_theta)

    return run


def laid_out(p: Problem, *, kernel: bool) -> Plan | CompiledPlan:
    """A plan that has made its first step: what an epoch costs beside its steps is left out, as it is for all."""
    layers = p.layers()
    plan = lay_out(layers, p.x, p.y, p.matport_loss(), Rule(), p.samples, fused=True, kernel=kernel)
    zeros = Parameters(tuple(0 * W for W in p.weights), tuple(0 * b for b in p.biases))
    plan.descend(layers, zeros, RATE, [np.arange(p.samples)])
    return plan


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

    torch.set_num_threads(THREADS)
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


def torch_compiled(p: Problem) -> Step:
    """The loss through torch.compile, its backward pass too; the update as one call for all parameters."""
    import torch

    torch.set_num_threads(THREADS)
    torch._dynamo.reset()
    parameters = [torch.tensor(v).requires_grad_() for v in (*p.weights, *(b.ravel() for b in p.biases))]
    x, y, labels = torch.tensor(p.x.T.copy()), torch.tensor(p.y.T.copy()), torch.tensor(p.y.argmax(axis=0))
    functional, L = torch.nn.functional, len(p.weights)

    @torch.compile(dynamic=False)
    def loss(*parameters: torch.Tensor) -> torch.Tensor:
        a = x
        for W, b in zip(parameters[: L - 1], parameters[L:-1], strict=True):
            a = torch.sigmoid(functional.linear(a, W, b))
        z = functional.linear(a, parameters[L - 1], parameters[-1])
        if p.softmax:
            return functional.cross_entropy(z, labels)
        return ((torch.sigmoid(z) - y) ** 2).sum() / (2 * p.samples)

    def run(count: int) -> None:
        for _ in range(count):
            gradients = torch.autograd.grad(loss(*parameters), parameters)
            with torch.no_grad():
                torch._foreach_sub_(parameters, torch._foreach_mul(gradients, RATE))

    return run


def torch_by_hand(p: Problem) -> Step:
    """PyTorch's products with the backward pass written out, and the gradient added to the weights in place."""
    import torch

    torch.set_num_threads(THREADS)
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


def hips_autograd(p: Problem) -> Step:
    """HIPS autograd over plain NumPy code."""
    import autograd.numpy as anp
    from autograd import grad
    from autograd.scipy.special import logsumexp

    x, y = np.ascontiguousarray(p.x), np.ascontiguousarray(p.y)

    def loss(parameters: list) -> float:
        a = x
        for W, b in parameters[:-1]:
            a = 1 / (1 + anp.exp(-(anp.dot(W, a) + b)))
        W, b = parameters[-1]
        z = anp.dot(W, a) + b
        if p.softmax:
            return -anp.sum(y * (z - logsumexp(z, axis=0, keepdims=True))) / p.samples
        return anp.sum((1 / (1 + anp.exp(-z)) - y) ** 2) / (2 * p.samples)

    gradient = grad(loss)

    def run(count: int) -> None:
        parameters = list(zip(p.weights, p.biases, strict=True))
        for _ in range(count):
            parts = zip(parameters, gradient(parameters), strict=True)
            parameters = [(W - RATE * dW, b - RATE * db) for (W, b), (dW, db) in parts]

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
    lines = [*octave_forward(p), f"d = d / {p.samples};"]
    for i in range(last, -1, -1):
        lines.append(f"dW = d * a{i}'; db = sum(d, 2);")
        lines.append(f"d = (W{i}' * d) .* a{i} .* (1 - a{i});" if i else "")
        lines.append(f"W{i} = W{i} - {RATE} * dW; b{i} = b{i} - {RATE} * db;")
    return " ".join(lines)


def octave_step_by_samples(p: Problem) -> str:
    """The same with a loop over the samples, which adds up the gradient."""
    layers = range(len(p.weights))
    lines = [f"dW{i} = zeros(size(W{i})); db{i} = zeros(size(b{i}));" for i in layers]
    lines.append(f"X = a0; Y = y; for j = 1:{p.samples}, a0 = X(:, j); y = Y(:, j);")
    lines += octave_forward(p)
    for i in reversed(layers):
        lines.append(f"dW{i} = dW{i} + d * a{i}'; db{i} = db{i} + d;")
        lines.append(f"d = (W{i}' * d) .* a{i} .* (1 - a{i});" if i else "")
    lines.append("end, a0 = X; y = Y;")
    lines += [
        f"W{i} = W{i} - {RATE / p.samples} * dW{i}; b{i} = b{i} - {RATE / p.samples} * db{i};" for i in layers
    ]
    return " ".join(lines)


def octave_forward(p: Problem) -> list[str]:
    """The statements from a0 to the last layer's delta, d."""
    last = len(p.weights) - 1
    lines = [f"a{i + 1} = 1 ./ (1 + exp(-(W{i} * a{i} + b{i})));" for i in range(last)]
    lines.append(f"z = W{last} * a{last} + b{last};")
    if p.softmax:
        return [*lines, "e = exp(z - max(z, [], 1)); d = e ./ sum(e, 1) - y;"]
    return [*lines, "a = 1 ./ (1 + exp(-z)); d = (a - y) .* a .* (1 - a);"]


def octave(p: Problem, step: Callable[[Problem], str] = octave_step) -> Step:
    """GNU Octave: the time includes handing over the number of steps, some 20 us a round."""
    process, K, n = octave_process(), p.sizes[-1], p.samples
    start = [
        f"W{i} = randn({k}, {s}) / sqrt({s}); b{i} = zeros({k}, 1);"
        for i, (s, k) in enumerate(pairwise(p.sizes))
    ]
    start.append(f"a0 = rand({p.sizes[0]}, {n}); y = eye({K})(:, randi({K}, 1, {n}));")
    process.stdin.write(" ".join(start) + "\n")

    def run(count: int) -> None:
        process.stdin.write(f"for n = 1:{count}, {step(p)} end, disp(1), fflush(stdout);\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "1":
            raise RuntimeError("Octave has stopped")

    return run


def octave_loops(p: Problem) -> Step:
    """GNU Octave, a sample at a time."""
    return octave(p, octave_step_by_samples)


BARE = "bare products"
PEERS: dict[str, tuple[str, Callable[[Problem], Step]]] = {
    BARE: ("numpy", bare_products),
    "matport, kernel": ("numba", matport_kernel),
    "matport, NumPy": ("numpy", matport_planned),
    "matport, pure path": ("numpy", matport_pure),
    "plain NumPy": ("numpy", plain_numpy),
    "PyTorch eager": ("torch", torch_eager),
    "PyTorch by hand": ("torch", torch_by_hand),
    "torch.compile": ("torch", torch_compiled),
    "JAX jit": ("jax", jax_jit),
    "HIPS autograd": ("autograd", hips_autograd),
    "scikit-learn": ("sklearn", scikit_learn),
    "Octave, vectorised": ("octave-cli", octave),
    "Octave, loops": ("octave-cli", octave_loops),
}
MOST_SAMPLES = {"Octave, loops": 1024}
