"""The random streams of Octave and MATLAB, so that a port draws the numbers the original drew.

Both programs run the Mersenne Twister, as NumPy does; they differ in how a seed becomes a state and in
how words become numbers. Octave's are reproduced bit for bit. Of MATLAB's only what its published
outputs prove is offered; the rest raises `NotImplementedError` with the remedy, and is never guessed.

Arrays fill by columns. Sizes are given as in MATLAB: `rand()` is a number, `rand(3)` is (3, 3),
`rand(3, 5)` and `rand([3, 5])` are (3, 5). `docs/random-streams.md` says what is proved, and how.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Array = NDArray[Any]
Size = float | Sequence[float] | Array

STATE_WORDS = 624
WORD_SPAN = 2**32
MANTISSA_SPAN = 2**53
MATLAB_DEFAULT_SEED = 5489


class Density(NamedTuple):
    """A decreasing density cut into 256 layers of equal `area`; the last one starts at `tail`."""

    value: Callable[[float], float]
    inverse: Callable[[float], float]
    tail: float
    area: float


class Layers(NamedTuple):
    """(256,) each: magnitudes below `accept` are draws at once, of value `magnitude * scale`."""

    accept: Array
    scale: Array
    value: Array


NORMAL = Density(
    value=lambda x: math.exp(-0.5 * x * x),
    inverse=lambda y: math.sqrt(-2.0 * math.log(y)),
    tail=3.6541528853610088,
    area=0.00492867323399,
)
EXPONENTIAL = Density(
    value=lambda x: math.exp(-x),
    inverse=lambda y: -math.log(y),
    tail=7.69711747013104972,
    area=0.0039496598225815571993,
)


def layers(density: Density, bits: int, dtype: type[np.floating[Any]]) -> Layers:
    """The ziggurat of Marsaglia and Tsang (2000, J. Stat. Softw. 5(8)) for magnitudes of `bits` bits.

    Every edge is rounded to `dtype` before the next is made of it, as Octave does.
    """
    span = 2.0**bits
    accept, scale = np.zeros(256, dtype=np.uint64), np.zeros(256, dtype=dtype)
    value = np.ones(256, dtype=dtype)
    edge = float(dtype(density.tail))
    value[255] = density.value(edge)
    scale[255] = edge / span
    accept[0] = int(edge * float(value[255]) / density.area * span)
    scale[0] = density.area / float(value[255]) / span
    for layer in range(254, 0, -1):
        inner = float(dtype(density.inverse(density.area / edge + float(value[layer + 1]))))
        accept[layer + 1] = int(inner / edge * span)
        scale[layer] = inner / span
        value[layer] = density.value(inner)
        edge = inner
    return Layers(accept, scale, value)


class Precision(NamedTuple):
    """How words become numbers of one floating type: `width` words make one unit, (n, width) uint64."""

    dtype: type[np.floating[Any]]
    width: int
    uniform: Callable[[Array], Array]
    normal: Callable[[Array], tuple[Array, Array]]
    exponential: Callable[[Array], Array]
    normal_bits: int
    exponential_bits: int


def uniform_of_pair(units: Array) -> Array:
    """53 bits: 27 of the first word, 26 of the second; (n,) float64 in [0, 1)."""
    high, low = units[:, 0] >> np.uint64(5), units[:, 1] >> np.uint64(6)
    return (high << np.uint64(26) | low).astype(np.float64) / MANTISSA_SPAN


def uniform_of_word(units: Array) -> Array:
    """The low 24 bits; (n,) float32 in [0, 1)."""
    return (units[:, 0] & np.uint64(0xFFFFFF)).astype(np.float32) / np.float32(2**24)


def join(units: Array, high_bits: int) -> Array:
    """(n,) uint64: the first word below `high_bits` bits of the second."""
    return (units[:, 1] & np.uint64(2**high_bits - 1)) << np.uint64(32) | units[:, 0]


def normal_of_pair(units: Array) -> tuple[Array, Array]:
    """Magnitude (53 bits) and signed magnitude: the lowest of 54 bits is the sign."""
    bits = join(units, 22)
    magnitude = bits >> np.uint64(1)
    return magnitude, np.where(bits & np.uint64(1), -1.0, 1.0) * magnitude


def normal_of_word(units: Array) -> tuple[Array, Array]:
    """Magnitude (31 bits) and the word read as a signed integer."""
    word = units[:, 0]
    return word & np.uint64(0x7FFFFFFF), word.astype(np.uint32).view(np.int32).astype(np.float32)


DOUBLE = Precision(
    dtype=np.float64,
    width=2,
    uniform=uniform_of_pair,
    normal=normal_of_pair,
    exponential=lambda units: join(units, 21),
    normal_bits=53,
    exponential_bits=53,
)
SINGLE = Precision(
    dtype=np.float32,
    width=1,
    uniform=uniform_of_word,
    normal=normal_of_word,
    exponential=lambda units: units[:, 0],
    normal_bits=31,
    exponential_bits=32,
)


def class_of(dtype: DTypeLike) -> np.dtype[Any]:
    """`dtype` as NumPy's; raises ValueError for a class NumPy has no numbers of."""
    try:
        return np.dtype(dtype)
    except TypeError as error:
        raise ValueError(
            f"no class of numbers is called {dtype!r}; give 'double', 'single', 'int8' ..."
        ) from error


