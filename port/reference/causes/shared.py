"""Questions about a pair that several rules ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np

from port.reference.causes.arrays import Array, few_of, folds, is_vector, peak, probe
from port.reference.causes.rule import Pair, Step, all_finite

Reduction = Callable[..., Array]
RANDOM_GRID = 2.0**53
FOLD_PLACES = 64
LEAST_DAMPED, LEAST_VARIED, LEAST_SPREAD, SATURATED = 12, 0.2, 1e-3, 30.0
SLOPE_MAX = 0.2500001
LEAST_SUM = 1e-2
ONE_SPOT, ALMOST = 100.0, 200.0
MOST_PRODUCTS = 10**7


def refolds_an_input(pair: Pair) -> bool:
    """Whether an input of another shape, read down its columns, is what was wanted."""
    flat = pair.facts.want.ravel(order="F")
    others = (
        a for a in pair.facts.arrays.values() if a.size == flat.size and a.shape != pair.facts.want.shape
    )
    return any(np.array_equal(a.ravel(order="F"), flat) for a in others)


def is_unit(array: Array) -> bool:
    """Whether three real values at least lie within (0, 1), ends left out."""
    return np.isrealobj(array) and array.size >= 3 and bool(((array > 0) & (array < 1)).all())


def is_raw_uniform(array: Array) -> bool:
    """Whether the values can be fresh draws of rand: multiples of 2^-53 within (0, 1), three at least."""
    if not is_unit(array):
        return False
    grid = array * RANDOM_GRID
    return bool((grid == np.rint(grid)).all())


def probabilities_along(array: Array, noise: float) -> list[int]:
    """The axes of an array, not a vector without a second one, along which non-negative values sum to 1."""
    if array.ndim < 2 or np.iscomplexobj(array) or not np.isfinite(array).all() or (array < 0).any():
        return []
    return [axis for axis in range(array.ndim) if np.abs(array.sum(axis=axis) - 1).max() <= 100 * noise]


def softmax(z: Array, *axes: int) -> Array:
    """exp(z) over its sum along `axes` (all of them when none is named)."""
    axis = axes or None
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    total: Array = e / e.sum(axis=axis, keepdims=True)
    return total


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z))."""
    value: Array = 1 / (1 + np.exp(-z))
    return value


def activations(pair: Pair) -> tuple[tuple[str, Array], ...]:
    """Inputs of the reference's shape that may be a sigmoid's output, or would be after a sigmoid."""
    known = pair.facts.activations
    if pair.want.shape not in known:
        known[pair.want.shape] = tuple(_activations(pair.facts.shaped(pair.want.shape)))
    return known[pair.want.shape]


