"""The engine against JAX in float64: every activation with every loss under every convention, on two networks.

`python tests/test_backprop_judges.py` prints the largest error of every quantity and route.
"""

import functools

import numpy as np
import pytest

from port.backprop import (
    Layer,
    Parameters,
    activations,
    backward,
    forward,
    ggnvp,
    hvp,
    jvp,
    losses,
    pack,
    value,
)

pytestmark = [pytest.mark.judge, pytest.mark.filterwarnings("default")]
NETWORKS = {"3-5-4": (3, 5, 4), "64-32-10": (64, 32, 10)}
N = 6
TOLERANCE = 1e-12
CONVENTIONS = [losses.Convention(half, over) for half in (False, True) for over in losses.conventions.OVER]
SHARES = ("cross_entropy", "binary_cross_entropy", "kl", "focal", "poisson")
# their outputs are below 0 whatever z is, where these losses take a logarithm
BELOW_ZERO = ("log_softmax", "layer_norm")
QUANTITIES = ("value", "gradients", "jvp", "ggnvp", "hvp")


@functools.cache
def jax():
    found = pytest.importorskip("jax")
    found.config.update("jax_enable_x64", True)
    return found


@functools.cache
def judged_activations():
    jnp = jax().numpy
    erfc, where = jax().scipy.special.erfc, jnp.where

    def sigmoid(z):
        return 1 / (1 + jnp.exp(-z))

    def elu(z):
        return where(z > 0, z, jnp.exp(jnp.minimum(z, 0)) - 1)

    def softmax(z):
        e = jnp.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)

    def sparsemax(z):
        falling = -jnp.sort(-z, axis=0)
        rank = jnp.arange(1, len(z) + 1)[:, None]
        support = 1 + rank * falling > jnp.cumsum(falling, axis=0)
        tau = (where(support, falling, 0).sum(axis=0) - 1) / support.sum(axis=0)
        return jnp.maximum(z - tau, 0)

    def layer_norm(z):
        centred = z - z.mean(axis=0)
        return centred / jnp.sqrt((centred**2).mean(axis=0) + 1e-5)

    return {
        "identity": lambda z: z,
        "sigmoid": sigmoid,
        "tanh": jnp.tanh,
        "scaled_tanh": lambda z: 1.7159 * jnp.tanh(2 / 3 * z),
        "relu": lambda z: where(z > 0, z, 0),
        "leaky_relu": lambda z: where(z > 0, z, 0.01 * z),
        "elu": elu,
        "selu": lambda z: 1.0507009873554805 * where(z > 0, z, 1.6732632423543772 * elu(z)),
        "softplus": lambda z: jnp.log(1 + jnp.exp(z)),
        "softsign": lambda z: z / (1 + jnp.abs(z)),
        "gelu": lambda z: z * erfc(-z / np.sqrt(2)) / 2,
        "silu": lambda z: z * sigmoid(z),
        "hard_sigmoid": lambda z: where(z < -3, 0, where(z > 3, 1, z / 6 + 0.5)),
        "radial_basis": lambda z: jnp.exp(-(z**2)),
        "satlin": lambda z: where(z < 0, 0, where(z > 1, 1, z)),
        "satlins": lambda z: where(z < -1, -1, where(z > 1, 1, z)),
        "softmax": softmax,
        "log_softmax": lambda z: jnp.log(softmax(z)),
        "sparsemax": sparsemax,
        "layer_norm": layer_norm,
    }


