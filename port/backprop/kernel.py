"""Training and scoring compiled by numba: whole epochs in one function, which is kept on disk once compiled.

A batch is walked through in tiles of samples that stay in the cache, forward and backward. Rows of theta = [W b] and of
inputs [a; 1] are padded by zeros to whole vectors of the processor; then two loops, four rows of one by two of the
other, are faster than OpenBLAS at every batch size measured (docs/performance.md), and no BLAS is called. At one sample
a step, the last step's outer product is added to a row of theta on the way of the next forward pass through that row.

Sums are taken in any order, which is what vectors need; Inf and NaN arise as they do in NumPy.
"""

import math
import os
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba.extending
import numpy as np
from llvmlite import ir
from numba import njit
from numpy.typing import NDArray

from port.backprop.arrays import Array
from port.backprop.crew import LINE

untyped: Any = numba
carray, intrinsic, types = untyped.carray, untyped.extending.intrinsic, untyped.types
VECTOR = 8
PATIENCE = 2000  # questions after which a thread that waits lets others have its core between two of them
IDENTITY, SIGMOID, TANH, RELU, SOFTMAX = range(5)
REORDERED = {"reassoc", "contract", "nsz"}
Indices = NDArray[np.intp]
Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compiled; the sums inside may be taken in any order."""
    return cast(Function, njit(fastmath=REORDERED, error_model="numpy", nogil=True)(function))


def kept(function: Function) -> Function:
    """Compiled, and kept on disk for the next process."""
    return cast(Function, njit(cache=True, fastmath=REORDERED, error_model="numpy", nogil=True)(function))


class Net(NamedTuple):
    """L layers in flat memory: layer i has `sizes[i + 1]` rows of `widths[i]` at `at[i]` in theta.

    Its tile of d and of a is at `beside[i]`, `tile` rows of `widths[i + 1]`; `every` counts from 0.
    """

    sizes: Indices
    widths: Indices
    at: Indices
    beside: Indices
    codes: Indices
    temperatures: Array
    every: Indices
    tile: int


class Goal(NamedTuple):
    """The last layer's delta is `factor * (a - y)`, or, unless `fused`, J' times that; y (N, K)."""

    y: Array
    fused: bool
    factor: float


class Rule(NamedTuple):
    """step = momentum * step - scale * gradient - decay * theta, biases without decay unless `biases`.

    `straight`: there is neither momentum nor decay, so theta may take the gradient without a step in between.
    """

    straight: bool
    momentum: float
    scale: float
    decay: float
    biases: bool


class Tiles(NamedTuple):
    """Flat memory for the d and a of all layers, aligned."""

    d: Array
    a: Array


# --- the exponential, in vectors -------------------------------------------------------------------------------


def _bitcast(context: Any, bits: Any) -> Any:
    """The float64 of the 64 bits of an integer, as numba wants an operation of the processor told."""

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generated


_float_of_bits: Any = intrinsic(_bitcast)


@njit(error_model="numpy", fastmath={"contract"})
def exponential(x: float) -> float:
    """exp(x) to 1 ULP, without a branch: 2^k * exp(r) with |r| <= log(2) / 2 and Taylor's series to r^13."""
    clipped = -746.0 if x < -746.0 else x
    clipped = 710.0 if clipped > 710.0 else clipped
    k = np.rint(clipped * 1.4426950408889634)
    r = clipped - k * 6.93147180369123816490e-01 - k * 1.90821492927058770002e-10
    p = 1.0 / 6227020800
    for coefficient in (479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1):
        p = p * r + 1.0 / coefficient
    whole = np.int64(k) if x == x else np.int64(0)
    half = whole >> 1
    result: float = p * _float_of_bits((half + 1023) << 52) * _float_of_bits((whole - half + 1023) << 52)
    return result


# --- the products ----------------------------------------------------------------------------------------------


