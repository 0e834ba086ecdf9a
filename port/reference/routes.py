"""The ways of computing a reference case: the faithful port, and the engine by four routes.

A route serves some cases and computes quantities under the names the reference has for them. Four routes lead to
the gradients of softmax + cross-entropy, and none of them calls another's formula:

    engine              delta = J.vjp(dC/da), by the structure of J
    engine, dense       J as an array, sample by sample, delta = J' * (dC/da)
    engine, components  literal sums: dC/dW_ij = sum_k sum_s dC/da_k J_ks dz_s/dW_ij
    engine, fused       the delta of the activation and loss as one formula (softmax + CE: p - y)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from port import backprop, sigmoid_mse
from port.backprop import activations, compiled, fused, losses
from port.backprop.network import with_parameters
from port.backprop.parameters import Parameterised, plus
from port.reference.case import Case

Array = npt.NDArray[Any]
Quantities = Mapping[str, Any]
MOST_DENSE, MOST_COMPONENTS = 2_000_000, 20_000


@dataclass(frozen=True)
class Route:
    """One way of computing: whether it `serves` a case, what it `computes`, and how; `prepare` comes once before."""

    name: str
    serves: Callable[[Case], bool]
    compute: Callable[[Case], Quantities]
    computes: tuple[str, ...]
    prepare: Callable[[], object] = lambda: None


def task(case: Case) -> str:
    """What the case asks for: `backprop`, `train` ..., or empty."""
    return str(case.meta.get("task", ""))


def loss_of(case: Case) -> Any:
    """The loss of the case under its convention."""
    convention = case.meta.get("convention", {})
    half, over = bool(np.all(convention.get("half", False))), str(convention.get("over", "sum"))
    return losses.REGISTRY[str(case.meta["loss"])](losses.Convention(half=half, over=over))


def l2_of(case: Case) -> backprop.L2 | None:
    """The penalty of the case: coursework's lambda / (2 m), biases left out."""
    return backprop.L2(_number(case, "lambda")) if "lambda" in case.input else None


def layers_of(case: Case) -> list[Any]:
    """The network of the case."""
    names = [str(name) for name in case.meta["activations"]]
    parts = zip(case.input["weights"], case.input["biases"], names, strict=True)
    return [backprop.Layer(weights, bias, name) for weights, bias, name in parts]


def port_gradient(case: Case) -> Quantities:
    """The faithful port's forward and backward pass."""
    return _of_port(sigmoid_mse.backprop(*_network(case)))


def port_training(case: Case) -> Quantities:
    """The faithful port's gradient descent."""
    options = _training_options(case)
    history = sigmoid_mse.train(*_network(case), **options)
    return {
        "loss": _column(history.loss),
        "weights": _cells(history.weights),
        "biases": _cells(history.biases),
    }


def engine_gradient(case: Case) -> Quantities:
    """The engine, every delta by the structured product `J.vjp(dC/da)`."""
    tape = backprop.forward(layers_of(case), case.input["x"])
    gradients = backprop.backward(tape, loss_of(case), case.input["y"], fused=False, l2=l2_of(case))
    return _named(case, tape, gradients.deltas, gradients) | {"delta_dense": gradients.deltas[-1]}


def engine_fused(case: Case) -> Quantities:
    """The engine, the output delta by the formula of the pair (softmax + cross-entropy: p - y)."""
    tape = backprop.forward(layers_of(case), case.input["x"])
    gradients = backprop.backward(tape, loss_of(case), case.input["y"], fused=True, l2=l2_of(case))
    found = _named(case, tape, gradients.deltas, gradients, fused=True)
    return found | {"delta_fused": gradients.deltas[-1]}


def engine_dense(case: Case) -> Quantities:
    """Every Jacobian as an array, every sample on its own: delta = J' * g, and g = W' * delta one layer down."""
    tape = backprop.forward(layers_of(case), case.input["x"])
    g = loss_of(case).grad(tape.a[-1], case.input["y"])
    deltas: list[Array] = []
    for layer in reversed(range(len(tape.z))):
        columns = zip(_columns(tape.z[layer]), _columns(g), strict=True)
        deltas.insert(0, np.hstack([_jacobian(case, layer, z).T @ g_n for z, g_n in columns]))
        g = case.input["weights"][layer].T @ deltas[0]
    dW = [delta @ a.T for delta, a in zip(deltas, tape.inputs, strict=True)]
    return _named(case, tape, deltas, _summed(case, tape, dW, deltas)) | {"delta_dense": deltas[-1]}