@functools.cache
def judged_losses():
    jnp = jax().numpy
    where = jnp.where

    def cross_entropy(a, y):
        return -(y * jnp.log(where(y == 0, 1, a))).sum()

    def huber(a, y):
        d = jnp.abs(a - y)
        return where(d <= 1, d**2 / 2, d - 0.5).sum()

    def log_cosh(d):
        return d + jnp.log1p(jnp.exp(-2 * d)) - np.log(2)

    def focal(a, y):
        safe = where(y == 0, 0.5, a)
        return -(y * (1 - safe) ** 2 * jnp.log(safe)).sum()

    def multiclass(a, y):
        return (where(y == 0, jnp.maximum(0, 1 + a - (y * a).sum(axis=0)), 0)).sum()

    return {
        "squared_error": lambda a, y: ((a - y) ** 2).sum(),
        "absolute": lambda a, y: jnp.abs(a - y).sum(),
        "huber": huber,
        "log_cosh": lambda a, y: log_cosh(jnp.abs(a - y)).sum(),
        "poisson": lambda a, y: (a - y * jnp.log(where(y == 0, 1, a))).sum(),
        "cross_entropy": cross_entropy,
        "binary_cross_entropy": lambda a, y: cross_entropy(a, y) + cross_entropy(1 - a, 1 - y),
        "negative_log_likelihood": lambda a, y: -(y * a).sum(),
        "kl": lambda a, y: cross_entropy(a, y) - cross_entropy(where(y == 0, 1, y), y),
        "focal": focal,
        "hinge": lambda a, y: jnp.maximum(0, 1 - y * a).sum(),
        "multiclass_hinge": multiclass,
    }


def problem(activation, loss, sizes):
    """Layers, x, y and a direction; where the loss takes shares, the last z lies where outputs are between 0 and 1."""
    rng = np.random.default_rng([len(activation), len(loss), *sizes])
    shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
    weights = [rng.normal(size=shape) / np.sqrt(shape[1]) for shape in shapes]
    biases = [rng.normal(size=(K, 1)) for K, _ in shapes]
    if loss in SHARES:
        weights[-1], biases[-1] = (
            weights[-1] * 0.02,
            biases[-1] * 0.02 + (-0.5 if activation == "softplus" else 0.5),
        )
    x, K = rng.normal(size=(sizes[0], N)), sizes[-1]
    hot = losses.one_hot(rng.integers(0, K, N), K, 0)
    y = {
        "poisson": rng.poisson(2.0, (K, N)).astype(float),
        "binary_cross_entropy": rng.integers(0, 2, (K, N)).astype(float),
        "hinge": 2 * hot - 1,
    }.get(loss, hot if issubclass(losses.REGISTRY[loss], losses.ClassLoss) else rng.normal(size=(K, N)))
    if loss == "kl":
        y = 0.8 * hot + 0.2 / K
    direction = [tuple(rng.normal(size=p.shape) for p in parts) for parts in (weights, biases)]
    return weights, biases, x, y, direction


def judged(activation, loss, sizes):
    """What JAX gives for the plain sum."""
    J, f, c = jax(), judged_activations()[activation], judged_losses()[loss]
    weights, biases, x, y, (dW, db) = problem(activation, loss, sizes)

    def net(parameters):
        a = x
        for W, b in zip(*parameters, strict=True):
            a = f(W @ a + b)
        return a

    def cost(parameters):
        return c(net(parameters), y)

    theta, v = (weights, biases), (list(dW), list(db))
    total, gradients = J.value_and_grad(cost)(theta)
    a, da = J.jvp(net, (theta,), (v,))
    _, back = J.vjp(net, theta)
    _, turned = J.jvp(J.grad(lambda outputs: c(outputs, y)), (a,), (da,))
    _, curved = J.jvp(J.grad(cost), (theta,), (v,))
    found = {"value": total, "jvp": da}
    found |= {"gradients": flat(gradients), "ggnvp": flat(back(turned)[0]), "hvp": flat(curved)}
    return {name: np.asarray(array) for name, array in found.items()}


def flat(parameters):
    return pack(Parameters(*(tuple(np.asarray(array) for array in part) for part in parameters)))