@compiled
def products(theta: Array, given: Array, rows: Indices, z: Array) -> None:
    """z[j] = theta * given[rows[j]]; theta (K, P), given (., P), z (n, K or more)."""
    K, P, n = theta.shape[0], theta.shape[1], rows.shape[0]
    for k in range(0, K - 3, 4):
        t0, t1, t2, t3 = theta[k], theta[k + 1], theta[k + 2], theta[k + 3]
        for j in range(0, n - 1, 2):
            x, y = given[rows[j]], given[rows[j + 1]]
            a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = 0.0
            for s in range(P):
                u, v = x[s], y[s]
                a0 += t0[s] * u
                a1 += t1[s] * u
                a2 += t2[s] * u
                a3 += t3[s] * u
                b0 += t0[s] * v
                b1 += t1[s] * v
                b2 += t2[s] * v
                b3 += t3[s] * v
            z[j, k], z[j, k + 1], z[j, k + 2], z[j, k + 3] = a0, a1, a2, a3
            z[j + 1, k], z[j + 1, k + 1], z[j + 1, k + 2], z[j + 1, k + 3] = b0, b1, b2, b3
        if n % 2:
            x = given[rows[n - 1]]
            a0 = a1 = a2 = a3 = 0.0
            for s in range(P):
                u = x[s]
                a0 += t0[s] * u
                a1 += t1[s] * u
                a2 += t2[s] * u
                a3 += t3[s] * u
            z[n - 1, k], z[n - 1, k + 1], z[n - 1, k + 2], z[n - 1, k + 3] = a0, a1, a2, a3
    for k in range(K - K % 4, K):
        for j in range(n):
            z[j, k] = _dot(theta[k], given[rows[j]])


@compiled
def _dot(x: Array, y: Array) -> float:
    total = 0.0
    for s in range(x.shape[0]):
        total += x[s] * y[s]
    return float(total)


@compiled
def accumulate(factors: Array, given: Array, rows: Indices, into: Array) -> None:
    """into[r] += sum over q of factors[q, r] * given[rows[q]]; into (R, P), given (., P)."""
    R, P, Q = into.shape[0], into.shape[1], rows.shape[0]
    for r in range(0, R - 3, 4):
        o0, o1, o2, o3 = into[r], into[r + 1], into[r + 2], into[r + 3]
        for q in range(0, Q - 1, 2):
            x, y = given[rows[q]], given[rows[q + 1]]
            a0, a1, a2, a3 = factors[q, r], factors[q, r + 1], factors[q, r + 2], factors[q, r + 3]
            b0, b1, b2, b3 = (
                factors[q + 1, r],
                factors[q + 1, r + 1],
                factors[q + 1, r + 2],
                factors[q + 1, r + 3],
            )
            for s in range(P):
                u, v = x[s], y[s]
                o0[s] += a0 * u + b0 * v
                o1[s] += a1 * u + b1 * v
                o2[s] += a2 * u + b2 * v
                o3[s] += a3 * u + b3 * v
        if Q % 2:
            x = given[rows[Q - 1]]
            a0, a1, a2, a3 = (
                factors[Q - 1, r],
                factors[Q - 1, r + 1],
                factors[Q - 1, r + 2],
                factors[Q - 1, r + 3],
            )
            for s in range(P):
                u = x[s]
                o0[s] += a0 * u
                o1[s] += a1 * u
                o2[s] += a2 * u
                o3[s] += a3 * u
    for r in range(R - R % 4, R):
        for q in range(Q):
            _add(factors[q, r], given[rows[q]], into[r])


@compiled
def _add(factor: float, x: Array, into: Array) -> None:
    for s in range(x.shape[0]):
        into[s] += factor * x[s]


@compiled
def renew(theta: Array, factors: Array, before: Array, given: Array, z: Array) -> None:
    """theta += factors * before', then z = theta * given, in one pass; theta (K, P)."""
    K, P = theta.shape
    for k in range(0, K - 3, 4):
        t0, t1, t2, t3 = theta[k], theta[k + 1], theta[k + 2], theta[k + 3]
        f0, f1, f2, f3 = factors[k], factors[k + 1], factors[k + 2], factors[k + 3]
        a0 = a1 = a2 = a3 = 0.0
        for s in range(P):
            u, v = before[s], given[s]
            w0, w1, w2, w3 = t0[s] + f0 * u, t1[s] + f1 * u, t2[s] + f2 * u, t3[s] + f3 * u
            t0[s], t1[s], t2[s], t3[s] = w0, w1, w2, w3
            a0 += w0 * v
            a1 += w1 * v
            a2 += w2 * v
            a3 += w3 * v
        z[k], z[k + 1], z[k + 2], z[k + 3] = a0, a1, a2, a3
    for k in range(K - K % 4, K):
        _add(factors[k], before, theta[k])
        z[k] = _dot(theta[k], given)