def precision_of(dtype: DTypeLike) -> Precision:
    kind = class_of(dtype)
    if kind == np.float64:
        return DOUBLE
    if kind == np.float32:
        return SINGLE
    raise ValueError(f"random numbers are 'double' or 'single', not {kind.name!r}")


def real_numbers(given: ArrayLike, what: str) -> Array:
    """(n,) float64, column by column; raises ValueError that names `what` for anything but real numbers."""
    try:
        numbers = np.asarray(given)
        if numbers.dtype.kind in "biuf" or (numbers.dtype.kind == "O" and None not in numbers.ravel()):
            return numbers.astype(np.float64).ravel(order="F")
    except (TypeError, ValueError):
        pass
    raise ValueError(f"{what} must be real numbers; got {given!r}")


def real_number(given: float, what: str) -> float:
    """One float; raises ValueError that names `what`."""
    numbers = real_numbers(given, what)
    if numbers.size != 1:
        raise ValueError(f"{what} must be one number; got {given!r}")
    return float(numbers[0])


class Words:
    """The words of one MT19937, taken in units of `width`."""

    def __init__(self, generator: np.random.RandomState, width: int) -> None:
        self.generator, self.width = generator, width

    def take(self, count: int) -> Array:
        """(count, width). Nothing is asked of the generator for none: NumPy would use up a word."""
        words = np.frombuffer(self.generator.bytes(4 * self.width * count) if count else b"", dtype="<u4")
        return words.reshape(count, self.width).astype(np.uint64)


class Cursor:
    """Uniforms read on from the middle of a block of units, and beyond its end when it must."""

    def __init__(self, block: Array, words: Words, precision: Precision) -> None:
        self.block, self.words, self.precision, self.at = block, words, precision, 0

    def uniform(self) -> float:
        """The next uniform that is not zero."""
        value = 0.0
        while value == 0.0:
            inside = self.at < len(self.block)
            unit = self.block[self.at : self.at + 1] if inside else self.words.take(1)
            self.at += 1
            value = float(self.precision.uniform(unit)[0])
        return value


def uniforms(generator: np.random.RandomState, count: int, precision: Precision) -> Array:
    """(count,) in (0, 1); zeros are drawn again. NumPy's own uniforms are those of a pair of words."""

    def draw(missing: int) -> Array:
        if precision is DOUBLE:
            return generator.random_sample(missing)
        return precision.uniform(Words(generator, precision.width).take(missing))

    drawn = draw(count)
    while (kept := drawn[drawn > 0]).size < count:
        drawn = np.concatenate([kept, draw(count - kept.size)])
    return kept