def measured(activation, loss, sizes):
    """The largest error of every (quantity, route), over all conventions, relative to the largest magnitude."""
    want = judged(activation, loss, sizes)
    weights, biases, x, y, direction = problem(activation, loss, sizes)
    layers = [Layer(W, b, activation) for W, b in zip(weights, biases, strict=True)]
    tape, v, errors = forward(layers, x), Parameters(*direction), {}
    for convention in CONVENTIONS:
        cost = losses.REGISTRY[loss](convention)
        count = {"sum": 1, "samples": N, "elements": y.size}[convention.over]
        factor = 1 / (count * (2 if convention.half else 1))
        got = {("jvp", "structured"): jvp(tape, v), ("ggnvp", "structured"): pack(ggnvp(tape, cost, y, v))}
        for route, fused in (("unfused", False), ("fused", True)):
            got["value", route] = value(tape, cost, y, fused=fused)
            got["gradients", route] = pack(backward(tape, cost, y, fused=fused))
            got["hvp", route] = pack(hvp(tape, cost, y, v, fused=fused))
        for key, array in got.items():
            right = want[key[0]] * (1 if key[0] == "jvp" else factor)
            scale = np.abs(right).max() or 1.0
            error = float(np.abs(array - right).max() / scale)
            errors[key] = max(errors.get(key, 0.0), error if np.isfinite(error) else np.inf)
    return errors


def combinations(activation):
    return [c for c in losses.REGISTRY if not (activation in BELOW_ZERO and c in SHARES)]


@pytest.mark.slow
@pytest.mark.parametrize("sizes", NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize("activation", activations.NAMES)
def test_every_loss_agrees_with_jax(activation, sizes):
    worst = {}
    for loss in combinations(activation):
        for key, error in measured(activation, loss, sizes).items():
            if not error <= TOLERANCE:
                worst[loss, *key] = error
    assert not worst


def loss_and_slope(row, a, y):
    """The loss of a row of the table of conventions and its gradient in a, in the layout of the libraries, N x K."""
    cost = losses.REGISTRY[losses.conventions.get_row(row).loss](row)
    return cost.value(a, y), cost.grad(a, y).T


def data(K=4):
    rng = np.random.default_rng(K)
    z = rng.normal(size=(K, 7))
    p, _ = activations.softmax(z)
    return z, p, losses.one_hot(rng.integers(0, K, 7), K, 0)


# row of the table, the loss in torch.nn with its options, and what it takes in place of a
TORCH = [
    ("pytorch_mse", "MSELoss", {}, lambda a: a),
    ("pytorch_l1", "L1Loss", {}, lambda a: a),
    ("pytorch_huber", "HuberLoss", {}, lambda a: a),
    ("pytorch_bce", "BCELoss", {}, lambda a: a),
    ("pytorch_bce", "BCEWithLogitsLoss", {}, lambda a: (a / (1 - a)).log()),
    ("pytorch_crossentropy", "CrossEntropyLoss", {}, lambda a: a.log()),
    ("pytorch_kl", "KLDivLoss", {}, lambda a: a.log()),
    ("pytorch_poisson", "PoissonNLLLoss", {"log_input": False, "eps": 0}, lambda a: a),
]


@pytest.mark.parametrize(
    ("row", "name", "options", "given"), TORCH, ids=lambda part: part if isinstance(part, str) else ""
)
def test_pytorch_divides_as_the_table_says(row, name, options, given):
    torch = pytest.importorskip("torch")
    _, p, y = data()
    a = torch.tensor(p.T.copy(), requires_grad=True)
    loss = getattr(torch.nn, name)(**options)(given(a), torch.tensor(y.T.copy()))
    loss.backward()
    ours, slope = loss_and_slope(row, p, y)
    # CrossEntropyLoss divides by sum(a) once more, whose slope at sum(a) = 1 is 1 / N
    want = slope + 1 / 7 if name == "CrossEntropyLoss" else slope
    assert ours == pytest.approx(loss.item(), rel=1e-14)
    np.testing.assert_allclose(a.grad.numpy(), want, rtol=1e-12, atol=1e-15)


OPTAX = [
    ("optax_mse", lambda optax, z, p, y: optax.squared_error(p, y)),
    ("optax_l2", lambda optax, z, p, y: optax.l2_loss(p, y)),
    ("optax_crossentropy", lambda optax, z, p, y: optax.softmax_cross_entropy(z, y)),
    ("optax_bce", lambda optax, z, p, y: optax.sigmoid_binary_cross_entropy(np.log(p / (1 - p)), y)),
]


@pytest.mark.parametrize(("row", "terms"), OPTAX, ids=[row for row, _ in OPTAX])
def test_optax_divides_as_the_table_says(row, terms):
    jax()
    optax = pytest.importorskip("optax")
    z, p, y = data()
    np.testing.assert_allclose(loss_and_slope(row, p, y)[0], terms(optax, z.T, p.T, y.T).mean(), rtol=1e-14)


def one_step(name, x, y, **classes):
    """scikit-learn's weights before a full-batch step at rate 1, the loss that it reports, what the step took off."""
    networks = pytest.importorskip("sklearn.neural_network")
    plain = {"solver": "sgd", "alpha": 0, "momentum": 0, "batch_size": len(x), "learning_rate_init": 1}
    model = getattr(networks, name)(hidden_layer_sizes=(), random_state=0, **plain)
    model.partial_fit(x, y, **classes)
    W, b = model.coefs_[0].copy(), model.intercepts_[0].copy()
    model.partial_fit(x, y)
    return W.T, b.reshape(-1, 1), model.loss_, (W - model.coefs_[0]).T


@pytest.mark.parametrize("K", [1, 2, 3])
def test_scikit_learn_reports_one_squared_error_and_descends_another(K):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(7, 4)), rng.normal(size=(7, K))
    W, b, reported, taken = one_step("MLPRegressor", x, y if K > 1 else y.ravel())
    tape = forward([Layer(W, b, "identity")], x.T)
    assert value(tape, losses.SquaredError("sklearn"), y.T) == pytest.approx(reported, rel=1e-13)
    slope = backward(tape, losses.SquaredError("sklearn_mse_gradient"), y.T).weights[0]
    np.testing.assert_allclose(taken, slope, rtol=1e-10, atol=1e-14)
    assert losses.conversion("sklearn", "sklearn_mse_gradient", K, 7) == K


