"""Activations by name: `softmax(z)` gives (a, J). MATLAB's names of the same functions are aliases."""

from port.backprop.activations.base import Activation, Elementwise
from port.backprop.activations.columnwise import LayerNorm, LogSoftmax, Softmax, Sparsemax
from port.backprop.activations.custom import FromFunction, from_function
from port.backprop.activations.rectified import Elu, Gelu, Identity, LeakyRelu, Relu, Selu, Silu, Softplus
from port.backprop.activations.sigmoidal import (
    HardSigmoid,
    RadialBasis,
    Satlin,
    Satlins,
    ScaledTanh,
    Sigmoid,
    Softsign,
    Tanh,
)
from port.errors import ArgumentError

__all__ = [
    "ALIASES",
    "NAMES",
    "REGISTRY",
    "Activation",
    "Elementwise",
    "Elu",
    "FromFunction",
    "Gelu",
    "HardSigmoid",
    "Identity",
    "LayerNorm",
    "LeakyRelu",
    "LogSoftmax",
    "RadialBasis",
    "Relu",
    "Satlin",
    "Satlins",
    "ScaledTanh",
    "Selu",
    "Sigmoid",
    "Silu",
    "Softmax",
    "Softplus",
    "Softsign",
    "Sparsemax",
    "Tanh",
    "elu",
    "from_function",
    "gelu",
    "get",
    "hard_sigmoid",
    "identity",
    "layer_norm",
    "layernorm",
    "leaky_relu",
    "leakyrelu",
    "log_softmax",
    "logsig",
    "poslin",
    "purelin",
    "radbas",
    "radial_basis",
    "relu",
    "satlin",
    "satlins",
    "scaled_tanh",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "softsign",
    "sparsemax",
    "swish",
    "tanh",
    "tansig",
]

identity = purelin = Identity()
sigmoid = logsig = Sigmoid()
tanh = tansig = Tanh()
scaled_tanh = ScaledTanh()
relu = poslin = Relu()
leaky_relu = leakyrelu = LeakyRelu()
elu = Elu()
selu = Selu()
softplus = Softplus()
softsign = Softsign()
gelu = Gelu()
silu = swish = Silu()
hard_sigmoid = HardSigmoid()
radial_basis = radbas = RadialBasis()
satlin = Satlin()
satlins = Satlins()
softmax = Softmax()
log_softmax = LogSoftmax()
sparsemax = Sparsemax()
layer_norm = layernorm = LayerNorm()

ALIASES: dict[str, str] = {
    "purelin": "identity",
    "logsig": "sigmoid",
    "tansig": "tanh",
    "poslin": "relu",
    "leakyrelu": "leaky_relu",
    "swish": "silu",
    "radbas": "radial_basis",
    "layernorm": "layer_norm",
}
_CANONICAL: tuple[Activation, ...] = (
    identity, sigmoid, tanh, scaled_tanh, relu, leaky_relu, elu, selu, softplus, softsign, gelu, silu,
    hard_sigmoid, radial_basis, satlin, satlins, softmax, log_softmax, sparsemax, layer_norm,
)  # fmt: skip
NAMES: tuple[str, ...] = tuple(activation.name for activation in _CANONICAL)
REGISTRY: dict[str, Activation] = {activation.name: activation for activation in _CANONICAL}
REGISTRY |= {alias: REGISTRY[name] for alias, name in ALIASES.items()}


def get(activation: str | Activation, **parameters: float) -> Activation:
    """The activation of that name (or itself), with other parameters where given. Raises ArgumentError."""
    if isinstance(activation, str):
        if activation not in REGISTRY:
            raise ArgumentError(f"no activation is called {activation!r}; there are {', '.join(REGISTRY)}")
        activation = REGISTRY[activation]
    if not isinstance(activation, Activation):
        raise ArgumentError(f"{activation!r} is no activation; activations.from_function makes one")
    return activation.with_parameters(**parameters) if parameters else activation
