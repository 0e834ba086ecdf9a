"""Polynomials, convolution, filters, transforms, interpolation and integration."""

from typing import Any

import numpy as np

from port.migrate.runtime.reductions import axis_of, floats
from port.migrate.runtime.shapes import first_dim, trimmed
from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    given,
    matrix,
    narrow,
    number,
    unbox,
    whole,
)


def polyfit(x: Value, y: Value, degree: Value, *, nargout: int = 1) -> Any:
    """The coefficients of the least-squares polynomial as a row, highest power first; `nargout=2` adds a
    struct of it.
    """
    from types import SimpleNamespace

    a, b, n = floats(x).ravel(), floats(y).ravel(), whole(degree)
    powers = np.vander(a, n + 1)
    q, r = np.linalg.qr(powers)
    coefficients = np.linalg.solve(r, q.T @ b) if a.size > n else np.linalg.lstsq(powers, b, rcond=None)[0]
    if nargout == 1:
        return unbox(coefficients.reshape(1, -1))
    fitted = powers @ coefficients
    residual = np.linalg.norm(fitted - b)
    freedom, shaped = float(max(0, a.size - n - 1)), fitted.reshape(floats(y).shape)
    report = SimpleNamespace(R=r, X=powers, C=np.linalg.inv(r.T @ r), df=freedom, normr=residual, yf=shaped)
    return unbox(coefficients.reshape(1, -1)), report


def polyval(p: Value, x: Value) -> Value:
    """The polynomial with coefficients `p`, highest power first, at every element; of `[]` zero everywhere."""
    return unbox(
        np.asarray(
            np.polyval(matrix(p).ravel(), matrix(x)), dtype=np.result_type(matrix(p), matrix(x), float)
        )
    )


def roots(p: Value) -> Value:
    """The zeros of a polynomial as a column."""
    found = np.roots(matrix(p).ravel())
    return unbox(narrow(found).reshape(-1, 1)) if found.size else np.zeros((0, 0))


def poly(x: Value) -> Value:
    """The coefficients of the polynomial with given zeros, or the characteristic one of a matrix, as a row."""
    array = floats(x)
    zeros_of = (
        np.linalg.eigvals(array) if array.shape[0] == array.shape[1] and array.size > 1 else array.ravel()
    )
    return unbox(np.atleast_1d(np.real_if_close(np.poly(zeros_of))).reshape(1, -1))


def polyder(p: Value) -> Value:
    """The derivative's coefficients as a row."""
    derived = np.polyder(matrix(p).ravel())
    return unbox(derived.reshape(1, -1)) if derived.size else np.float64(0)


def polyint(p: Value, constant: Value = 0.0) -> Value:
    """The integral's coefficients as a row."""
    return unbox(np.polyint(matrix(p).ravel(), k=number(constant)).reshape(1, -1))


def conv(a: Value, b: Value, shape: str = "full") -> Value:
    """The product of polynomials: a column where `a` is one (of full shape: where the first is), else a row."""
    x, y = floats(a), floats(b)
    full = np.convolve(x.ravel(), y.ravel())
    if shape == "same":
        start = int(np.ceil((y.size + 1) / 2)) - 1
        full = full[start : start + x.size]
    elif shape == "valid":
        full = full[y.size - 1 : x.size] if x.size >= y.size else full[:0]
    column = (x if x.size > 1 else y).shape[1] == 1 and (x.size > 1 or y.size > 1)
    return unbox(full.reshape((-1, 1) if column else (1, -1)))


def deconv(a: Value, b: Value, *, nargout: int = 1) -> Any:
    """The quotient of polynomials, with `nargout=2` the remainder too."""
    x, y = floats(a).ravel(), floats(b).ravel()
    quotient, _ = np.polydiv(x, y)
    rest = x - np.convolve(quotient, y)[: x.size]
    shape = (-1, 1) if matrix(a).shape[1] == 1 and x.size > 1 else (1, -1)
    outputs = (unbox(quotient.reshape(shape)), unbox(rest.reshape(shape)))
    return outputs if nargout > 1 else outputs[0]


def conv2(a: Value, b: Value, shape: Value = "full", *rest: Value) -> Value:
    """The convolution in two dimensions; "same" keeps the centre, for even kernels one later than SciPy's."""
    if not isinstance(shape, str):
        return conv2(conv2(shape, matrix(a).reshape(-1, 1), *rest), matrix(b).reshape(1, -1), *rest)
    return convn(a, b, shape)


def filter2(b: Value, x: Value, shape: str = "same") -> Value:
    """The correlation of `x` with a kernel: the convolution with it turned by half a turn."""
    return conv2(x, matrix(b)[::-1, ::-1], shape)