class Ziggurat(NamedTuple):
    """One distribution in one precision: how units split into magnitude and signed value, and its tail."""

    density: Density
    table: Layers
    precision: Precision
    split: Callable[[Array], tuple[Array, Array]]
    tail: Callable[[Cursor, int], float]

    def draw(self, generator: np.random.RandomState, count: int) -> Array:
        """(count,) draws. Every unit is tried at once; only the 1% not accepted are walked one by one.

        A block never holds more units than draws are missing, and a draw takes at least one, so that
        the generator ends exactly where drawing one by one would leave it.
        """
        words = Words(generator, self.precision.width)
        drawn: Array = np.empty(0, dtype=self.precision.dtype)
        while (missing := count - drawn.size) > 0:
            drawn = np.concatenate([drawn, self.block(words, missing)])
        return drawn

    def block(self, words: Words, count: int) -> Array:
        """The draws that `count` units give, at most `count`."""
        units = words.take(count)
        magnitude, signed = self.split(units)
        layer = (magnitude & np.uint64(0xFF)).astype(np.intp)
        values = (signed * self.table.scale[layer]).astype(self.precision.dtype)
        keep = magnitude < self.table.accept[layer]
        cursor = Cursor(units, words, self.precision)
        for i in np.flatnonzero(~keep).tolist():
            if i < cursor.at:
                continue
            cursor.at = i + 1
            if layer[i] == 0:
                values[i], keep[i] = self.tail(cursor, int(magnitude[i])), True
            else:
                keep[i] = self.below(int(layer[i]), float(values[i]), cursor.uniform())
            keep[i + 1 : cursor.at] = False
        return values[keep]

    def below(self, layer: int, x: float, uniform: float) -> bool:
        """Whether the point at x, `uniform` of the way up its layer, lies under the density."""
        lower, upper = self.table.value[layer], self.table.value[layer - 1]
        height = (upper - lower) * self.precision.dtype(uniform) + lower
        return float(height) < self.density.value(x)


@cache
def normal(precision: Precision) -> Ziggurat:
    """Standard normal; its tail by Marsaglia (1964, Technometrics 6)."""

    def rounded_log(value: float) -> float:
        return float(precision.dtype(math.log(value)))

    def tail(cursor: Cursor, magnitude: int) -> float:
        while True:
            step = float(precision.dtype(-rounded_log(cursor.uniform()) * (1 / NORMAL.tail)))
            height = -rounded_log(cursor.uniform())
            if height + height > step * step:
                return -NORMAL.tail - step if magnitude & 0x100 else NORMAL.tail + step

    table = layers(NORMAL, precision.normal_bits, precision.dtype)
    return Ziggurat(NORMAL, table, precision, precision.normal, tail)


@cache
def exponential(precision: Precision) -> Ziggurat:
    """Exponential of mean 1; what lies beyond the tail is exponential again."""

    def split(units: Array) -> tuple[Array, Array]:
        magnitude = precision.exponential(units)
        return magnitude, magnitude.astype(precision.dtype)

    def tail(cursor: Cursor, magnitude: int) -> float:
        return EXPONENTIAL.tail - float(precision.dtype(math.log(cursor.uniform())))

    table = layers(EXPONENTIAL, precision.exponential_bits, precision.dtype)
    return Ziggurat(EXPONENTIAL, table, precision, split, tail)


def normals(generator: np.random.RandomState, count: int, precision: Precision) -> Array:
    """(count,) standard normal."""
    return normal(precision).draw(generator, count)


def exponentials(generator: np.random.RandomState, count: int, precision: Precision) -> Array:
    """(count,) exponential of mean 1."""
    return exponential(precision).draw(generator, count)


def seed_words(seed: ArrayLike) -> list[int]:
    """Octave's seed, a number or an array, as the words that start the generator.

    Each number is rounded half away from zero and held to 0..2^32 - 1; NaN and infinities are 0.
    """
    numbers = real_numbers(seed, "the seed")
    if numbers.size == 0:
        raise ValueError("the seed is empty; give a number, an array or a saved state")
    rounded = np.floor(np.where(np.isfinite(numbers), numbers, 0.0).clip(0, WORD_SPAN - 1) + 0.5)
    return [int(word) for word in rounded.clip(0, WORD_SPAN - 1)]