def engine_components(case: Case) -> Quantities:
    """The answer as it was given: dC/dW_ij = sum_k sum_s dC/da_k J_ks dz_s/dW_ij, the sums written as loops."""
    tape = backprop.forward(layers_of(case), case.input["x"])
    weights, dC_da = case.input["weights"], loss_of(case).grad(tape.a[-1], case.input["y"])
    deltas, dW = [np.zeros_like(z) for z in tape.z], [np.zeros_like(W) for W in weights]
    for n in range(dC_da.shape[1]):
        g = dC_da[:, n]
        for layer in reversed(range(len(weights))):
            K, S = weights[layer].shape
            J = _jacobian(case, layer, tape.z[layer][:, [n]])
            delta = [sum(g[k] * J[k, s] for k in range(K)) for s in range(K)]
            for i in range(K):
                for j in range(S):
                    dz_dW = [tape.inputs[layer][j, n] if s == i else 0.0 for s in range(K)]
                    dW[layer][i, j] += sum(delta[s] * dz_dW[s] for s in range(K))
            deltas[layer][:, n] = delta
            g = np.array([sum(delta[s] * weights[layer][s, j] for s in range(K)) for j in range(S)])
    return _named(case, tape, deltas, _summed(case, tape, dW, deltas))


def ready_to_train() -> None:
    """Load what training needs, which takes longer than most runs: processes that are forked then have it."""
    import_module("port.backprop.plan")
    compiled.kernel_in_use()


def engine_training(case: Case) -> Quantities:
    """The engine's gradient descent, every iterate kept."""
    options = _training_options(case) | _optimiser_options(case)
    network, (x, y) = layers_of(case), (case.input["x"], case.input["y"])
    history = backprop.train(network, loss_of(case), x, y, keep_iterates=True, progress=False, **options)
    return {
        "loss": _column(history.loss),
        "weights": _cells(history.weights),
        "biases": _cells(history.biases),
    }


def engine_check(case: Case) -> Quantities:
    """The packed gradient beside central differences of the loss, with the steps of numerical_gradient.m."""
    network, loss, (x, y) = layers_of(case), loss_of(case), (case.input["x"], case.input["y"])
    tape = backprop.forward(network, x)
    theta = backprop.pack(tape)

    def cost(point: Array) -> float:
        moved = with_parameters(network, backprop.unpack(point, tape))
        return backprop.value(backprop.forward(moved, x), loss, y)

    numerical = np.empty_like(theta)
    for i, step in enumerate(np.finfo(float).eps ** (1 / 3) * np.maximum(1, np.abs(theta.ravel()))):
        ahead, behind = theta.copy(), theta.copy()
        ahead[i] += step
        behind[i] -= step
        numerical[i] = (cost(ahead) - cost(behind)) / (ahead[i] - behind[i])
    return {"gradient": backprop.pack(backprop.backward(tape, loss, y)), "numerical": numerical}


def _is_gradient(case: Case) -> bool:
    return task(case) == "backprop"


def _is_port(case: Case) -> bool:
    """Sigmoid layers with sum((a - y) .^ 2) / 2: what the faithful port computes."""
    names = {str(name) for name in case.meta.get("activations", [])}
    convention = case.meta.get("convention", {})
    half_sum = bool(np.all(convention.get("half", False))) and convention.get("over") == "sum"
    return names == {"sigmoid"} and case.meta.get("loss") == "squared_error" and half_sum


def _is_port_training(case: Case) -> bool:
    return task(case) == "train" and _is_port(case) and not {"momentum", "lambda"} & case.input.keys()


def _has_fused(case: Case) -> bool:
    return _is_gradient(case) and fused.find(layers_of(case)[-1].activation, loss_of(case)) is not None


def _is_unfused(case: Case) -> bool:
    """Whether dC/da exists: where a probability has underflowed to 0, y ./ p does not; the fused delta holds."""
    outputs = case.expected.get("a")
    underflowed = (
        outputs is not None and case.meta.get("loss") == "cross_entropy" and bool(np.any(outputs[-1] == 0))
    )
    return _is_gradient(case) and not underflowed


def _work(case: Case) -> int:
    """Multiplications of one pass in components."""
    samples = case.input["x"].shape[1]
    return int(sum(W.shape[0] ** 2 * W.shape[1] for W in case.input["weights"]) * samples)