def convn(a: Value, b: Value, shape: str = "full") -> Value:
    """The convolution in all dimensions: "full", the central "same", or "valid" without any padding."""
    dims = max(floats(a).ndim, floats(b).ndim)
    x, y = _padded(floats(a), dims), _padded(floats(b), dims)
    if shape == "valid":
        return unbox(trimmed(_valid(x, y)))
    sizes = [max(m + n - 1, 0) for m, n in zip(x.shape, y.shape, strict=True)]
    full: Array = np.zeros(sizes, dtype=np.result_type(x, y))
    large, small = (x, y) if y.size <= x.size else (y, x)
    for place, weight in np.ndenumerate(small):
        window = [slice(p, p + n) for p, n in zip(place, large.shape, strict=True)]
        full[tuple(window)] += weight * large
    return unbox(trimmed(full[_centre(x.shape, y.shape)] if shape == "same" else full))


def _valid(x: Array, y: Array) -> Array:
    """The part without padding, by weights or by places of the result, whichever are fewer."""
    sizes = tuple(max(m - n + 1, 0) for m, n in zip(x.shape, y.shape, strict=True))
    out: Array = np.zeros(sizes, dtype=np.result_type(x, y))
    turned = np.flip(y)
    if y.size <= out.size:
        for place, weight in np.ndenumerate(turned):
            out += weight * x[tuple(slice(p, p + n) for p, n in zip(place, sizes, strict=True))]
    else:
        for place in np.ndindex(sizes):
            window = tuple(slice(p, p + n) for p, n in zip(place, y.shape, strict=True))
            out[place] = np.sum(x[window] * turned)
    return out


def _padded(x: Array, dims: int) -> Array:
    """With dimensions of extent 1 behind, up to `dims`."""
    return x.reshape(x.shape + (1,) * (dims - x.ndim))