def size_of(sizes: tuple[Size, ...]) -> tuple[int, ...]:
    """MATLAB's way of giving sizes as a shape; `()` for none. Negative sizes are 0."""
    if texts := [size for size in sizes if isinstance(size, str)]:
        raise ValueError(f"sizes are whole numbers; give the class as dtype={texts[0]!r}")
    listed = np.concatenate([real_numbers(size, "sizes") for size in sizes] or [np.empty(0)])
    if not np.all(np.isfinite(listed) & (listed == np.floor(listed))):
        raise ValueError(f"sizes are whole numbers; got {', '.join(f'{size:g}' for size in listed)}")
    if sizes and not listed.size:
        return (0, 0)
    extents = [max(int(size), 0) for size in listed]
    if len(extents) == 1:
        extents *= 2
    while len(extents) > 2 and extents[-1] == 1:
        extents.pop()
    return tuple(extents)


def saturated(values: Array, dtype: np.dtype[Any]) -> Array:
    """`values` in `dtype`, held to its range as MATLAB's classes do."""
    if dtype.kind in "iu":
        values = values.clip(np.iinfo(dtype).min, np.iinfo(dtype).max)
    return values.astype(dtype)


def filled(values: Array, shape: tuple[int, ...]) -> Any:
    """`values` by columns in `shape`; a plain number for `()`."""
    return values.reshape(shape, order="F") if shape else values[0].item()


def bounds_of(bounds: float | Sequence[float] | Array) -> tuple[int, int]:
    """`imax` or `[imin, imax]` as integers (imin, imax)."""
    listed = real_numbers(bounds, "the bounds of randi").tolist()
    if len(listed) not in (1, 2) or not all(bound.is_integer() for bound in listed):
        raise ValueError(f"randi takes imax or [imin, imax], whole numbers; got {bounds}")
    low, high = (1, int(listed[0])) if len(listed) == 1 else (int(listed[0]), int(listed[1]))
    if low > high:
        raise ValueError(f"randi takes imin <= imax; got imin = {low}, imax = {high}")
    if max(abs(low), abs(high), high - low + 1) >= MANTISSA_SPAN - 1:
        raise ValueError(f"randi reaches 2^53 - 2; got imin = {low}, imax = {high}")
    return low, high


def count_of(n: float, m: float | None) -> tuple[int, int]:
    """randperm's `n` and `m` as integers, `m = n` when not given."""
    total = real_number(n, "the n of randperm")
    chosen = total if m is None else real_number(m, "the m of randperm")
    if not (total.is_integer() and chosen.is_integer() and 0 <= chosen <= total):
        raise ValueError(
            f"randperm takes whole numbers with 0 <= m <= n; got n = {n}, m = {n if m is None else m}"
        )
    return int(total), int(chosen)


def capture(generator: np.random.RandomState) -> tuple[Array, int]:
    """The 624 words of a generator, uint32, and how many of them are used."""
    state: Any = generator.get_state(legacy=False)
    return state["state"]["key"], int(state["state"]["pos"])


def resume(generator: np.random.RandomState, key: ArrayLike, position: int) -> None:
    """Set a generator to what `capture` gave."""
    generator.set_state(("MT19937", np.asarray(key, dtype=np.uint32), position, 0, 0.0))


