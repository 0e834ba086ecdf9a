"""Images in files, by Pillow, where that is installed."""

from pathlib import Path
from typing import Any

import numpy as np

from port.migrate.runtime.values import EMPTY, MatlabError, Value, grid, unbox


def _pillow() -> Any:
    try:
        from PIL import Image
    except ImportError:
        raise MatlabError("images are read and written by Pillow: pip install pillow") from None
    return Image


def imread(path: str, *options: Value, nargout: int = 1) -> Any:
    """The pixels of an image as they are stored, rows x columns (x 3); with `nargout=2` the map of colours too."""
    if not Path(path).is_file():
        raise MatlabError(f"imread: unable to find file '{path}'")
    with _pillow().open(path) as image:
        pixels = np.array(image)
        colours = image.getpalette() if image.mode == "P" else None
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        pixels = pixels[:, :, : pixels.shape[2] - 1]
    pixels = pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    known = EMPTY.copy() if colours is None else np.reshape(colours, (-1, 3)) / 255
    return (unbox(pixels), known) if nargout > 1 else unbox(pixels)


def imwrite(x: Value, *arguments: Value) -> None:
    """Write pixels into a file: 0 to 1 of floating point, whole numbers as they are, with a map of colours if given."""
    texts = [argument for argument in arguments if isinstance(argument, str)]
    pixels = grid(x)
    if not isinstance(arguments[0], str):
        places = pixels.astype(int) - (pixels.dtype.kind == "f")
        pixels = np.asarray(grid(arguments[0]))[places]
    if pixels.dtype.kind == "f":
        pixels = np.floor(np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
    _pillow().fromarray(pixels).save(texts[0])