# --- activations -----------------------------------------------------------------------------------------------


@compiled
def activate(code: int, temperature: float, z: Array, a: Array, K: int) -> None:
    """a (n, P) from z (n, P), K of each row; z is used up."""
    if code == SIGMOID:
        _sigmoid(z.reshape(z.size))
    elif code == TANH:
        for j in range(z.shape[0]):
            for k in range(K):
                z[j, k] = math.tanh(z[j, k])
    elif code == RELU:
        for j in range(z.shape[0]):
            for k in range(K):
                z[j, k] = 0.0 if z[j, k] < 0 else z[j, k]
    elif code == SOFTMAX:
        for j in range(z.shape[0]):
            _softmax(z[j, :K], temperature)
    for j in range(z.shape[0]):
        for k in range(K):
            a[j, k] = z[j, k]


@compiled
def _sigmoid(z: Array) -> None:
    for i in range(z.shape[0]):
        z[i] = 1 / (1 + exponential(-z[i]))


@compiled
def _softmax(z: Array, temperature: float) -> None:
    total = _exponentials(z, _largest(z), temperature)
    for k in range(z.shape[0]):
        z[k] /= total


@compiled
def _exponentials(z: Array, most: float, temperature: float) -> float:
    """z becomes exp((z - most) / temperature); gives the sum."""
    for k in range(z.shape[0]):
        z[k] = exponential((z[k] - most) / temperature)
    total = 0.0
    for k in range(z.shape[0]):
        total += z[k]
    return float(total)


@compiled
def _largest(z: Array) -> float:
    """The largest number, in four parts that need not wait for each other; NaN is passed over."""
    m0 = m1 = m2 = m3 = -np.inf
    n = z.shape[0]
    for k in range(0, n - 3, 4):
        m0 = z[k] if z[k] > m0 else m0
        m1 = z[k + 1] if z[k + 1] > m1 else m1
        m2 = z[k + 2] if z[k + 2] > m2 else m2
        m3 = z[k + 3] if z[k + 3] > m3 else m3
    for k in range(n - n % 4, n):
        m0 = z[k] if z[k] > m0 else m0
    return float(max(max(m0, m1), max(m2, m3)))


@compiled
def pull_back(code: int, temperature: float, a: Array, g: Array, K: int) -> None:
    """g becomes J' * g, for the J of the activation at its value a; both (n, P), K of each row."""
    n, P = a.shape
    if code == SIGMOID:
        for j in range(n):
            for k in range(P):
                g[j, k] *= a[j, k] * (1 - a[j, k])
    elif code == TANH:
        for j in range(n):
            for k in range(P):
                g[j, k] *= (1 - a[j, k]) * (1 + a[j, k])
    elif code == RELU:
        for j in range(n):
            for k in range(P):
                g[j, k] *= 1.0 if a[j, k] > 0 else 0.0
    elif code == SOFTMAX:
        for j in range(n):
            mean = _dot(a[j, :K], g[j, :K])
            for k in range(K):
                g[j, k] = a[j, k] * (g[j, k] - mean) / temperature


# --- a tile of samples -----------------------------------------------------------------------------------------


def _pointer(context: Any, flat: Any, at: Any) -> Any:
    """Where element `at` of flat memory is: a view made of it costs nothing, for it shares in no ownership."""

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        return builder.gep(array.data, [arguments[1]])

    return types.CPointer(types.float64)(flat, at), generated


_address: Any = intrinsic(_pointer)