def _activations(inputs: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    for name, a in inputs.items():
        if np.isrealobj(a) and (a.size == 1 or np.ptp(a) > LEAST_SPREAD):
            if ((a > 0) & (a < 1)).all():
                yield f"a = {name}", a
            if np.abs(a).max() < SATURATED:
                yield f"a = sigmoid({name})", sigmoid(a)


def deltas(pair: Pair, of: Callable[[Array, Array], Array]) -> Iterator[tuple[str, Array, Array]]:
    """Activations a and inputs y with want = of(a, y): what is said of a - y, a and y; few elements are asked first."""
    left, right = sampled(pair)
    if not left.size:
        return
    few = few_of(pair.want)
    values = of(left[:, None], right)
    top = np.maximum(np.abs(values).max(axis=2), np.abs(few).max())
    near = np.abs(values - few).max(axis=2) <= pair.facts.loose * top
    targets = real_inputs(pair)
    for i, j in np.argwhere(near):
        (said, a), (name, y) = activations(pair)[i], targets[j]
        if said != f"a = {name}" and pair.same(of(a, y), pair.want):
            yield f"a - {name}, {said},", a, y


def real_inputs(pair: Pair) -> list[tuple[str, Array]]:
    """The real inputs of the shape of want."""
    return [(name, a) for name, a in pair.facts.shaped(pair.want.shape).items() if np.isrealobj(a)]


def sampled(pair: Pair) -> tuple[Array, Array]:
    """(n, few) elements of the activations, (k, few) of the real inputs, of the shape of want."""
    known, shape = pair.facts.sampled, pair.want.shape
    if shape not in known:
        known[shape] = _table(activations(pair)), _table(real_inputs(pair))
    return known[shape]


def _table(group: Sequence[tuple[str, Array]]) -> Array:
    """(n, few) elements of n arrays of one shape."""
    return np.array([few_of(a) for _, a in group]) if group else np.zeros((0, 0))


def slopes_that_fit(pair: Pair, large: Array, small: Array) -> Iterator[tuple[str, Array]]:
    """The activations a for which small may be in one ratio to large*a(1-a); few elements are asked."""
    factors = logistic_slope(sampled(pair)[0])
    if not factors.size or small.size == 1:
        return
    some, others = few_of(small), few_of(large) * factors
    if not (np.isfinite(some).all() and np.isfinite(others).all()):
        yield from activations(pair)
        return
    top = np.maximum(np.abs(others).max(axis=1, keepdims=True), np.finfo(float).tiny)
    units = others / top
    ratios = (units @ some) / np.maximum((units**2).sum(axis=1), np.finfo(float).tiny)
    apart = np.abs(ratios[:, None] * units - some).max(axis=1)
    for i in np.flatnonzero(apart <= ALMOST * pair.facts.coarse * max(float(np.abs(some).max()), 1e-300)):
        yield activations(pair)[i]


def bare_errors(error: Array) -> Iterator[tuple[str, Array]]:
    """The activation (or 1 less it) behind a - y when targets are 0 or 1."""
    if error.size > 2 and ((np.abs(error) < 1) & (error != 0)).all():
        yield "for targets 0 and 1", np.abs(error)


def logistic_slope(a: Array) -> Array:
    """a (1 - a)."""
    slope: Array = a * (1 - a)
    return slope


def column_like(values: Array, like: Array) -> Array:
    """Values laid out as another array is, when the sizes agree; unchanged else."""
    return values.reshape(like.shape) if values.size == like.size else values


def shortened_axes(pair: Pair) -> list[int]:
    """The axes along which got is shorter than want, when one or two slices are missing in all."""
    want, got = pair.want.shape, pair.got.shape
    missing = [w - g for w, g in zip(want, got, strict=False)]
    few = len(want) == len(got) and min(missing, default=0) >= 0 and sum(missing) <= 2
    return [axis for axis, n in enumerate(missing) if n] if few else []


def momentum_updates(pair: Pair) -> Iterator[tuple[str, float, Array, Array]]:
    """Inputs dp, g with want = mc*dp + b*g: what is said of them, mc, mc*dp and b*g."""
    if not (np.isrealobj(pair.want) and all_finite(pair.want)):
        return
    for (before, dp), (gradient, g) in _may_add_up(pair):
        if all_finite(dp, g) and dp.any() and g.any():
            for mc, b in _momentum(pair, dp, g):
                if 0 < mc < 1 and b > 0 and pair.same(mc * dp + b * g, pair.want):
                    yield f"mc*{before} + b*{gradient}, mc = {mc:.4g}", mc, mc * dp, b * g


def _may_add_up(pair: Pair) -> Iterator[tuple[tuple[str, Array], tuple[str, Array]]]:
    """Pairs of real inputs of which a few elements of want may be a sum with factors, by their normal equations."""
    inputs = real_inputs(pair)
    if len(inputs) < 2:
        return
    if pair.want.size < 3:
        yield from permutations(inputs, 2)
        return
    basis, some = _table(inputs), few_of(pair.want)
    basis = basis / np.maximum(np.abs(basis).max(axis=1, keepdims=True), np.finfo(float).tiny)
    gram, right = basis @ basis.T, basis @ some
    for i, j in permutations(range(len(inputs)), 2):
        pivot = gram[i, i] * gram[j, j] - gram[i, j] ** 2
        first = gram[j, j] * right[i] - gram[i, j] * right[j]
        second = gram[i, i] * right[j] - gram[i, j] * right[i]
        apart = np.abs(first * basis[i] + second * basis[j] - pivot * some).max()
        if not apart > LEAST_SUM * pivot * np.abs(some).max() or pivot < LEAST_SUM * gram[i, i] * gram[j, j]:
            yield inputs[i], inputs[j]


def _momentum(pair: Pair, dp: Array, g: Array) -> Iterator[tuple[float, float]]:
    """mc and b by least squares from a sample; of one or two elements, mc is one of the scalars."""
    if pair.want.size < 3:
        for mc in pair.facts.scalars.values():
            yield mc, float((pair.want - mc * dp).flat[0] / g.flat[0])
        return
    few = probe(pair.want.shape)
    basis = np.stack([dp[few], g[few]], axis=1)
    scale = np.maximum(np.abs(basis).max(axis=0), np.finfo(float).tiny)
    mc, b = np.linalg.lstsq(basis / scale, pair.want[few], rcond=None)[0] / scale
    yield float(mc), float(b)


def kernels(pair: Pair) -> Iterator[tuple[str, Array, str, Array]]:
    """Inputs that may be an image and the smaller kernel it is convolved with."""
    for (a, image), (b, kernel) in permutations(pair.facts.matrices.items(), 2):
        smaller = all(k <= n for k, n in zip(kernel.shape, image.shape, strict=True))
        if smaller and kernel.size < image.size and image.size * kernel.size <= MOST_PRODUCTS:
            yield a, image, b, kernel


def convolution(image: Array, kernel: Array) -> Array:
    """The full 2-D convolution, by FFT."""
    shape = tuple(n + k - 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    if np.iscomplexobj(image) or np.iscomplexobj(kernel):
        return np.asarray(np.fft.ifft2(np.fft.fft2(image, shape) * np.fft.fft2(kernel, shape)))
    return np.asarray(np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape))


def crop(full: Array, image: Array, kernel: Array, mode: str) -> Array:
    """The part of a full convolution that MATLAB's conv2 gives; `early` is SciPy's choice for "same"."""
    sides = []
    for n, k in zip(image.shape, kernel.shape, strict=True):
        start, length = {
            "full": (0, n + k - 1),
            "valid": (k - 1, n - k + 1),
            "same": (k // 2, n),
            "early": ((k - 1) // 2, n),
        }[mode]
        sides.append(slice(start, start + length))
    return full[tuple(sides)]


def may_be_convolved(pair: Pair, image: Array, kernel: Array, mode: str) -> bool:
    """Whether want has the shape of a convolution, and of its elements the one where the kernel fits first."""
    spots = np.zeros(tuple(n + k - 1 for n, k in zip(image.shape, kernel.shape, strict=True)), bool)
    spots[tuple(k - 1 for k in kernel.shape)] = True
    wanted = crop(spots, image, kernel, mode)
    if wanted.shape != pair.want.shape:
        return False
    one = (image[tuple(slice(k) for k in kernel.shape)] * kernel[::-1, ::-1]).sum()
    return bool(np.abs(pair.want[wanted] - one).max() <= ONE_SPOT * pair.facts.loose * peak(pair.want))


def is_damped(small: Array, large: Array) -> bool:
    """Whether small/large lies in (0, 0.25] and varies, for a dozen elements at least."""
    if small.size < LEAST_DAMPED or not (np.isfinite(small) & np.isfinite(large) & (large != 0)).all():
        return False
    ratio = small / large
    return bool((ratio > 0).all() and ratio.max() <= SLOPE_MAX and np.ptp(ratio) > LEAST_VARIED * ratio.max())


def away_from_zero(a: Array) -> Array:
    """MATLAB's round: half away from zero."""
    rounded: Array = np.sign(a) * np.floor(np.abs(a) + 0.5)
    return rounded


def finite_part(pair: Pair) -> tuple[Array, Array] | None:
    """Both arrays where got is a number, when got has NaN and want none; else None."""
    if not pair.same_shape or np.isnan(pair.want).any() or not np.isnan(pair.got).any():
        return None
    kept = ~np.isnan(pair.got)
    return pair.want[kept], pair.got[kept]


def unless_nan(pair: Pair, evidence: str, weight: float) -> Iterator[Step]:
    """The pair where got is a number; explained when it is nowhere one."""
    rest = finite_part(pair)
    if rest is not None and rest[0].any():
        yield pair.step(evidence, want=rest[0], got=rest[1], weight=weight, final=True)
    elif rest is not None and not rest[0].size:
        yield pair.explained(evidence, weight)


def reread(pair: Pair) -> Iterator[tuple[str, Array, float]]:
    """want as it would be, had its elements been read and laid by rows instead of by columns.

    The elements come from a vector, from an input, or from a matrix of whatever shape fits: what is said of it,
    the array, and how well that shape is founded.
    """
    want, got = pair.want, pair.got
    flat = want.ravel(order="F")
    yield "want read down its columns is got read along its rows", flat.reshape(want.shape), 0.8
    shapes = {
        a.shape: name for name, a in pair.facts.arrays.items() if a.size == flat.size and not is_vector(a)
    }
    for shape in dict.fromkeys([*shapes, *matching_folds(flat, got.ravel(), pair.facts.coarse)]):
        if shape == want.shape:
            continue
        source = f"{shapes[shape]}, {shape}," if shape in shapes else f"a matrix {shape}"
        laid = flat.reshape(shape, order="F").reshape(want.shape)
        yield f"{source} was reshaped by columns in want and by rows in got", laid, 0.8


def matching_folds(want: Array, got: Array, noise: float) -> Iterator[tuple[int, int]]:
    """The (rows, columns) of matrices that want may read by columns and got by rows, told from some elements.

    One element may be lost at either end of got.
    """
    filled = np.flatnonzero(got) if want.size - got.size in (0, 1) else np.zeros(0, int)
    if not filled.size or not peak(want):
        return
    kept = filled[:: -(-filled.size // FOLD_PLACES)]
    sizes = np.abs(want) * (peak(got) / peak(want))
    near = noise * peak(got)
    for rows, columns in folds(want.size):
        for lost in range(want.size - got.size + 1):
            places = kept + lost
            read = sizes[places % columns * rows + places // columns]
            if (np.abs(read - np.abs(got[kept])) <= near).all():
                yield rows, columns


def matching_boxes(want: Array, got: Array, noise: float) -> Iterator[tuple[int, int, int]]:
    """The (rows, columns, pages) of arrays that want may read by columns and got by rows, told from some elements."""
    if want.size != got.size or not peak(want) or not peak(got):
        return
    sizes, found = np.abs(want) * (peak(got) / peak(want)), np.abs(got)
    near = noise * peak(got)
    if max(abs(sizes[end] - found[end]) for end in (0, -1)) > near:
        return
    filled = np.flatnonzero(got)
    kept = filled[:: -(-filled.size // FOLD_PLACES)]
    for rows, rest in folds(want.size):
        for columns, pages in folds(rest):
            row, (column, page) = kept // rest, divmod(kept % rest, pages)
            if (np.abs(sizes[row + rows * (column + columns * page)] - found[kept]) <= near).all():
                yield rows, columns, pages