def _summed(
    case: Case, tape: backprop.Tape, dW: Sequence[Array], deltas: Sequence[Array]
) -> backprop.Parameters:
    """The gradients of weights and biases, with the penalty where the case has one."""
    found = backprop.Parameters(tuple(dW), tuple(delta.sum(axis=1, keepdims=True) for delta in deltas))
    l2 = l2_of(case)
    return plus(found, l2.grad(tape, tape.x.shape[1])) if l2 else found


def _named(
    case: Case, tape: backprop.Tape, deltas: Sequence[Array], gradients: Parameterised, *, fused: bool = False
) -> dict[str, Any]:
    """Everything a gradient case may expect, by the names it has in MATLAB."""
    return {
        "z": tape.z,
        "a": tape.a,
        "delta": deltas,
        "dW": gradients.weights,
        "db": gradients.biases,
        "theta_gradient": backprop.pack(gradients, "theta"),
        "loss": _scalar(backprop.value(tape, loss_of(case), case.input["y"], fused=fused, l2=l2_of(case))),
        "J": _jacobian(case, len(tape.z) - 1, tape.z[-1][:, [0]]),
    }


def _jacobian(case: Case, layer: int, z: Array) -> Array:
    """The dense Jacobian (K, K) of a layer's activation at one column z."""
    _, J = activations.REGISTRY[str(case.meta["activations"][layer])](z)
    return J.dense()


def _columns(matrix: Array) -> list[Array]:
    return np.hsplit(matrix, matrix.shape[1])


def _network(case: Case) -> tuple[Any, Any, Any, Any]:
    return case.input["weights"], case.input["biases"], case.input["x"], case.input["y"]


def _of_port(result: sigmoid_mse.Pass) -> dict[str, Any]:
    return {
        "z": result.z,
        "a": result.a,
        "delta": result.delta,
        "dW": result.dw,
        "db": result.db,
        "loss": _scalar(result.loss),
    }


def _training_options(case: Case) -> dict[str, Any]:
    return {
        "learning_rate": _number(case, "learning_rate"),
        "epochs": int(_number(case, "epochs")),
        "batch_size": int(_number(case, "batch_size")),
        "order": np.asarray(case.input["order"], dtype=int) - 1,
    }


def _optimiser_options(case: Case) -> dict[str, Any]:
    return {
        "optimiser": str(case.meta.get("optimiser", "gd")),
        "momentum": _number(case, "momentum", 0.0),
        "l2": l2_of(case),
    }


def _number(case: Case, name: str, default: float = float("nan")) -> float:
    return float(np.asarray(case.input.get(name, default)).item())


def _scalar(value: float) -> Array:
    return np.array([[value]])


def _column(values: Array) -> Array:
    return np.asarray(values).reshape(-1, 1)


def _cells(epochs: Sequence[Sequence[Array]]) -> Array:
    """Lists of lists as the (epochs, L) cell that MATLAB has."""
    cells = np.empty((len(epochs), len(epochs[0])), dtype=object)
    for place in np.ndindex(*cells.shape):
        cells[place] = epochs[place[0]][place[1]]
    return cells


GRADIENT = ("z", "a", "delta", "dW", "db", "loss")
ENGINE = (*GRADIENT, "theta_gradient", "J")
TRAINING = ("loss", "weights", "biases")

ROUTES = (
    Route("port", lambda case: _is_gradient(case) and _is_port(case), port_gradient, GRADIENT),
    Route("port, training", _is_port_training, port_training, TRAINING),
    Route("engine", _is_unfused, engine_gradient, (*ENGINE, "delta_dense")),
    Route(
        "engine, dense",
        lambda case: _is_unfused(case) and _work(case) <= MOST_DENSE,
        engine_dense,
        (*ENGINE, "delta_dense"),
    ),
    Route(
        "engine, components",
        lambda case: _is_unfused(case) and _work(case) <= MOST_COMPONENTS,
        engine_components,
        ENGINE,
    ),
    Route("engine, fused", _has_fused, engine_fused, (*ENGINE, "delta_fused")),
    Route(
        "engine, training",
        lambda case: task(case) == "train",
        engine_training,
        TRAINING,
        ready_to_train,
    ),
    Route(
        "engine, gradient check",
        lambda case: task(case) == "gradient_check",
        engine_check,
        ("gradient", "numerical"),
    ),
)