def _centre(x: tuple[int, ...], y: tuple[int, ...]) -> tuple[slice, ...]:
    """The central part of a full convolution, of the size of x."""
    return tuple(slice(n // 2, n // 2 + m) for m, n in zip(x, y, strict=True))


def filter_(b: Value, a: Value, x: Value) -> Value:
    """The rational digital filter with numerator `b` and denominator `a`, along the first dimension that is
    not 1.
    """
    above, below, data = (floats(v) for v in (b, a, x))
    lead = below.reshape(-1)[0]
    taps, poles = above.ravel() / lead, below.ravel() / lead
    moved = np.moveaxis(data, first_dim(data), 0)
    out: Array = np.zeros(moved.shape, dtype=np.result_type(data, taps, poles))
    for n in range(moved.shape[0]):
        out[n] = sum(taps[k] * moved[n - k] for k in range(min(n + 1, taps.size)))
        out[n] -= sum(poles[k] * out[n - k] for k in range(1, min(n + 1, poles.size)))
    return unbox(np.moveaxis(out, 0, first_dim(data)))


def _transformed(transform: Any, x: Value, n: Value, dim: Value) -> Value:
    array = floats(x)
    return unbox(transform(array, n=whole(n) if given(n) else None, axis=axis_of(array, dim)))


def fft(x: Value, n: Value = None, dim: Value = None) -> Value:
    """The discrete Fourier transform down columns (`np.fft.fft`: along the last axis)."""
    return _transformed(np.fft.fft, x, n, dim)


def ifft(x: Value, n: Value = None, dim: Value = None) -> Value:
    """The inverse of `fft`, down columns; real where the spectrum is that of a real signal."""
    return _real_signal(matrix(_transformed(np.fft.ifft, x, n, dim)))


def fft2(x: Value) -> Value:
    """The transform in two dimensions."""
    return unbox(np.fft.fft2(floats(x)))


def ifft2(x: Value) -> Value:
    """The inverse of `fft2`; real where the spectrum is that of a real signal."""
    return _real_signal(np.fft.ifft2(floats(x)))


def _real_signal(x: Array) -> Value:
    """A complex signal whose imaginary parts are rounding errors as a real one."""
    bound = 4 * np.finfo(float).eps * np.abs(x).max(initial=0.0)
    return unbox(x.real if np.abs(x.imag).max(initial=0.0) <= bound else x)


def ifftshift(x: Value, dim: Value = None) -> Value:
    """The inverse of `fftshift`."""
    return unbox(np.fft.ifftshift(matrix(x), axes=None if not given(dim) else whole(dim) - 1))


def hamming(count: Value) -> Value:
    """A Hamming window as a column (`np.hamming`: 1-D)."""
    return unbox(np.hamming(whole(count)).reshape(-1, 1))


def hanning(count: Value) -> Value:
    """A Hann window as a column (`np.hanning`: 1-D)."""
    return unbox(np.hanning(whole(count)).reshape(-1, 1))


def spline(x: Value, y: Value, points: Value) -> Value:
    """The cubic spline through points, not-a-knot, beyond the ends too."""
    return interp1(x, y, points, "spline", "extrap")


def pchip(x: Value, y: Value, points: Value) -> Value:
    """The monotone cubic interpolation through points."""
    return interp1(x, y, points, "pchip", "extrap")


def fftshift(x: Value, dim: Value = None) -> Value:
    """The zero frequency in the middle, of a vector or along every dimension."""
    return unbox(np.fft.fftshift(matrix(x), axes=None if not given(dim) else whole(dim) - 1))


def interp1(x: Value, y: Value, points: Value = None, *options: Value) -> Value:
    """Interpolated at `points`: "linear" (NaN outside), "nearest", "previous", "next", "cubic", "pchip",
    "spline"; "extrap".
    """
    if points is None or isinstance(points, str):
        options = (points, *options) if isinstance(points, str) else options
        x, y, points = np.arange(1.0, matrix(x).size + 1).reshape(1, -1), x, y
    knots, values, at = floats(x).ravel(), floats(y), floats(points)
    order = np.argsort(knots)
    columns = values.reshape(-1, 1) if 1 in values.shape else values
    method = next((o for o in options if isinstance(o, str) and o != "extrap"), "linear")
    outside = (
        "extrap"
        if "extrap" in options
        else next((number(o) for o in options if not isinstance(o, str)), np.nan)
    )
    results = [_interpolated(knots[order], c[order], at.ravel(), method, outside) for c in columns.T]
    return unbox(results[0].reshape(at.shape) if len(results) == 1 else np.array(results).T)


def _interpolated(knots: Array, values: Array, at: Array, method: str, outside: Any) -> Array:
    method = method.lstrip("*").lower()
    if method == "linear":
        cell = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, knots.size - 2)
        slope = (values[cell + 1] - values[cell]) / (knots[cell + 1] - knots[cell])
        result = values[cell] + slope * (at - knots[cell])
    elif method == "nearest":
        result = values[np.searchsorted((knots[:-1] + knots[1:]) / 2, at, side="right")]
    elif method == "previous":
        result = values[np.clip(np.searchsorted(knots, at, side="right") - 1, 0, knots.size - 1)]
    elif method == "next":
        result = values[np.clip(np.searchsorted(knots, at, side="left"), 0, knots.size - 1)]
    else:
        result = _smooth(knots, values, at, method)
    beyond = (at < knots[0]) | (at > knots[-1]) | np.isnan(at)
    return np.asarray(result if outside == "extrap" else np.where(beyond, outside, result), dtype=float)


def _smooth(knots: Array, values: Array, at: Array, method: str) -> Any:
    from scipy.interpolate import CubicSpline, PchipInterpolator

    if method in ("cubic", "pchip"):
        return PchipInterpolator(knots, values)(at)
    if method == "spline":
        return CubicSpline(knots, values, bc_type="not-a-knot")(at)
    raise MatlabError(f"interp1: invalid METHOD '{method}'")


def interp2(*arguments: Value) -> Value:
    """Linear interpolation in a table: `interp2(x, y, z, xi, yi)` or `interp2(z, xi, yi)`; NaN outside."""
    plain = [floats(a) for a in arguments if not isinstance(a, str)]
    z, xi, yi = plain[-3:]
    columns, rows = np.arange(1.0, z.shape[1] + 1), np.arange(1.0, z.shape[0] + 1)
    if len(plain) == 5:
        columns, rows = _axis(plain[0], 1), _axis(plain[1], 0)
    if xi.shape != yi.shape:
        xi, yi = np.meshgrid(xi.ravel(), yi.ravel())
    j = np.clip(np.searchsorted(columns, xi, side="right") - 1, 0, columns.size - 2)
    i = np.clip(np.searchsorted(rows, yi, side="right") - 1, 0, rows.size - 2)
    s, t = (xi - columns[j]) / (columns[j + 1] - columns[j]), (yi - rows[i]) / (rows[i + 1] - rows[i])
    result = (1 - t) * ((1 - s) * z[i, j] + s * z[i, j + 1]) + t * (
        (1 - s) * z[i + 1, j] + s * z[i + 1, j + 1]
    )
    inside = (xi >= columns[0]) & (xi <= columns[-1]) & (yi >= rows[0]) & (yi <= rows[-1])
    return unbox(np.where(inside, result, np.nan))


def _axis(x: Array, along: int) -> Array:
    """The knots of one axis, from a vector or from the grid `meshgrid` makes of it."""
    return x.ravel() if 1 in x.shape else np.asarray(x[0] if along == 1 else x[:, 0])


def trapz(x: Value, y: Value = None, dim: Value = None) -> Value:
    """The trapezoidal integral down columns, over unit steps or over the points `x`."""
    return _trapezoids(x, y, dim, lambda areas, axis: areas.sum(axis=axis, keepdims=True))


def cumtrapz(x: Value, y: Value = None, dim: Value = None) -> Value:
    """The running trapezoidal integral down columns, from 0."""

    def running(areas: Array, axis: int) -> Array:
        padding = [(1, 0) if k == axis else (0, 0) for k in range(areas.ndim)]
        return np.pad(areas.cumsum(axis=axis), padding)

    return _trapezoids(x, y, dim, running)


def _trapezoids(x: Value, y: Value, dim: Value, collect: Any) -> Value:
    values = floats(x if y is None else y)
    axis = axis_of(values, dim)
    steps: Any = 1.0
    if y is not None:
        points = floats(x)
        shape = [-1 if k == axis else 1 for k in range(values.ndim)]
        steps = np.diff(points.reshape(shape) if 1 in points.shape else points, axis=axis)
    heads, tails = (np.take(values, range(a, values.shape[axis] + a - 1), axis=axis) for a in (0, 1))
    return unbox(collect((heads + tails) / 2 * steps, axis))