@compiled
def layer(net: Net, flat: Array, i: int) -> Array:
    """The rows of layer i in theta, or in what is laid out like it."""
    rows: Array = carray(_address(flat, net.at[i]), (net.sizes[i + 1], net.widths[i]))
    return rows


@compiled
def tile(net: Net, flat: Array, i: int) -> Array:
    """The tile of layer i in d or a."""
    rows: Array = carray(_address(flat, net.beside[i]), (net.tile, net.widths[i + 1]))
    return rows


@compiled
def forward(net: Net, theta: Array, tiles: Tiles, x: Array, rows: Indices) -> None:
    """z and a of the samples `rows` into the first rows of the tiles, but for the last layer's a."""
    given, n, L = x, rows.shape[0], net.codes.shape[0]
    for i in range(L):
        z, a = tile(net, tiles.d, i)[:n], tile(net, tiles.a, i)
        products(layer(net, theta, i), given, rows, z)
        if i < L - 1:
            activate(net.codes[i], net.temperatures[i], z, a[:n], net.sizes[i + 1])
            given, rows = a, net.every[:n]


@compiled
def last_delta(net: Net, tiles: Tiles, goal: Goal, first: int, rows: Indices) -> None:
    """The last layer's a from its z, then its delta, for the samples `rows` in the tiles' rows from `first`."""
    i, n, K = net.codes.shape[0] - 1, rows.shape[0], net.sizes[-1]
    d, a = tile(net, tiles.d, i)[first : first + n], tile(net, tiles.a, i)[first : first + n]
    activate(net.codes[i], net.temperatures[i], d, a, K)
    for j in range(n):
        for k in range(K):
            d[j, k] = goal.factor * (a[j, k] - goal.y[rows[j], k])
    if not goal.fused:
        pull_back(net.codes[i], net.temperatures[i], a, d, K)


@compiled
def propagate(net: Net, theta: Array, tiles: Tiles, i: int, first: int, n: int) -> None:
    """delta of the layer below i, from the delta of i."""
    d, a = tile(net, tiles.d, i - 1)[first : first + n], tile(net, tiles.a, i - 1)[first : first + n]
    d[:] = 0.0
    above = tile(net, tiles.d, i)[first : first + n]
    accumulate(above.T, layer(net, theta, i), net.every[: net.sizes[i + 1]], d)
    pull_back(net.codes[i - 1], net.temperatures[i - 1], a, d, net.sizes[i])


@compiled
def descend_tile(
    net: Net, theta: Array, into: Array, tiles: Tiles, x: Array, goal: Goal, scale: float, rows: Indices
) -> None:
    """Forward, backward, and -scale * gradient of the samples `rows` added to `into`, which may be theta."""
    n = rows.shape[0]
    forward(net, theta, tiles, x, rows)
    last_delta(net, tiles, goal, 0, rows)
    for i in range(net.codes.shape[0] - 1, 0, -1):
        propagate(net, theta, tiles, i, 0, n)
        delta = tile(net, tiles.d, i)[:n]
        delta *= -scale
        accumulate(delta, tile(net, tiles.a, i - 1), net.every[:n], layer(net, into, i))
    delta = tile(net, tiles.d, 0)[:n]
    delta *= -scale
    accumulate(delta, x, rows, layer(net, into, 0))


@compiled
def gradient(
    net: Net, theta: Array, into: Array, tiles: Tiles, x: Array, goal: Goal, scale: float, rows: Indices
) -> None:
    """into -= scale * gradient over the samples `rows`, a tile at a time."""
    for start in range(0, rows.shape[0], net.tile):
        descend_tile(net, theta, into, tiles, x, goal, scale, rows[start : start + net.tile])


@kept
def outputs(net: Net, theta: Array, tiles: Tiles, x: Array, rows: Indices, z: Array, a: Array) -> None:
    """z and a (N, K) of the last layer for the samples `rows`."""
    i, K = net.codes.shape[0] - 1, net.sizes[-1]
    for start in range(0, rows.shape[0], net.tile):
        chosen = rows[start : start + net.tile]
        forward(net, theta, tiles, x, chosen)
        d = tile(net, tiles.d, i)[: chosen.shape[0]]
        z[start : start + net.tile] = d[:, :K]
        activate(net.codes[i], net.temperatures[i], d, tile(net, tiles.a, i)[: chosen.shape[0]], K)
        a[start : start + net.tile] = d[:, :K]