class OctaveStream:
    """The random numbers of GNU Octave, bit for bit.

    `OctaveStream(42)` is Octave after `rand("twister", 42); randn("twister", 42); rande("twister", 42)`,
    and for `rand`, `randn`, `randi`, `randperm` also after `rng(42)`. The distributions keep separate
    states, as in Octave: `seed("randn", 7)` is `randn("twister", 7)` and leaves the others alone.
    A state is what Octave's `rand("state")` gives: (625, 1) uint32.
    """

    def __init__(self, seed: ArrayLike | dict[str, Array] = 0) -> None:
        """`seed`: a number, an array, a saved state, or the `states` of a stream, which it resumes."""
        names = ("rand", "randn", "rande")
        if isinstance(seed, dict) and set(seed) != set(names):
            raise ValueError(
                f"the states of a stream are those of {', '.join(names)}; got {', '.join(map(str, seed))}"
            )
        self.generators = {name: np.random.RandomState([0]) for name in names}
        for name in names:
            self.seed(name, seed[name] if isinstance(seed, dict) else seed)

    def seed(self, name: str, seed: ArrayLike) -> None:
        """`rand("twister", seed)` for `name` = "rand", "randn" or "rande"; `seed` may be a saved state."""
        generator = self.generator(name)
        words = seed_words(seed)
        if len(words) == STATE_WORDS + 1 and 0 < words[-1] <= STATE_WORDS:
            resume(generator, words[:-1], STATE_WORDS + 1 - words[-1])
        else:
            generator.seed(words)

    def generator(self, name: str) -> np.random.RandomState:
        if name not in self.generators:
            raise ValueError(
                f"no distribution {name!r}; randi and randperm draw from 'rand', besides 'randn', 'rande'"
            )
        return self.generators[name]

    def state(self, name: str) -> Array:
        """What `rand("state")` gives for `name` = "rand", "randn" or "rande": (625, 1) uint32."""
        key, position = capture(self.generator(name))
        return np.append(key, np.uint32(STATE_WORDS + 1 - position)).reshape(-1, 1)

    @property
    def states(self) -> dict[str, Array]:
        """Every state by name; `OctaveStream(stream.states)` goes on where `stream` is now."""
        return {name: self.state(name) for name in self.generators}

    def rand(self, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Uniform on (0, 1), of `size`, float64 or with `dtype="single"` float32."""
        return self.draw("rand", uniforms, size, dtype)

    def randn(self, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Standard normal, of `size`, float64 or with `dtype="single"` float32."""
        return self.draw("randn", normals, size, dtype)

    def rande(self, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Exponential of mean 1, of `size`, float64 or with `dtype="single"` float32."""
        return self.draw("rande", exponentials, size, dtype)

    def draw(
        self,
        name: str,
        sampler: Callable[[np.random.RandomState, int, Precision], Array],
        size: tuple[Size, ...],
        dtype: DTypeLike,
    ) -> Any:
        shape = size_of(size)
        return filled(sampler(self.generators[name], math.prod(shape), precision_of(dtype)), shape)

    def randi(self, bounds: float | Sequence[float] | Array, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Whole numbers from `imin` to `imax`, both included; `bounds` is `imax` or `[imin, imax]`.

        More uniforms are drawn than numbers wanted, and those that would make some numbers likelier
        are left out: the state moves on as Octave's does.
        """
        low, high = bounds_of(bounds)
        shape, kind = size_of(size), class_of(dtype)
        count, span = math.prod(shape), high - low + 1
        share = MANTISSA_SPAN // span
        used = share * span
        proportion = used / MANTISSA_SPAN
        asked = math.ceil(count / proportion + 10 * math.sqrt(count / proportion - count))
        drawn = self.primaries(asked, used)
        while drawn.size < count:
            drawn = self.primaries(asked, used)
        return filled(saturated(low + np.floor(drawn[:count] / share), kind), shape)

    def primaries(self, count: int, used: int) -> Array:
        """Those of `count` whole numbers below 2^53 that are below `used`."""
        drawn = uniforms(self.generators["rand"], count, DOUBLE) * MANTISSA_SPAN
        return drawn[drawn < used]

    def randperm(self, n: float, m: float | None = None) -> Array:
        """`m` of 1..n in random order, all different, (1, m) float64; all of them without `m`."""
        total, chosen = count_of(n, m)
        steps = np.floor(uniforms(self.generators["rand"], chosen, DOUBLE) * (total - np.arange(chosen)))
        items = np.arange(1.0, total + 1)
        for i, step in enumerate(steps.astype(np.intp)):
            items[i], items[i + step] = items[i + step], items[i]
        return items[:chosen].reshape(1, -1)


class MatlabStream:
    """The random numbers of MATLAB's default generator, as far as published outputs prove them.

    `MatlabStream(seed)` is MATLAB after `rng(seed)` or `rand('twister', seed)`; 0 and "default" are one.
    """

    def __init__(self, seed: float | str | tuple[Array, int] = 0) -> None:
        """`seed`: a whole number from 0 to 2^32 - 1, "default", or a stream's `state`, which it resumes."""
        if isinstance(seed, tuple):
            self.generator = np.random.RandomState(0)
            resume(self.generator, *matlab_state(seed))
        else:
            self.generator = np.random.RandomState(matlab_seed(seed))

    @property
    def state(self) -> tuple[Array, int]:
        """The 624 words and how many are used; for `MatlabStream(state)`, not MATLAB's own `rng` struct."""
        return capture(self.generator)

    def rand(self, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Uniform on (0, 1), of `size`, float64. Raises NotImplementedError for `dtype="single"`."""
        if precision_of(dtype) is SINGLE:
            raise NotImplementedError(unproved("rand(..., 'single')", "single(rand(...)) in the MATLAB code"))
        shape = size_of(size)
        return filled(uniforms(self.generator, math.prod(shape), DOUBLE), shape)

    def randi(self, bounds: float | Sequence[float] | Array, *size: Size) -> Any:
        """Whole numbers from `imin` to `imax`, float64; `bounds` is `imax` or `[imin, imax]`."""
        low, high = bounds_of(bounds)
        shape = size_of(size)
        return filled(
            low + np.floor((high - low + 1) * uniforms(self.generator, math.prod(shape), DOUBLE)), shape
        )

    def randperm(self, n: float, m: float | None = None) -> Array:
        """1..n in random order, (1, n) float64. Raises NotImplementedError for `m` of them."""
        if m is not None:
            raise NotImplementedError(
                unproved("randperm(n, m)", "p = randperm(n); p(1:m) in the MATLAB code")
            )
        total, _ = count_of(n, None)
        order = np.argsort(uniforms(self.generator, total, DOUBLE), kind="stable")
        return (order + 1.0).reshape(1, -1)

    def randn(self, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Refused: raises NotImplementedError, which says what to do instead."""
        raise NotImplementedError(
            unproved("randn", "norminv(rand(...)) in the MATLAB code, scipy.special.ndtri here")
        )

    def rande(self, *size: Size, dtype: DTypeLike = "double") -> Any:
        """Refused: MATLAB has no `rande`; raises NotImplementedError."""
        raise NotImplementedError("MATLAB has no rande, only Octave has; -log(rand(...)) runs in both")


def matlab_seed(seed: float | str) -> int:
    if isinstance(seed, str):
        if seed == "default":
            return MATLAB_DEFAULT_SEED
        raise ValueError(f"a MATLAB seed is a whole number or 'default'; got {seed!r}")
    number = real_number(seed, "a MATLAB seed")
    if not (number.is_integer() and 0 <= number < WORD_SPAN):
        raise ValueError(f"a MATLAB seed is a whole number from 0 to 2^32 - 1, or 'default'; got {seed!r}")
    return int(number) or MATLAB_DEFAULT_SEED


def matlab_state(state: tuple[Any, ...]) -> tuple[Array, int]:
    """The words and the count of used ones; raises ValueError unless they are what a stream's `state` gave."""
    if len(state) != 2 or np.shape(state[0]) != (STATE_WORDS,) or not 0 <= state[1] <= STATE_WORDS:
        raise ValueError(f"a state is that of a MatlabStream, ({STATE_WORDS} words, how many are used)")
    return state


def unproved(call: str, remedy: str) -> str:
    return (
        f"how MATLAB's {call} makes numbers of its words is not published, so they are not guessed; "
        f"write {remedy}, or record the values in MATLAB and load them"
    )
