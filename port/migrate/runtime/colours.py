"""Tables of colours: `n` rows of red, green and blue between 0 and 1."""

import numpy as np

from port.migrate.runtime.values import Array, Value, whole

MOST = 64


def _ramp(n: Value) -> Array:
    """`n` even steps from 0 to 1 as a column; one alone is 0."""
    count = MOST if n is None else max(whole(n), 0)
    return np.arange(count)[:, np.newaxis] / max(count - 1, 1)


def _table(red: Array, green: Array, blue: Array) -> Array:
    return np.hstack([red, green, blue])


def gray(n: Value = None) -> Array:
    """From black to white."""
    ramp = _ramp(n)
    return _table(ramp, ramp, ramp)


def cool(n: Value = None) -> Array:
    """From cyan to magenta."""
    ramp = _ramp(n)
    return _table(ramp, 1 - ramp, np.ones_like(ramp))


def hsv(n: Value = None) -> Array:
    """Around the circle of hues, red at its beginning."""
    count = MOST if n is None else max(whole(n), 0)
    return hsv2rgb(_table(np.arange(count)[:, np.newaxis] / max(count, 1), *np.ones((2, count, 1))))


def hsv2rgb(colours: Value) -> Array:
    """Red, green and blue of rows of hue, saturation and value."""
    hue, saturation, value = np.hsplit(np.asarray(colours, dtype=float), 3)
    turned = np.mod(np.hstack([hue - 2 / 3, hue, hue - 1 / 3]), 1)
    rising, full, falling = turned < 1 / 6, (turned >= 1 / 6) & (turned < 1 / 2), turned >= 1 / 2
    share = 6 * turned * rising + full + (4 - 6 * turned) * (falling & (turned < 2 / 3))
    mixed: Array = value * (1 - saturation) + saturation * value * share
    return mixed


def jet(n: Value = None) -> Array:
    """From dark blue over cyan, yellow and red to dark red."""
    count = MOST if n is None else max(whole(n), 0)
    if count < 3:
        few: Array = np.array([[0.0, 0, 1], [0, 1, 1]])[2 - count :]
        return few
    width = -(-count // 4)
    start = -(-3 * count // 8) + (count % 8 == 2)
    return _table(*(_plateau(count, start + shift * width, width) for shift in (0, -1, -2)))


def _plateau(count: int, start: int, width: int) -> Array:
    """A column that climbs to 1 in `width` steps from row `start`, stays there as long, and falls as it climbed."""
    step = np.arange(count) - start + 1
    shape = np.minimum(np.minimum(step, width), 3 * width - step) / width
    return np.asarray(np.clip(shape, 0, 1))[:, np.newaxis]