# --- steps -----------------------------------------------------------------------------------------------------


@compiled
def penalise(net: Net, factor: float, biases: bool, theta: Array, into: Array) -> None:
    """into -= factor * theta, where the penalty is."""
    for i in range(net.codes.shape[0]):
        parameters, target = layer(net, theta, i), layer(net, into, i)
        S = net.sizes[i] + (1 if biases else 0)
        for k in range(parameters.shape[0]):
            _add(-factor, parameters[k, :S], target[k, :S])


@compiled
def rest(step: Array, momentum: float) -> None:
    """What the next step keeps of the last."""
    for i in range(step.shape[0]):
        step[i] = momentum * step[i] if momentum else 0.0


@compiled
def move(net: Net, theta: Array, step: Array, rule: Rule) -> None:
    """The penalty's share of a step, and theta moved by it."""
    if rule.decay:
        penalise(net, rule.decay, rule.biases, theta, step)
    for i in range(theta.shape[0]):
        theta[i] += step[i]


@kept
def batches(
    net: Net,
    theta: Array,
    step: Array,
    tiles: Tiles,
    x: Array,
    goal: Goal,
    rule: Rule,
    size: int,
    rows: Indices,
) -> None:
    """A step for every `size` samples of `rows`: by way of `step`, or, where the rule is `straight`, without."""
    for start in range(0, rows.shape[0], size):
        chosen = rows[start : start + size]
        if rule.straight and size <= net.tile:
            descend_tile(net, theta, theta, tiles, x, goal, rule.scale, chosen)
        else:
            rest(step, rule.momentum)
            gradient(net, theta, step, tiles, x, goal, rule.scale, chosen)
            move(net, theta, step, rule)


@kept
def online(net: Net, theta: Array, tiles: Tiles, x: Array, goal: Goal, scale: float, rows: Indices) -> None:
    """A step for every sample, straight: each layer takes one on the way of the next forward pass through it.

    Even and odd samples take turns in the first two rows of the tiles, so that the last a and delta are still there.
    """
    L = net.codes.shape[0]
    for n in range(rows.shape[0]):
        now = n % 2
        _forward_renewing(net, theta, tiles, x, rows, n)
        last_delta(net, tiles, goal, now, rows[n : n + 1])
        for i in range(L - 1, 0, -1):
            propagate(net, theta, tiles, i, now, 1)
        for i in range(L):
            tile(net, tiles.d, i)[now] *= -scale
    for i in range(L):
        last = (rows.shape[0] - 1) % 2
        given = tile(net, tiles.a, i - 1)[last : last + 1] if i else x[rows[-1] : rows[-1] + 1]
        accumulate(tile(net, tiles.d, i)[last : last + 1], given, net.every[:1], layer(net, theta, i))


@compiled
def _forward_renewing(net: Net, theta: Array, tiles: Tiles, x: Array, rows: Indices, n: int) -> None:
    """The forward pass of sample n, which takes the step of sample n - 1."""
    now, last = n % 2, 1 - n % 2
    for i in range(net.codes.shape[0]):
        z = tile(net, tiles.d, i)[now : now + 1]
        given = tile(net, tiles.a, i - 1)[now : now + 1] if i else x[rows[n] : rows[n] + 1]
        if n:
            before = tile(net, tiles.a, i - 1)[last] if i else x[rows[n - 1]]
            renew(layer(net, theta, i), tile(net, tiles.d, i)[last], before, given[0], z[0])
        else:
            products(layer(net, theta, i), given, net.every[:1], z)
        if i < net.codes.shape[0] - 1:
            a = tile(net, tiles.a, i)[now : now + 1]
            activate(net.codes[i], net.temperatures[i], z, a, net.sizes[i + 1])


# --- threads that meet -----------------------------------------------------------------------------------------


