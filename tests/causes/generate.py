"""Instances of every cause: what the right NumPy computes, what the wrong NumPy computes, from random data.

Nothing here is taken from the rules: every maker restates the MATLAB idiom and the mistake on its own, with random
shapes, values, magnitudes and precision, so that it can judge them.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy import signal
from scipy.linalg import qr

Array = np.ndarray[Any, Any]
ARRAYS, INPUTS, NEVER = "arrays", "inputs", "never"


@dataclass(frozen=True)
class Instance:
    """One wrong port: `codes` names its mistakes; `told_by` says what determines them."""

    codes: tuple[str, ...]
    want: Array
    got: Array
    inputs: Mapping[str, Any] = field(default_factory=dict)
    told_by: str = ARRAYS


@dataclass(frozen=True)
class Source:
    """Random data of one precision and magnitude."""

    rng: np.random.Generator
    dtype: type = np.float64
    magnitude: float = 1.0

    def size(self, low: int = 2, high: int = 9) -> int:
        return int(self.rng.integers(low, high + 1))

    def sizes(self, low: int = 2, high: int = 9) -> tuple[int, int]:
        """Two different sizes."""
        first = self.size(low, high)
        second = self.size(low, high)
        return (first, second) if first != second else (first, second + 1)

    def matrix(self, *shape: int) -> Array:
        return (self.rng.standard_normal(shape) * self.magnitude).astype(self.dtype)

    def unit(self, *shape: int) -> Array:
        """Numbers of moderate size, where the magnitude has no place: logits, probabilities, rates."""
        return self.rng.standard_normal(shape).astype(self.dtype)

    def column(self, low: int = 4, high: int = 20) -> Array:
        return self.matrix(self.size(low, high), 1)

    def fraction(self, low: float = 0.05, high: float = 0.95) -> float:
        return float(self.rng.uniform(low, high))

    def probabilities(self, *shape: int) -> Array:
        return softmax(self.unit(*shape), 0)

    def one_hot(self, outputs: int, samples: int) -> Array:
        return np.eye(outputs, dtype=self.dtype)[:, self.rng.integers(0, outputs, samples)]

    def definite(self, n: int) -> Array:
        a = self.matrix(n, n + 2)
        return (a @ a.T / self.magnitude).astype(self.dtype)


Maker = Callable[[Source], Instance]
MAKERS: dict[str, Maker] = {}


def makes(code: str, told_by: str = ARRAYS) -> Callable[[Callable[[Source], tuple[Any, ...]]], Maker]:
    """Register a maker that returns (want, got, inputs)."""

    def register(make: Callable[[Source], tuple[Any, ...]]) -> Maker:
        def maker(source: Source) -> Instance:
            with np.errstate(all="ignore"):
                want, got, inputs = make(source)
            return Instance((code,), np.asarray(want), np.asarray(got), inputs, told_by)

        MAKERS[code] = maker
        return maker

    return register


def softmax(z: Array, axis: int) -> Array:
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


# Layout ---------------------------------------------------------------------------------------------------------------


@makes("L01")
def samples_in_rows(s: Source) -> tuple[Any, ...]:
    outputs, samples = s.sizes()
    w, x = s.matrix(outputs, s.size()), None
    x = s.matrix(w.shape[1], samples)
    return w @ x, x.T @ w.T, {"W1": w, "X": x}


@makes("L02")
def forgotten_transpose(s: Source) -> tuple[Any, ...]:
    n = s.size(2, 12)
    a = s.matrix(n, n)
    return a.T, a.copy(), {"S": a}


@makes("L03")
def reshape_by_rows(s: Source) -> tuple[Any, ...]:
    rows, columns = s.sizes(2, 8)
    x = s.matrix(columns, rows) if s.rng.random() < 0.5 else s.matrix(rows * columns, 1)
    return x.reshape(rows, columns, order="F"), x.reshape(rows, columns), {"x": x}


@makes("L04")
def flatten_by_rows(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(2, 9), s.size(2, 9))
    return a.reshape(-1, 1, order="F"), a.reshape(-1, 1), {"A": a}


@makes("L05")
def unroll_by_rows(s: Source) -> tuple[Any, ...]:
    blocks = [s.matrix(s.size(2, 6), s.size(2, 6)) for _ in range(s.size(2, 3))]
    right = np.concatenate([b.ravel(order="F") for b in blocks]).reshape(-1, 1)
    wrong = np.concatenate([b.ravel() for b in blocks]).reshape(-1, 1)
    return right, wrong, {f"W{i}": b for i, b in enumerate(blocks)}


@makes("L06")
def reshape_stack_by_rows(s: Source) -> tuple[Any, ...]:
    shape = (s.size(2, 4), s.size(2, 5), s.size(2, 4))
    x = s.matrix(shape[0] * shape[1], shape[2]) if s.rng.random() < 0.5 else s.matrix(int(np.prod(shape)), 1)
    return x.reshape(shape, order="F"), x.reshape(shape), {"x": x}


@makes("L07", INPUTS)
def mask_by_rows(s: Source) -> tuple[Any, ...]:
    while True:
        a = s.matrix(s.size(3, 7), s.size(3, 7))
        right, wrong = a.T[(a > 0).T].reshape(-1, 1), a[a > 0].reshape(-1, 1)
        if not np.array_equal(right, wrong):
            return right, wrong, {"A": a}


@makes("L08")
def find_by_rows(s: Source) -> tuple[Any, ...]:
    while True:
        a = s.matrix(s.size(3, 8), s.size(3, 8))
        right, wrong = np.flatnonzero((a > 0).ravel(order="F")) + 1, np.flatnonzero(a > 0) + 1
        if right.size > 5 and not np.array_equal(right, wrong):
            return right.reshape(-1, 1).astype(float), wrong.reshape(-1, 1), {"A": a}


@makes("L09")
def dropped_dimension(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(), s.size())
    return (a[:, [0]], a[:, 0], {"A": a}) if s.rng.random() < 0.7 else (a[[0], :], a[0, :], {"A": a})


@makes("L10")
def row_for_column(s: Source) -> tuple[Any, ...]:
    v = s.column(2, 12)
    return v, v.reshape(1, -1), {"v": v}


@makes("L11")
def scalar_without_dimensions(s: Source) -> tuple[Any, ...]:
    lam = s.matrix(1, 1)
    return lam, lam[0, 0], {"lambda": lam}


@makes("L12")
def repeated_for_tiled(s: Source) -> tuple[Any, ...]:
    v, copies = s.column(2, 8), s.size(2, 4)
    if s.rng.random() < 0.5:
        return np.tile(v.T, (1, copies)), np.repeat(v.T, copies, axis=1), {"v": v}
    return np.tile(v, (copies, 1)), np.repeat(v, copies, axis=0), {"v": v}


@makes("L13")
def transposed_grid(s: Source) -> tuple[Any, ...]:
    m, n = s.sizes(2, 8)
    x, y = np.arange(m) * s.magnitude, np.arange(n) * s.magnitude
    which = int(s.rng.integers(2))
    right, wrong = np.meshgrid(x, y)[which], np.meshgrid(x, y, indexing="ij")[which]
    return right.astype(s.dtype), wrong.astype(s.dtype), {"x": x.reshape(1, -1), "y": y.reshape(1, -1)}


@makes("L14")
def paired_index(s: Source) -> tuple[Any, ...]:
    a, k = s.matrix(s.size(5, 9), s.size(5, 9)), s.size(2, 4)
    rows, columns = s.rng.choice(a.shape[0], k, False), s.rng.choice(a.shape[1], k, False)
    return a[np.ix_(rows, columns)], a[rows, columns], {"A": a}


# Indices --------------------------------------------------------------------------------------------------------------


@makes("I01")
def copied_slice(s: Source) -> tuple[Any, ...]:
    v = s.column(8, 20)
    start, stop = s.size(1, 3), s.size(5, 8)
    return v[start : stop + 1], v[start + 1 : stop + 1], {"v": v}


@makes("I02")
def excluded_end(s: Source) -> tuple[Any, ...]:
    n, step = s.size(3, 20), s.magnitude
    whole = (np.arange(n + 1) * step).astype(s.dtype).reshape(1, -1)
    return whole, whole[:, :-1], {}


@makes("I03", INPUTS)
def index_from_one(s: Source) -> tuple[Any, ...]:
    v = s.column(8, 20)
    idx = s.rng.integers(1, len(v), s.size(3, 10))
    return v[idx - 1], v[idx], {"v": v, "idx": idx.reshape(-1, 1).astype(float)}


@makes("I04")
def labels_from_zero(s: Source) -> tuple[Any, ...]:
    z = s.matrix(s.size(3, 8), s.size(4, 12))
    p = z.argmax(axis=0).reshape(1, -1)
    return (p + 1).astype(s.rng.choice([np.float64, np.int64])), p, {"Z": z}


@makes("I05")
def rotated_labels(s: Source) -> tuple[Any, ...]:
    k = s.size(3, 10)
    y = s.rng.integers(1, k + 1, s.size(5, 20))
    return np.eye(k)[:, y - 1], np.eye(k)[:, y % k], {"y": y.reshape(-1, 1).astype(float)}


@makes("I06")
def lagging_history(s: Source) -> tuple[Any, ...]:
    w, lr, target = s.magnitude * s.fraction(), s.fraction(0.01, 0.4), s.magnitude * s.fraction()
    aim = target if s.rng.random() < 0.5 else 0.0
    before, after = [], []
    for _ in range(s.size(5, 30)):
        before.append(w)
        w -= lr * (w - aim)
        after.append(w)
    column = [np.array(h, s.dtype).reshape(-1, 1) for h in (after, before)]
    return *column, {}


@makes("I07")
def short_loop(s: Source) -> tuple[Any, ...]:
    right = s.column(4, 20) if s.rng.random() < 0.6 else s.matrix(s.size(3, 8), s.size(2, 6))
    wrong = right.copy()
    wrong[-1] = 0
    return right, wrong, {}


# Axes -----------------------------------------------------------------------------------------------------------------


@makes("A01")
def total_of_all(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(), s.size(3, 9))
    how = np.sum if s.rng.random() < 0.5 else np.mean
    return how(a, axis=0, keepdims=True), how(a), {"A": a}


@makes("A02")
def maximum_of_all(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(), s.size(3, 9))
    return a.max(axis=0, keepdims=True), a.max(), {"A": a}


@makes("A03", INPUTS)
def other_sum(s: Source) -> tuple[Any, ...]:
    n = s.size(3, 9)
    a = s.matrix(n, n)
    how = [np.sum, np.mean, np.max][s.rng.integers(3)]
    return how(a, axis=0, keepdims=True), how(a, axis=1, keepdims=True).T, {"S": a}


@makes("A04")
def centred_by_columns(s: Source) -> tuple[Any, ...]:
    n = s.size(3, 9)
    a = s.matrix(n, n)
    return a - a.mean(axis=1, keepdims=True), a - a.mean(axis=1), {"S": a}


@makes("A05")
def sorted_rows(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(3, 9), s.size(3, 9))
    return np.sort(a, axis=0), np.sort(a), {"A": a}


@makes("A06")
def flat_cumulation(s: Source) -> tuple[Any, ...]:
    if s.rng.random() < 0.6:
        a = s.matrix(s.size(3, 8), s.size(2, 8))
        return np.cumsum(a, axis=0), np.cumsum(a), {"A": a}
    a = (1 + 0.3 * s.unit(s.size(3, 5), s.size(2, 4))).astype(s.dtype)
    return np.cumprod(a, axis=0), np.cumprod(a), {"A": a}


@makes("A07")
def row_differences(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(3, 8), s.size(3, 8))
    return np.diff(a, axis=0), np.diff(a), {"A": a}


@makes("A08")
def row_transform(s: Source) -> tuple[Any, ...]:
    a = s.matrix(s.size(3, 9), s.size(3, 9))
    return np.fft.fft(a, axis=0), np.fft.fft(a), {"A": a}


@makes("A09", INPUTS)
def other_covariance(s: Source) -> tuple[Any, ...]:
    x = s.matrix(*s.sizes(3, 9))
    return np.cov(x.T, rowvar=False), np.cov(x.T), {"X": x}


@makes("A10")
def softmax_over_samples(s: Source) -> tuple[Any, ...]:
    z = 2 * s.unit(s.size(2, 8), s.size(2, 9))
    return softmax(z, 0), softmax(z, 1), {"Z": z}


@makes("A11")
def softmax_over_batch(s: Source) -> tuple[Any, ...]:
    z = 2 * s.unit(s.size(2, 8), s.size(2, 9))
    q = np.exp(z - z.max())
    return softmax(z, 0), q / q.sum(), {"Z": z}


# Scale ----------------------------------------------------------------------------------------------------------------


def gradient(s: Source, least: int = 3) -> tuple[Array, Array, Array]:
    samples = s.size(least, 40)
    d, x = s.matrix(s.size(2, 6), samples), s.unit(s.size(2, 8), samples)
    return d, x, d @ x.T


@makes("S01")
def no_mean(s: Source) -> tuple[Any, ...]:
    d, x, g = gradient(s)
    return g / x.shape[1], g, {"D": d, "X": x}


@makes("S02")
def mean_twice(s: Source) -> tuple[Any, ...]:
    d, x, g = gradient(s)
    return g / x.shape[1], g / x.shape[1] ** 2, {"D": d, "X": x}


def outputs_and_targets(s: Source, least: int = 3) -> tuple[Array, Array]:
    outputs, samples = s.size(least, 8), s.size(9, 30)
    return s.matrix(outputs, samples), s.matrix(outputs, samples)


@makes("S03")
def no_half(s: Source) -> tuple[Any, ...]:
    y, p = outputs_and_targets(s)
    loss = ((y - p) ** 2).sum() / y.shape[1]
    return np.array([[loss / 2]]), np.array([[loss]]), {"Y": y, "Pm": p}


@makes("S04")
def mean_over_samples(s: Source) -> tuple[Any, ...]:
    y, p = outputs_and_targets(s)
    squares = (y - p) ** 2
    return np.array([[squares.mean()]]), np.array([[squares.sum() / y.shape[1]]]), {"Y": y, "Pm": p}


@makes("S05")
def std_over_n(s: Source) -> tuple[Any, ...]:
    v = s.column(3, 60)
    return np.array([[v.std(ddof=1)]]), np.array([[v.std()]]), {"v": v}


@makes("S06")
def var_over_n(s: Source) -> tuple[Any, ...]:
    v = s.column(3, 60)
    return np.array([[v.var(ddof=1)]]), np.array([[v.var()]]), {"v": v}


@makes("S07")
def zscore_over_n(s: Source) -> tuple[Any, ...]:
    x = s.matrix(s.size(2, 8), s.size(3, 40))
    off = x - x.mean(1, keepdims=True)
    return off / x.std(1, keepdims=True, ddof=1), off / x.std(1, keepdims=True), {"X": x}


@makes("S08")
def bits_for_nats(s: Source) -> tuple[Any, ...]:
    p = s.probabilities(s.size(2, 8), s.size(3, 12))
    y = s.one_hot(*p.shape)
    return np.array([[-(y * np.log(p)).sum()]]), np.array([[-(y * np.log2(p)).sum()]]), {"Y": y, "Ps": p}


def momentum(s: Source) -> tuple[float, float, Array, Array]:
    shape = (s.size(2, 6), s.size(2, 6))
    return s.fraction(0.5, 0.95), s.fraction(0.01, 0.3), s.matrix(*shape), s.matrix(*shape)


@makes("S09", INPUTS)
def unweighted_gradient(s: Source) -> tuple[Any, ...]:
    mc, lr, dp, g = momentum(s)
    inputs = {"mc": mc, "lr": lr, "dp": dp, "g": g}
    return (mc * dp + lr * (1 - mc) * g).astype(s.dtype), (mc * dp + lr * g).astype(s.dtype), inputs


@makes("S10", INPUTS)
def unscaled_inputs(s: Source) -> tuple[Any, ...]:
    x, w = s.matrix(s.size(2, 6), s.size(3, 9)), None
    w = s.unit(s.size(2, 6), len(x))
    low, high = x.min(1, keepdims=True), x.max(1, keepdims=True)
    return w @ (2 * (x - low) / (high - low) - 1), w @ x, {"W1b": w, "X": x}


# Matrix operations ----------------------------------------------------------------------------------------------------


def squares(s: Source, least: int = 2) -> tuple[Array, Array]:
    n = s.size(least, 8)
    return s.matrix(n, n), s.matrix(n, n)


@makes("M01", INPUTS)
def elementwise_product(s: Source) -> tuple[Any, ...]:
    a, b = squares(s)
    return a @ b, a * b, {"S": a, "S2": b}


@makes("M02", INPUTS)
def elementwise_power(s: Source) -> tuple[Any, ...]:
    a, _ = squares(s)
    return a @ a, a**2, {"S": a}


@makes("M03", INPUTS)
def elementwise_quotient(s: Source) -> tuple[Any, ...]:
    a, b = squares(s)
    b = (b + 3 * s.magnitude * np.eye(len(b))).astype(s.dtype)
    return np.linalg.solve(b.T, a.T).T, a / b, {"S": a, "S2": b}


@makes("M04")
def lost_conjugate(s: Source) -> tuple[Any, ...]:
    shape = s.size(2, 8), s.size(2, 8)
    z = s.matrix(*shape) + 1j * s.matrix(*shape)
    return z.conj().T, z.T, {"Zc": z}


@makes("M05")
def lost_outer(s: Source) -> tuple[Any, ...]:
    v = s.column(3, 12)
    flat = v.ravel()
    return v @ v.T, flat * flat.T, {"v": v}


@makes("M06")
def all_pairs(s: Source) -> tuple[Any, ...]:
    p = s.column(3, 12)
    t = s.matrix(*p.shape)
    return p - t, p - t.ravel(), {"p": p, "t": t}


@makes("M07", INPUTS)
def loss_of_all_pairs(s: Source) -> tuple[Any, ...]:
    p = s.column(3, 12)
    t = s.matrix(*p.shape)
    return np.array([[((p - t) ** 2).sum()]]), np.array([[((p - t.ravel()) ** 2).sum()]]), {"p": p, "t": t}


@makes("M08", INPUTS)
def frobenius_norm(s: Source) -> tuple[Any, ...]:
    a, _ = squares(s)
    return np.array([[np.linalg.norm(a, 2)]]), np.array([[np.linalg.norm(a)]]), {"S": a}


@makes("M09", INPUTS)
def product_for_dots(s: Source) -> tuple[Any, ...]:
    a, b = squares(s)
    return (a * b).sum(axis=0, keepdims=True), np.dot(a, b), {"S": a, "S2": b}


@makes("M10")
def transposed_vectors(s: Source) -> tuple[Any, ...]:
    a, _ = squares(s, 3)
    vh = np.linalg.svd(a)[2]
    return vh.T, vh, {"S": a}


@makes("M11")
def other_signs(s: Source) -> tuple[Any, ...]:
    _, v = np.linalg.eigh(s.definite(s.size(3, 8)))
    v = v * np.sign(v[0])
    if s.rng.random() < 0.5:
        return v, -v, {}
    return v, v * np.where(np.arange(v.shape[1]) % 2, -1.0, 1.0).astype(s.dtype), {}


@makes("M12")
def other_eigenvalue_order(s: Source) -> tuple[Any, ...]:
    sy = s.definite(s.size(3, 9))
    e = np.linalg.eigvalsh(sy).reshape(-1, 1)
    return e, e[::-1], {"Sy": sy}


@makes("M13")
def lower_factor(s: Source) -> tuple[Any, ...]:
    pd = s.definite(s.size(2, 8))
    low = np.linalg.cholesky(pd)
    return low.T, low, {"Pd": pd}


def image_and_kernel(s: Source, even: bool) -> tuple[Array, Array]:
    sides = ((2, 2), (2, 4), (4, 4), (4, 2)) if even else ((3, 3), (3, 5), (2, 3), (2, 2))
    return s.matrix(s.size(6, 12), s.size(6, 12)), s.unit(*sides[s.rng.integers(len(sides))])


@makes("M14")
def early_centre(s: Source) -> tuple[Any, ...]:
    a, k = image_and_kernel(s, even=True)
    late = np.rot90(signal.convolve2d(np.rot90(a, 2), np.rot90(k, 2), mode="same"), 2)
    return late, signal.convolve2d(a, k, mode="same"), {"A": a, "ke": k}


@makes("M15", INPUTS)
def unflipped_kernel(s: Source) -> tuple[Any, ...]:
    a, k = image_and_kernel(s, even=False)
    return signal.convolve2d(a, k, mode="valid"), signal.correlate2d(a, k, mode="valid"), {"A": a, "k3": k}


@makes("M16")
def shortest_solution(s: Source) -> tuple[Any, ...]:
    columns, rank = s.size(4, 8), 2
    a = s.unit(s.size(6, 9), rank).astype(float) @ s.unit(rank, columns).astype(float)
    b = s.magnitude * s.unit(len(a), 1).astype(float)
    q, r, p = qr(a, pivoting=True, mode="economic")
    basic = np.zeros((columns, 1))
    basic[p[:rank]] = np.linalg.solve(r[:rank, :rank], (q.T @ b)[:rank])
    return basic, np.linalg.lstsq(a, b, rcond=1e-10)[0], {"Ar": a, "br": b}


# Networks -------------------------------------------------------------------------------------------------------------


@makes("N01")
def flipped_sign(s: Source) -> tuple[Any, ...]:
    d, x, g = gradient(s)
    return g / x.shape[1], -g / x.shape[1], {"D": d, "X": x}


@makes("N02", INPUTS)
def added_step(s: Source) -> tuple[Any, ...]:
    w, lr = s.matrix(s.size(2, 6), s.size(2, 6)), s.fraction(0.01, 0.5)
    g = s.matrix(*w.shape)
    return (w - lr * g).astype(s.dtype), (w + lr * g).astype(s.dtype), {"W1": w, "lr": lr, "g5": g}


def with_bias(s: Source) -> tuple[Array, Array, Array]:
    x = s.matrix(s.size(2, 6), s.size(3, 12))
    w = s.unit(s.size(2, 6), len(x) + 1)
    w[:, 0] *= s.magnitude
    return w, x, np.ones((1, x.shape[1]), s.dtype)


@makes("N03")
def no_bias(s: Source) -> tuple[Any, ...]:
    w, x, ones = with_bias(s)
    return w @ np.vstack([ones, x]), w[:, 1:] @ x, {"Wb": w, "X": x}


@makes("N04", INPUTS)
def bias_last(s: Source) -> tuple[Any, ...]:
    w, x, ones = with_bias(replace(s, magnitude=1.0))
    return w @ np.vstack([ones, x]), w @ np.vstack([x, ones]), {"Wb": w, "X": x}


@makes("N05")
def penalised_bias(s: Source) -> tuple[Any, ...]:
    w, lam = s.matrix(s.size(2, 7), s.size(2, 8)), s.fraction(0.01, 2)
    g = s.matrix(*w.shape)
    rest = w.copy()
    rest[:, 0] = 0
    return (g + lam * rest).astype(s.dtype), (g + lam * w).astype(s.dtype), {"Wb": w, "gb": g, "lambda": lam}


@makes("N06")
def slope_of_activation(s: Source) -> tuple[Any, ...]:
    z = 2 * s.unit(s.size(2, 7), s.size(2, 9))
    a = sigmoid(z)
    twice = sigmoid(a)
    return a * (1 - a), twice * (1 - twice), {"Zz": z}


def targets(s: Source, shape: tuple[int, ...]) -> Array:
    return s.one_hot(*shape) if s.rng.random() < 0.7 else s.rng.random(shape).astype(s.dtype)


@makes("N07", INPUTS)
def missing_slope(s: Source) -> tuple[Any, ...]:
    p = sigmoid(s.unit(s.size(2, 6), s.size(2, 9)))
    y = targets(s, p.shape)
    return (p - y) * p * (1 - p), p - y, {"Pm": p, "Y": y}


@makes("N08", INPUTS)
def extra_slope(s: Source) -> tuple[Any, ...]:
    p = sigmoid(s.unit(s.size(2, 6), s.size(2, 9)))
    y = targets(s, p.shape)
    return p - y, (p - y) * p * (1 - p), {"Pm": p, "Y": y}


@makes("N09", INPUTS)
def newer_weights(s: Source) -> tuple[Any, ...]:
    outputs, hidden, samples = s.size(2, 5), s.size(3, 7), s.size(3, 12)
    w, d, h = s.unit(outputs, hidden), s.unit(outputs, samples), sigmoid(s.unit(hidden, samples))
    lr = s.fraction(0.01, 0.3)
    newer = (w - lr * (d @ h.T)).astype(s.dtype)
    return w.T @ d, newer.T @ d, {"W2": w, "D2": d, "H": h, "lr": lr}


@makes("N10", INPUTS)
def online_for_batch(s: Source) -> tuple[Any, ...]:
    p, lr, start = s.unit(s.size(3, 12), 1).astype(float), s.fraction(0.05, 0.5), s.fraction()
    t = s.unit(*p.shape).astype(float)
    batch = start - lr * np.mean((start * p - t) * p)
    w = start
    for x, y in zip(p.ravel().tolist(), t.ravel().tolist(), strict=True):
        w -= lr * ((w * x - y) * x) / p.size
    return np.array([[batch]]), np.array([[w]]), {"p": p, "t": t, "lr": np.array([[lr]])}


@makes("N11", NEVER)
def one_sided(s: Source) -> tuple[Any, ...]:
    h, z = 10.0 ** -s.size(3, 6), s.unit(2, s.size(2, 6)).astype(float)
    return (np.exp(z + h) - np.exp(z - h)) / (2 * h), (np.exp(z + h) - np.exp(z)) / h, {"h": h, "z": z}


# Number formats -------------------------------------------------------------------------------------------------------


@makes("F01")
def port_in_single(s: Source) -> tuple[Any, ...]:
    d, x, g = gradient(replace(s, dtype=np.float64))
    single = d.astype(np.float32) @ x.T.astype(np.float32)
    return g, single if s.rng.random() < 0.5 else single.astype(float), {"D": d, "X": x}


@makes("F02")
def reference_in_single(s: Source) -> tuple[Any, ...]:
    d, x, g = gradient(replace(s, dtype=np.float64))
    return g.astype(np.float32).astype(float), g, {"D": d, "X": x}


@makes("F03")
def few_digits(s: Source) -> tuple[Any, ...]:
    v = replace(s, dtype=np.float64, magnitude=1.0).column(3, 15)
    if s.rng.random() < 0.6:
        return np.floor(v * 1e4 + 0.5) / 1e4, v, {"v": v}
    v = v * s.magnitude
    return np.array([[float(f"{x:.7e}")] for x in v.ravel()]), v, {"v": v}


@makes("F04")
def integer_array(s: Source) -> tuple[Any, ...]:
    right = s.rng.integers(-9, 100, (s.size(1, 3), s.size(3, 8))).astype(float)
    places = s.rng.random(right.shape) < 0.4
    places.flat[0] = True
    values = np.where(places, right + s.fraction(), right)
    wrong = right.astype(int)
    wrong[places] = values[places].astype(int)
    return values, wrong, {}


@makes("F05")
def wrapped_sum(s: Source) -> tuple[Any, ...]:
    kind = [np.uint8, np.int16, np.uint16][s.rng.integers(3)]
    top = np.iinfo(kind).max
    columns = s.size(4, 10)
    a, b = (s.rng.integers(0, top, (2, columns), endpoint=True).astype(kind) for _ in range(2))
    a[0, 0], b[0, 0], a[1, 0], b[1, 0] = top - 3, 90, 5, 6
    right = np.clip(a.astype(int) + b, np.iinfo(kind).min, top).astype(kind)
    return right, a + b, {"u8a": a, "u8b": b}


def away(a: Array) -> Array:
    return np.sign(a) * np.floor(np.abs(a) + 0.5)


@makes("F06")
def truncated(s: Source) -> tuple[Any, ...]:
    h = (s.rng.standard_normal((2, s.size(5, 10))) * 20).round(2)
    h[0, :2] = (3.75, -4.8)
    h[1, :2] = (2.25, 6.6)
    return away(h).astype(np.int32), h.astype(np.int32), {"h5": h}


@makes("F07")
def half_to_even(s: Source) -> tuple[Any, ...]:
    h = s.rng.integers(-20, 20, (2, s.size(5, 10))) / 2
    h[0, :3] = (0.5, -2.5, 3.25)
    return away(h), np.round(h), {"h5": h}


@makes("F08")
def wrapped_labels(s: Source) -> tuple[Any, ...]:
    y = s.rng.integers(0, 11, (1, s.size(5, 15))).astype(float)
    y[0, 0] = 5
    return 1 - y, 1 - y.astype(np.uint8), {"y": y}


@makes("F09")
def floored_remainder(s: Source) -> tuple[Any, ...]:
    divisor = float(s.size(2, 7))
    n = s.rng.integers(-30, 30, (1, s.size(6, 14))).astype(float)
    n[0, :3] = (-1, -1 - divisor, 1)
    if s.rng.random() < 0.5:
        n += s.fraction(0.1, 0.4)
    return np.fmod(n, divisor), n % divisor, {"nn": n}


@makes("F10")
def nan_for_complex(s: Source) -> tuple[Any, ...]:
    n = s.matrix(s.size(2, 5), s.size(3, 6))
    n.flat[:2] = -abs(n.flat[0]), abs(n.flat[1])
    root, plain = (np.emath.sqrt, np.sqrt) if s.rng.random() < 0.5 else (np.emath.log, np.log)
    return root(n), plain(n), {"nn": n}


@makes("F11", INPUTS)
def nan_maximum(s: Source) -> tuple[Any, ...]:
    v = s.column(4, 10)
    v[s.rng.integers(len(v))] = np.nan
    return np.array([[np.nanmax(v)]]), np.array([[v.max()]]), {"vn": v}


@makes("F12")
def overflowing_softmax(s: Source) -> tuple[Any, ...]:
    z = (2 * s.unit(s.size(3, 8), s.size(1, 4))).astype(s.dtype)
    z[: s.size(1, 2), 0] += 2000
    q = np.exp(z)
    return softmax(z, 0), q / q.sum(axis=0, keepdims=True), {"zb": z}


@makes("F13", INPUTS)
def zero_log_zero(s: Source) -> tuple[Any, ...]:
    p = s.probabilities(s.size(3, 6), 1).astype(float)
    p[0] += p[-1]
    p[-1] = 0
    t = np.zeros_like(p)
    t[s.rng.integers(len(p) - 1)] = 1
    guarded = -(t * np.log(np.maximum(p, np.finfo(float).tiny))).sum()
    return np.array([[guarded]]), np.array([[-(t * np.log(p)).sum()]]), {"t0": t, "p0": p}


@makes("F14", INPUTS)
def linear_percentile(s: Source) -> tuple[Any, ...]:
    v, share = s.column(6, 25), float(s.rng.choice([10, 25, 30, 60, 75, 90, 95]))
    wrong = np.percentile(v, share)
    return np.array([[np.percentile(v, share, method="hazen")]]), np.array([[wrong]]), {"v": v, "p": share}


@makes("F15", INPUTS)
def bitwise_and(s: Source) -> tuple[Any, ...]:
    n = s.rng.integers(0, 8, (1, s.size(6, 14))).astype(float)
    n[0, :4] = (0, 4, 3, 2)
    return np.logical_and(3, n).astype(float), (3 & n.astype(int)).astype(float), {"nz": n}


@makes("F16")
def other_order(s: Source) -> tuple[Any, ...]:
    while True:
        v = s.column(200, 2000)
        right, wrong = v.sum(), np.cumsum(v[s.rng.permutation(len(v))])[-1]
        if right != wrong:
            return np.array([[right]]), np.array([[wrong]]), {"lv": v}


@makes("F17", INPUTS)
def aliased(s: Source) -> tuple[Any, ...]:
    v = s.column(4, 20)
    wrong = v.copy()
    wrong[0] = 0
    return v, wrong, {"v": v}


# Random numbers -------------------------------------------------------------------------------------------------------


@makes("R01")
def draws_by_rows(s: Source) -> tuple[Any, ...]:
    shape = s.sizes(2, 7)
    twister = random.Random(int(s.rng.integers(0, 1000)))
    draws = np.array([twister.random() for _ in range(shape[0] * shape[1])])
    return draws.reshape(shape, order="F"), draws.reshape(shape), {}


@makes("R02")
def word_seed(s: Source) -> tuple[Any, ...]:
    seed, n = int(s.rng.integers(0, 1000)), s.size(4, 12)
    twister = random.Random(seed)
    right = np.array([[twister.random() for _ in range(n)]])
    return right, np.random.RandomState(seed).rand(1, n), {}


@makes("R03")
def other_generator(s: Source) -> tuple[Any, ...]:
    seed, n = int(s.rng.integers(0, 1000)), s.size(4, 12)
    right = np.random.RandomState(seed).rand(1, n)
    return right, np.random.default_rng(seed).random((1, n)), {}


@makes("R04")
def other_normals(s: Source) -> tuple[Any, ...]:
    seed, shape = int(s.rng.integers(0, 1000)), (s.size(1, 4), s.size(4, 9))
    right = np.random.default_rng([seed, 1]).standard_normal(shape)
    return right, np.random.RandomState(seed).randn(*shape), {}


@makes("R05")
def other_permutation(s: Source) -> tuple[Any, ...]:
    seed, n = int(s.rng.integers(0, 1000)), s.size(6, 30)
    right = np.argsort(np.random.RandomState(seed).random_sample(n)) + 1
    return right.reshape(1, -1), np.random.RandomState(seed).permutation(n).reshape(1, -1), {}


@makes("G01", INPUTS)
def no_antialiasing(s: Source) -> tuple[Any, ...]:
    rows, columns = 2 * s.size(4, 9), 2 * s.size(4, 9)
    smooth = signal.convolve2d(
        s.matrix(rows + 4, columns + 4).astype(float), np.ones((5, 5)) / 25, mode="valid"
    )
    return shrunk(smooth, -0.5, 2.0), shrunk(smooth, -0.75, 1.0), {"I": smooth}


def shrunk(image: Array, a: float, width: float) -> Array:
    """Half the size, bicubic, pixel by pixel, with the edges mirrored."""

    def kernel(x: float) -> float:
        x = abs(x)
        if x <= 1:
            return (a + 2) * x**3 - (a + 3) * x**2 + 1
        return a * (x**3 - 5 * x**2 + 8 * x - 4) if x < 2 else 0.0

    def line(values: Array) -> Array:
        n = len(values)
        out = []
        for i in range(n // 2):
            middle = 2 * i + 0.5
            places = np.arange(int(middle - 2 * width) - 1, int(middle + 2 * width) + 3)
            weights = np.array([kernel((p - middle) / width) for p in places])
            mirrored = np.where(places < 0, -1 - places, np.where(places >= n, 2 * n - 1 - places, places))
            out.append((weights / weights.sum()) @ values[mirrored])
        return np.array(out)

    return line(line(image).T).T


@makes("G02", INPUTS)
def other_momentum_factor(s: Source) -> tuple[Any, ...]:
    mc, lr, dp, g = momentum(s)
    inputs = {"mc": mc, "lr": lr, "dX": dp, "g": g}
    return (mc * dp + lr * mc * g).astype(s.dtype), (mc * dp + lr * g).astype(s.dtype), inputs


@makes("G03")
def whitening_by_pca(s: Source) -> tuple[Any, ...]:
    spread, u = np.linalg.eigh(s.definite(s.size(3, 7)))
    return (u / np.sqrt(spread)) @ u.T, (u / np.sqrt(spread)).T, {}


# Two mistakes at once -------------------------------------------------------------------------------------------------

Outer = Callable[[Source, Instance], tuple[str, Array] | None]


def is_matrix(got: Array, least: int = 2) -> bool:
    return got.ndim == 2 and min(got.shape) >= least


def transposed(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    if got.ndim < 2 or got.size < 2 or (got.ndim > 2 and got.shape == got.shape[::-1]):
        return None
    if got.ndim > 2:
        return "L01", got.T.copy()
    return ("L10" if min(got.shape) == 1 else "L02" if got.shape[0] == got.shape[1] else "L01"), got.T.copy()


def reread(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    if not is_matrix(got) or got.shape[0] == got.shape[1]:
        return None
    return "L03", got.ravel(order="F").reshape(got.shape)


def reread_stack(s: Source, right: Instance) -> tuple[str, Array] | None:
    return ("L06", right.got.ravel(order="F").reshape(right.got.shape)) if right.got.ndim == 3 else None


def flattened_vector(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    return ("L09", got.ravel()) if got.ndim == 2 and min(got.shape) == 1 < got.size else None


def bare_scalar(s: Source, right: Instance) -> tuple[str, Array] | None:
    return ("L11", right.got.reshape(())) if right.got.ndim == 2 and right.got.size == 1 else None


def conjugated(s: Source, right: Instance) -> tuple[str, Array] | None:
    return ("M04", right.got.conj()) if np.iscomplexobj(right.got) else None


def columns_of(s: Source, right: Instance) -> int:
    """A number of samples: that of an input, when inputs are known."""
    known = [a.shape[1] for a in right.inputs.values() if np.ndim(a) == 2 and a.shape[1] > 4]
    return int(s.rng.choice(known)) if known else s.size(5, 50)


def scaled(code: str, factor: Callable[[int], float], scalars: bool = True) -> Outer:
    def outer(s: Source, right: Instance) -> tuple[str, Array] | None:
        got = right.got
        by = factor(columns_of(s, right))
        wrong = (got * by).astype(got.dtype) if got.dtype.kind in "fc" else got * by
        return (code, wrong) if scalars or got.size > 1 else None

    return outer


def in_single(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    if got.dtype not in (np.float64, np.complex128) or np.array_equal(got, np.rint(got.real)):
        return None
    single = got.astype(np.complex64 if np.iscomplexobj(got) else np.float32)
    return "F01", single if s.rng.random() < 0.5 else single.astype(got.dtype)


def without_first(s: Source, right: Instance) -> tuple[str, Array] | None:
    return ("I01", right.got[1:]) if right.got.ndim > 0 and len(right.got) > 3 else None


def without_last(s: Source, right: Instance) -> tuple[str, Array] | None:
    return ("I02", right.got[:-1]) if right.got.ndim > 0 and len(right.got) > 3 else None


def lagging(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    if got.ndim == 0 or got.size > len(got) or len(got) < 5 or np.iscomplexobj(got):
        return None
    before = np.full_like(got[:1], got.max() * s.fraction(), dtype=np.result_type(got, np.float32))
    return "I06", np.concatenate([before, got[:-1]]).astype(before.dtype)


def unwritten_end(s: Source, right: Instance) -> tuple[str, Array] | None:
    if right.got.ndim == 0 or len(right.got) < 4 or not right.got[-1].any():
        return None
    wrong = right.got.copy()
    wrong[-1] = 0
    return "I07", wrong


def without_bias(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    if not is_matrix(got, 3) or got.dtype.kind != "f":
        return None
    return "N03", (got - np.abs(got).max() * s.unit(len(got), 1)).astype(got.dtype)


def with_penalised_bias(s: Source, right: Instance) -> tuple[str, Array] | None:
    got = right.got
    if not is_matrix(got, 3) or got.dtype.kind != "f":
        return None
    wrong = got.copy()
    wrong[:, 0] += (np.abs(got).max() * s.unit(len(got))).astype(got.dtype)
    return "N05", wrong


MOVES: tuple[Outer, ...] = (
    transposed,
    reread,
    reread_stack,
    flattened_vector,
    bare_scalar,
    conjugated,
    in_single,
    without_first,
    without_last,
    unwritten_end,
)
OUTERS: tuple[Outer, ...] = (
    *MOVES,
    lagging,
    without_bias,
    with_penalised_bias,
    scaled("N01", lambda m: -1.0),
    scaled("S01", float, scalars=False),
    scaled("S02", lambda m: 1 / m, scalars=False),
    scaled("S03", lambda m: 2.0),
    scaled("S05", lambda m: ((m - 1) / m) ** 0.5),
    scaled("S06", lambda m: (m - 1) / m),
    scaled("S08", lambda m: 1 / np.log(2)),
)


def plain(s: Source) -> Instance:
    """A right result of any kind, with inputs or without: two mistakes are still to be made."""
    n = s.size(3, 8)
    shapes = (s.sizes(3, 9), (n, n), (s.size(5, 20), 1), (1, s.size(5, 20)), (s.size(5, 20),), (1, 1))
    stacks = ((s.size(2, 4), s.size(3, 5), s.size(4, 6)), (2, s.size(2, 3), s.size(3, 4), s.size(2, 4)))
    shape = (*shapes, *shapes, *stacks)[s.rng.integers(14)]
    kind = s.rng.random()
    a = s.rng.integers(-50, 50, shape).astype(float) if kind < 0.1 else s.matrix(*shape)
    if kind > 0.85:
        a = a + 1j * s.matrix(*shape)
    others = {"D": s.matrix(s.size(2, 7), s.size(8, 60)), "S": s.matrix(2, s.size(2, 3)), "lr": 0.1}
    return Instance((), a, a.copy(), others if s.rng.random() < 0.6 else {})


COUNTED = {"S01", "S02", "S04", "S05", "S06", "S07"}
FACTORS = COUNTED | {"N01", "S03", "S08"}
DIGITS = {"F01", "F02", "F03"}
ENDS = {"I01", "I02", "I06", "I07"}
BIAS = {"N03", "N05"}
STREAMS = {"R02", "R03", "R04", "R05"}
TYPED = {"F04", "F05", "F06", "F08", "I04", "L08"}

Excluded = tuple[tuple[str, Callable[[str, str], bool]], ...]
UNDETERMINED: Excluded = (
    ("no array tells the first (N11), or nothing but rounding (F16)", lambda a, b: a in {"N11", "F16"}),
    ("digits lost twice: the coarser loss covers the finer", lambda a, b: {a, b} <= DIGITS | {"F04"}),
    (
        "the sign of such vectors is free",
        lambda a, b: a in {"M10", "M11", "G03"} and b in {"N01", *ENDS, *BIAS},
    ),
    ("vectors of other signs, transposed, are such vectors", lambda a, b: a in {"M11", "G03"} and b == "L02"),
    (
        "what one end loses, the other does after a turn",
        lambda a, b: a in {"M12", "M14", "L13"} and b in ENDS,
    ),
    ("an offset a row covers a grid, or other biases", lambda a, b: a in {"L12", "L13", *BIAS} and b in BIAS),
    ("a border that is wrong covers another", lambda a, b: a == "M14" and b in BIAS),
    ("what was never written is filled by the second", lambda a, b: a == "I07" and b in {"I06", *BIAS}),
    (
        "an end that is wrong is one more changed element",
        lambda a, b: a == "F17" and b in {"I01", "I06", "I07"},
    ),
    ("draws laid by rows, laid so once more", lambda a, b: (a, b) == ("R01", "L03")),
    (
        "a seed shows in whole draws alone",
        lambda a, b: a in STREAMS and b not in {"F02", "F03", "L09", "L10"},
    ),
    ("whole numbers of a type are cut, or wrap, once more", lambda a, b: a in TYPED and b == "F01"),
)
WITHOUT_INPUTS = {
    "A04": ENDS | BIAS,
    "A05": ENDS | BIAS,
    "A07": ENDS | BIAS,
    "A10": ENDS,
    "A11": ENDS | BIAS,
    "L08": FACTORS,
    "M06": ENDS | BIAS | {"L02"},
    "M14": BIAS,
    "M16": None,
    "N06": FACTORS | BIAS,
}


def why_not(instance: Instance) -> str:
    """Why the arrays do not determine the two mistakes; empty when they do."""
    inner, outer = instance.codes
    said = next((reason for reason, holds in UNDETERMINED if holds(inner, outer)), "")
    if said:
        return said
    if {inner, outer} <= FACTORS and {inner, outer} & COUNTED and not _counts_tell(instance):
        return "two factors, of which only the product shows"
    if not np.nan_to_num(instance.got).any():
        return "nothing but NaN and 0 is left"
    return "one mistake alone, or none, gives the same" if _is_given_by_less(instance) else ""


def tells_without_inputs(instance: Instance) -> bool:
    """Whether the first mistake shows in what the second leaves, of the two arrays alone."""
    inner, outer = instance.codes
    hidden = WITHOUT_INPUTS.get(inner, set())
    known = instance.told_by == ARRAYS and not {inner, outer} <= FACTORS
    return known and hidden is not None and outer not in hidden


def _counts_tell(instance: Instance) -> bool:
    """Whether the inputs name the counts of two factors, and their product is no count itself."""
    inner, outer = instance.codes
    if "N01" in instance.codes or (not {inner, outer} <= COUNTED and "S08" in instance.codes):
        return True
    shapes = [np.shape(a) for a in instance.inputs.values()]
    counts = {n for shape in shapes for n in (*shape, int(np.prod(shape)))}
    ratio = _ratio(instance)
    single = {2.0, *map(float, counts), *(((n - 1) / n) ** e for n in counts if n > 1 for e in (0.5, 1))}
    return bool(counts) and not any(abs(r / one - 1) < 1e-4 for r in (ratio, 1 / ratio) for one in single)


def _ratio(instance: Instance) -> float:
    """got over want where want is largest, of arrays of one shape; 1 else."""
    want, got = np.ravel(instance.want), np.ravel(instance.got)
    place = int(np.argmax(np.abs(want)))
    return abs(complex(got[place] / want[place])) if want.size == got.size and want[place] else 1.0


def _is_given_by_less(instance: Instance) -> bool:
    """Whether the right result, or one simple mistake made of it, is what two mistakes gave."""
    right = replace(instance, got=instance.want)
    rng = np.random.default_rng(0)
    alone = [made[1] for move in MOVES if (made := move(Source(rng), right))]
    noise = 1e-12 if DIGITS & {*instance.codes} else 1e-6
    return any(_is_same(np.asarray(other), instance.got, noise) for other in (instance.want, *alone))


def _is_same(a: Array, b: Array, noise: float) -> bool:
    if a.shape != b.shape:
        return False
    top = np.nanmax(np.abs(a), initial=0.0)
    return bool(np.all((np.abs(a - b) <= noise * top) | (a == b) | (np.isnan(a) & np.isnan(b))))


def alike(codes: Iterable[str], instance: Instance) -> set[str]:
    """The codes, with the transposes of a matrix that is square before or after under one name."""
    square = any(a.ndim == 2 and a.shape[0] == a.shape[1] for a in (instance.want, instance.got))
    return {"L01" if code == "L02" and square else code for code in codes}


def coarser(s: Source, right: Instance) -> Instance | None:
    """The instance with its reference saved in single precision, or as text of eight digits."""
    want = right.want
    if want.dtype != np.float64 or (want == np.rint(want)).all() or not np.isfinite(want).all():
        return None
    if s.rng.random() < 0.5:
        return replace(right, codes=(*right.codes, "F02"), want=want.astype(np.float32).astype(float))
    text = np.array([float(f"{x:.7e}") for x in want.ravel()]).reshape(want.shape)
    return replace(right, codes=(*right.codes, "F03"), want=text)


def done_to(s: Source, instance: Instance) -> Instance | None:
    """One more mistake made of an instance; None when the one that was drawn does not apply or changes nothing."""
    if s.rng.random() < 0.1:
        both = coarser(s, instance)
        return both if both and len({*both.codes}) == len(both.codes) else None
    made = OUTERS[s.rng.integers(len(OUTERS))](s, instance)
    if made is None or made[0] in instance.codes or _is_trivial(instance.got, made[1]):
        return None
    return replace(instance, codes=(*instance.codes, made[0]), got=np.asarray(made[1]))


def all_pairs_of_mistakes(source_of: Callable[[], Source]) -> Iterator[Instance]:
    """Endless instances of two mistakes: a cause, and a second one done to its result, or to the reference."""
    names = sorted(MAKERS)
    while True:
        s = source_of()
        first = MAKERS[names[s.rng.integers(len(names))]](s) if s.rng.random() < 0.6 else done_to(s, plain(s))
        both = done_to(s, first) if first else None
        if both and len(both.codes) == 2:
            yield both


def pairs(source_of: Callable[[], Source]) -> Iterator[Instance]:
    """Endless instances of two mistakes that the arrays determine."""
    return (instance for instance in all_pairs_of_mistakes(source_of) if not why_not(instance))


def _is_trivial(before: Array, after: Array) -> bool:
    return before.shape == after.shape and np.array_equal(before, after)


# Innocent differences -------------------------------------------------------------------------------------------------


def rounding(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(1, 9), s.size(1, 9))
    eps = np.finfo(s.dtype).eps
    return want, (want * (1 + 4 * eps * s.rng.standard_normal(want.shape))).astype(s.dtype)


def small_noise(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(1, 9), s.size(2, 9))
    level = 10.0 ** s.rng.uniform(-7, -1)
    return want, (want * (1 + level * s.rng.standard_normal(want.shape))).astype(s.dtype)


def additive_noise(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(1, 9), s.size(2, 9))
    level = 10.0 ** s.rng.uniform(-7, -1)
    return want, want + level * s.matrix(*want.shape)


def unrelated(s: Source) -> tuple[Array, Array]:
    shape = s.size(1, 9), s.size(1, 9)
    return s.matrix(*shape), s.matrix(*shape)


def unrelated_shapes(s: Source) -> tuple[Array, Array]:
    return s.matrix(s.size(1, 9), s.size(1, 9)), s.matrix(s.size(1, 9), s.size(1, 9))


def unrelated_whole(s: Source) -> tuple[Array, Array]:
    shape = s.size(2, 6), s.size(2, 6)
    return s.rng.integers(0, 20, shape).astype(float), s.rng.integers(0, 20, shape).astype(float)


def changed_element(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(1, 9), s.size(2, 9))
    got = want.copy()
    got.flat[s.rng.integers(got.size)] += s.magnitude * s.fraction()
    return want, got


def changed_whole(s: Source) -> tuple[Array, Array]:
    want = s.rng.integers(-50, 50, (s.size(2, 6), s.size(2, 6)))
    got = want.copy()
    got.flat[s.rng.integers(got.size)] += int(s.rng.choice([-7, -1, 1, 2, 30]))
    return want, got


def few_changes(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(3, 9), s.size(3, 9))
    got = np.where(s.rng.random(want.shape) < 0.3, want + s.matrix(*want.shape), want)
    return want, got


def other_activation(s: Source) -> tuple[Array, Array]:
    z = 2 * s.unit(s.size(2, 9), s.size(2, 9))
    shapes = (np.tanh, sigmoid, lambda a: np.maximum(a, 0), lambda a: np.where(a > 0, a, 0.01 * a), np.arctan)
    first, second = s.rng.choice(len(shapes), 2, False)
    return shapes[first](z), shapes[second](z)


def other_optimiser(s: Source) -> tuple[Array, Array]:
    w, g, v = (s.matrix(s.size(3, 3), s.size(4, 4)) for _ in range(3))
    adam = w - 0.01 * s.magnitude * g / (np.sqrt(v**2) + 1e-8 * s.magnitude)
    return (w - 0.1 * g).astype(s.dtype), adam.astype(s.dtype)


def other_penalty(s: Source) -> tuple[Array, Array]:
    w = s.matrix(s.size(2, 7), s.size(2, 7))
    g = s.matrix(*w.shape)
    return (g + 0.1 * w).astype(s.dtype), (g + 0.1 * s.magnitude * np.sign(w)).astype(s.dtype)


def odd_factor(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(2, 9), s.size(2, 9))
    return want, (want * s.rng.uniform(0.1, 5)).astype(s.dtype)


def clipped(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(3, 9), s.size(3, 9))
    return want, np.clip(want, -s.magnitude, s.magnitude).astype(s.dtype)


def dropped_out(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(4, 9), s.size(4, 9))
    return want, np.where(s.rng.random(want.shape) < 0.5, want, 0).astype(s.dtype)


def fewer_epochs(s: Source) -> tuple[Array, Array]:
    a, b = s.unit(12, 4).astype(float), s.unit(12, 1).astype(float)

    def descend(steps: int) -> Array:
        w = np.zeros((4, 1))
        for _ in range(steps):
            w -= 0.05 * a.T @ (a @ w - b) / len(a)
        return s.magnitude * w

    return descend(30), descend(20)


def ridge(s: Source) -> tuple[Array, Array]:
    a, b = s.unit(15, 4).astype(float), s.matrix(15, s.size(1, 3)).astype(float)
    return np.linalg.lstsq(a, b, rcond=None)[0], np.linalg.solve(a.T @ a + 0.1 * np.eye(4), a.T @ b)


def any_shape(s: Source) -> tuple[int, ...]:
    n = s.size(2, 8)
    shapes = (
        s.sizes(),
        (n, n),
        (s.size(4, 20), 1),
        (1, s.size(4, 20)),
        (s.size(4, 20),),
        (2, s.size(2, 4), s.size(2, 5)),
    )
    return shapes[s.rng.integers(len(shapes))]


def unrelated_complex(s: Source) -> tuple[Array, Array]:
    shape = any_shape(s)
    return s.matrix(*shape) + 1j * s.matrix(*shape), s.matrix(*shape) + 1j * s.matrix(*shape)


def unrelated_anything(s: Source) -> tuple[Array, Array]:
    shape = any_shape(s)
    return s.matrix(*shape), s.matrix(*shape)


def unrelated_logicals(s: Source) -> tuple[Array, Array]:
    shape = s.size(4, 9), s.size(4, 9)
    return s.rng.random(shape) < 0.5, s.rng.random(shape) < 0.5


def other_predictions(s: Source) -> tuple[Array, Array]:
    want = s.rng.integers(1, 11, (1, s.size(10, 40)))
    return want, np.where(s.rng.random(want.shape) < 0.3, s.rng.integers(1, 11, want.shape), want)


def other_draws(s: Source) -> tuple[Array, Array]:
    shape = any_shape(s)
    return s.rng.random(shape), s.rng.random(shape)


def shuffled_rows(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(4, 9), s.size(3, 9))
    return want, want[np.roll(np.arange(len(want)), 2)]


def nothing_computed(s: Source) -> tuple[Array, Array]:
    want = s.matrix(*any_shape(s))
    return want, np.zeros_like(want)


def squared(s: Source) -> tuple[Array, Array]:
    want = s.matrix(*any_shape(s))
    return want, want * want


def other_rate(s: Source) -> tuple[Array, Array]:
    epochs = np.arange(float(s.size(8, 30)))
    return s.magnitude * 0.9**epochs, s.magnitude * s.fraction(0.6, 0.89) ** epochs


def blurred(s: Source) -> tuple[Array, Array]:
    want = s.matrix(s.size(5, 9), s.size(5, 9))
    return want, (want + np.roll(want, 1, 0)) / 2


INNOCENTS: tuple[Callable[[Source], tuple[Array, Array]], ...] = (
    rounding,
    small_noise,
    additive_noise,
    unrelated,
    unrelated_shapes,
    unrelated_whole,
    changed_element,
    changed_whole,
    few_changes,
    other_activation,
    other_optimiser,
    other_penalty,
    odd_factor,
    clipped,
    dropped_out,
    fewer_epochs,
    ridge,
    unrelated_complex,
    unrelated_anything,
    unrelated_logicals,
    other_predictions,
    other_draws,
    shuffled_rows,
    nothing_computed,
    squared,
    other_rate,
    blurred,
)


def innocent(s: Source) -> Instance:
    """A difference that no cause of the catalogue explains; half of them with inputs that have no part in it."""
    kind = INNOCENTS[s.rng.integers(len(INNOCENTS))]
    want, got = kind(s)
    bystanders = {"W": s.matrix(*want.shape), "X": s.matrix(4, 7), "lr": 0.1} if s.rng.random() < 0.5 else {}
    return Instance((kind.__name__,), want, got, bystanders)


# Sources --------------------------------------------------------------------------------------------------------------


def source(seed: int) -> Source:
    """Data of one seed: double or single, between 1e-8 and 1e8."""
    rng = np.random.default_rng(seed)
    dtype = np.float64 if rng.random() < 0.6 else np.float32
    return Source(rng, dtype, float(10.0 ** rng.uniform(-8, 8)))


def renamed(instance: Instance, rng: np.random.Generator) -> Instance:
    """The same instance with its inputs in another order, under names that tell nothing."""
    names = list(instance.inputs)
    rng.shuffle(names)
    return replace(instance, inputs={f"x{i}": instance.inputs[name] for i, name in enumerate(names)})
