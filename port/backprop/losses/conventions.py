"""What a loss is divided by, as data: who takes a half, and who divides by samples, elements or nothing."""

from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral

from port.errors import ArgumentError

OVER = ("sum", "samples", "elements")


@dataclass(frozen=True)
class Convention:
    """loss = factor * sum of all terms: a half or not, over 'sum' (1), 'samples' (N) or 'elements' (K N)."""

    half: bool = False
    over: str = "samples"

    def __post_init__(self) -> None:
        if self.half not in (True, False):
            raise ArgumentError(f"half is True or False; got {self.half!r}")
        if self.over not in OVER:
            raise ArgumentError(f"a loss is taken over {', '.join(OVER)}; got {self.over!r}")

    def divisor(self, samples: int, elements: int) -> int:
        """What the sum of all terms is divided by, where so many samples and elements have a target."""
        count = {"sum": 1, "samples": samples, "elements": elements}[self.over]
        return (2 if self.half else 1) * count

    def factor(self, K: int, N: int) -> Fraction:
        """1 / divisor of a K x N output, exact. Raises ArgumentError unless K and N are whole numbers from 1."""
        if not all(isinstance(count, Integral) and count > 0 for count in (K, N)):
            raise ArgumentError(f"a shape K,N of whole numbers from 1 is expected; got {K},{N}")
        return Fraction(1, self.divisor(int(N), int(K) * int(N)))

    def formula(self) -> str:
        """The factor in letters, such as 'sum / (2 N)'."""
        letters = {"sum": "", "samples": "N", "elements": "K N"}[self.over]
        parts = " ".join(filter(None, ["2" if self.half else "", letters]))
        return "sum" if not parts else f"sum / ({parts})" if " " in parts else f"sum / {parts}"


@dataclass(frozen=True)
class Row:
    """One library's way with one loss: `loss` is a name of the registry of losses."""

    name: str
    convention: Convention
    loss: str
    software: str
    note: str


HALF_SUM = Convention(half=True, over="sum")
HALF_SAMPLES = Convention(half=True, over="samples")
HALF_ELEMENTS = Convention(half=True, over="elements")
SUM = Convention(over="sum")
SAMPLES = Convention(over="samples")
ELEMENTS = Convention(over="elements")