def _loaded(context: Any, numbers: Any, at: Any) -> Any:
    """Element `at` as it is in memory now, and all that was written before it was."""

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        return builder.load_atomic(builder.gep(array.data, [arguments[1]]), "acquire", 8)

    return types.int64(numbers, at), generated


def _stored(context: Any, numbers: Any, at: Any, number: Any) -> Any:
    """Element `at` into memory, after all that was written before."""

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        builder.store_atomic(arguments[2], builder.gep(array.data, [arguments[1]]), "release", 8)
        return context.get_dummy_value()

    return types.void(numbers, at, types.int64), generated


_load: Any = intrinsic(_loaded)
_store: Any = intrinsic(_stored)
_yield_core: Any = types.ExternalFunction(
    "sched_yield" if os.name == "posix" else "SwitchToThread", types.int32()
)


@kept
def meet(gate: Indices, me: int, n: int) -> bool:
    """Wait until every thread is at its n-th meeting or beyond; False where they were let go (crew.py)."""
    _store(gate, LINE * me, n)
    released = gate.shape[0] - LINE
    for other in range(0, released, LINE):
        asked = 0
        while _load(gate, other) < n:
            if _load(gate, released):
                return False
            asked += 1
            if asked > PATIENCE:
                _yield_core()
    return True


@kept
def turned(turns: Indices, turn: int) -> bool:
    """Whether there is a turn after `turn`, asked for a moment."""
    for asked in range(2 * PATIENCE):
        if _load(turns, 0) != turn:
            return True
        if asked > PATIENCE:
            _yield_core()
    return False


@kept
def share(
    net: Net,
    theta: Array,
    steps: Array,
    tiles: Tiles,
    x: Array,
    goal: Goal,
    rule: Rule,
    size: int,
    rows: Indices,
    gate: Indices,
    me: int,
) -> None:
    """What `batches` does by way of a step, by as many threads as `steps` has rows; this is the part of thread `me`.

    Each sums its share of a batch into its row; then each adds the rows, in their order, of its part of theta.
    """
    T, step = steps.shape[0], steps[me]
    begin, end = theta.shape[0] * me // T, theta.shape[0] * (me + 1) // T
    for n, start in enumerate(range(0, rows.shape[0], size)):
        chosen = rows[start : start + size]
        rest(step, rule.momentum if me == 0 else 0.0)
        if rule.decay and me == 0:
            penalise(net, rule.decay, rule.biases, theta, step)
        mine = chosen[chosen.shape[0] * me // T : chosen.shape[0] * (me + 1) // T]
        gradient(net, theta, step, tiles, x, goal, rule.scale, mine)
        if not meet(gate, me, 2 * n + 1):
            return
        for t in range(1, T):
            _add(1.0, steps[t, begin:end], steps[0, begin:end])
        _add(1.0, steps[0, begin:end], theta[begin:end])
        if not meet(gate, me, 2 * n + 2):
            return


# --- a head of many classes ------------------------------------------------------------------------------------


@kept
def head(z: Array, y: Array, divisor: float) -> float:
    """-sum(y .* log(softmax(z))) / divisor; z (N, K) becomes its gradient, a sample at a time."""
    value = 0.0
    for n in range(z.shape[0]):
        row, target = z[n], y[n]
        most, weight, right = _largest(row), 0.0, 0.0
        for k in range(row.shape[0]):
            weight += target[k]
            right += target[k] * (row[k] - most)
        total = _exponentials(row, most, 1.0)
        value += weight * math.log(total) - right
        for k in range(row.shape[0]):
            row[k] = (row[k] * (weight / total) - target[k]) / divisor
    return float(value / divisor)


@kept
def head_of_labels(z: Array, labels: Indices, divisor: float) -> float:
    """`head` where the target is 1 at the label, counted from 0, and 0 elsewhere."""
    value = 0.0
    for n in range(z.shape[0]):
        row, label = z[n], labels[n]
        most = _largest(row)
        value -= row[label] - most
        total = _exponentials(row, most, 1.0)
        value += math.log(total)
        for k in range(row.shape[0]):
            row[k] *= 1 / (total * divisor)
        row[label] -= 1 / divisor
    return float(value / divisor)