@pytest.mark.parametrize(
    ("row", "K", "last"), [("sklearn_crossentropy", 3, "softmax"), ("sklearn_bce", 1, "sigmoid")]
)
def test_scikit_learn_divides_by_samples(row, K, last):
    x, labels = np.random.default_rng(0).normal(size=(7, 4)), np.array([0, 1, 2, 1, 0, 2, 1]) % max(K, 2)
    W, b, reported, taken = one_step("MLPClassifier", x, labels, classes=np.unique(labels))
    y = losses.one_hot(labels, 3, 0) if K == 3 else labels.reshape(1, -1)
    cost = losses.REGISTRY[losses.conventions.get_row(row).loss](row)
    tape = forward([Layer(W, b, last)], x.T)
    assert value(tape, cost, y) == pytest.approx(reported, rel=1e-12)
    np.testing.assert_allclose(taken, backward(tape, cost, y).weights[0], rtol=1e-10, atol=1e-14)


def main():
    print("| quantity | route | " + " | ".join(NETWORKS) + " | at |\n" + "|---" * (len(NETWORKS) + 3) + "|")
    table = {}
    for name, sizes in NETWORKS.items():
        for activation in activations.NAMES:
            for loss in combinations(activation):
                for key, error in measured(activation, loss, sizes).items():
                    table.setdefault(key, {}).setdefault(name, []).append((error, f"{activation} + {loss}"))
    for quantity, route in sorted(table, key=lambda key: (QUANTITIES.index(key[0]), key[1])):
        worst = [max(table[quantity, route][name]) for name in NETWORKS]
        cells = " | ".join(f"{error:.1e}" for error, _ in worst)
        print(f"| {quantity} | {route} | {cells} | {max(worst)[1]} |")
    print(sum(len(combinations(a)) for a in activations.NAMES), "pairs,", len(CONVENTIONS), "conventions")


if __name__ == "__main__":
    main()