NETWORK, DLARRAY = "MATLAB network objects", "MATLAB dlarray"
ROWS: tuple[Row, ...] = (
    Row("matlab_network_mse", ELEMENTS, "squared_error", NETWORK,
        "mse(net, t, y), targets first; NaN targets are left out of sum and count"),
    Row("matlab_network_sse", SUM, "squared_error", NETWORK, "sse(net, t, y), targets first"),
    Row("matlab_network_mae", ELEMENTS, "absolute", NETWORK, "mae(net, t, y), targets first"),
    Row("matlab_network_crossentropy", ELEMENTS, "cross_entropy", NETWORK,
        "crossentropy(net, t, y), targets first; a single output row means binary_cross_entropy"),
    Row("matlab_dlarray_mse", HALF_SAMPLES, "squared_error", DLARRAY, "mse(y, t), predictions first"),
    Row("matlab_dlarray_crossentropy", SAMPLES, "cross_entropy", DLARRAY,
        "crossentropy(y, t), predictions first"),
    Row("matlab_dlarray_huber", SAMPLES, "huber", DLARRAY, "huber(y, t), predictions first"),
    Row("coursework_mse", HALF_SAMPLES, "squared_error", "Octave coursework",
        "J = 1/(2*m) * sum(sum((h - y) .^ 2))"),
    Row("coursework_crossentropy", SAMPLES, "binary_cross_entropy", "Octave coursework",
        "J = 1/m * sum(sum(-y .* log(h) - (1 - y) .* log(1 - h))), every output row a sigmoid"),
    Row("coursework_regularised", SAMPLES, "binary_cross_entropy", "Octave coursework",
        "adds lambda/(2*m) * the sum of squared weights, bias column left out: L2(lambda)"),
    Row("coursework_sum", HALF_SUM, "squared_error", "Octave coursework",
        "C = 1/2 * sum((a - y) .^ 2): delta = (a - y) .* a .* (1 - a) has no 1/m"),
    Row("pytorch_mse", ELEMENTS, "squared_error", "PyTorch", "MSELoss(), reduction='mean'"),
    Row("pytorch_l1", ELEMENTS, "absolute", "PyTorch", "L1Loss(), reduction='mean'"),
    Row("pytorch_huber", ELEMENTS, "huber", "PyTorch", "HuberLoss(), reduction='mean'"),
    Row("pytorch_crossentropy", SAMPLES, "cross_entropy", "PyTorch",
        "CrossEntropyLoss() takes logits; its mean with class weights divides by the targets' weights"),
    Row("pytorch_bce", ELEMENTS, "binary_cross_entropy", "PyTorch",
        "BCELoss() and, from logits, BCEWithLogitsLoss()"),
    Row("pytorch_kl", ELEMENTS, "kl", "PyTorch",
        "KLDivLoss() takes log-probabilities; reduction='batchmean' divides by samples"),
    Row("pytorch_poisson", ELEMENTS, "poisson", "PyTorch",
        "PoissonNLLLoss() takes log-rates unless log_input=False"),
    Row("sklearn_mse", HALF_ELEMENTS, "squared_error", "scikit-learn",
        "the value of MLPRegressor's loss_; its gradient is that of sklearn_mse_gradient (issue 8349)"),
    Row("sklearn_mse_gradient", HALF_SAMPLES, "squared_error", "scikit-learn",
        "what MLPRegressor descends: K times the gradient of its own loss_"),
    Row("sklearn_crossentropy", SAMPLES, "cross_entropy", "scikit-learn",
        "log_loss; MLPClassifier with three classes or more"),
    Row("sklearn_bce", SAMPLES, "binary_cross_entropy", "scikit-learn",
        "MLPClassifier with two classes or several labels"),
    Row("optax_mse", ELEMENTS, "squared_error", "optax",
        "squared_error(a, y).mean(): the reduction is the caller's"),
    Row("optax_l2", HALF_ELEMENTS, "squared_error", "optax", "l2_loss(a, y).mean(): this one has the half"),
    Row("optax_crossentropy", SAMPLES, "cross_entropy", "optax",
        "softmax_cross_entropy(logits, y).mean(): one value a sample"),
    Row("optax_bce", ELEMENTS, "binary_cross_entropy", "optax",
        "sigmoid_binary_cross_entropy(logits, y).mean(): one value an element"),
    Row("netlab_mse", HALF_SUM, "squared_error", "Netlab", "mlperr with 'linear' outputs: 1/2 and no 1/N"),
    Row("netlab_crossentropy", SUM, "cross_entropy", "Netlab", "mlperr with 'softmax' outputs: no 1/N"),
    Row("netlab_bce", SUM, "binary_cross_entropy", "Netlab", "mlperr with 'logistic' outputs: no 1/N"),
)  # fmt: skip
# The software's name alone means its squared error.
ALIASES = {
    name: f"{name}_mse"
    for name in ("matlab_network", "matlab_dlarray", "coursework", "pytorch", "sklearn", "optax", "netlab")
}
NAMED: dict[str, Row] = {row.name: row for row in ROWS}
NAMED |= {alias: NAMED[name] for alias, name in ALIASES.items()}
CONVENTIONS: dict[str, Convention] = {name: row.convention for name, row in NAMED.items()}


def get_row(name: str) -> Row:
    """The row of that name or alias. Raises ArgumentError."""
    if not isinstance(name, str) or name not in NAMED:
        raise ArgumentError(f"no convention is called {name!r}; there are {', '.join(NAMED)}")
    return NAMED[name]


def get_convention(convention: str | Convention) -> Convention:
    """The convention of that name, or itself. Raises ArgumentError."""
    return convention if isinstance(convention, Convention) else get_row(convention).convention


def conversion(have: str | Convention, want: str | Convention, K: int, N: int) -> Fraction:
    """The exact factor from a loss (or gradient) under `have` to one under `want`, for K x N outputs."""
    return get_convention(want).factor(K, N) / get_convention(have).factor(K, N)
