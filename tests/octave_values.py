"""Values that Octave recorded (`octave/encode_value.m`), and how a translation's values compare with them."""

import math
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

OCTAVE = shutil.which("octave-cli")
LIBRARY = Path(__file__).parent / "octave"
Expected = dict[str, Any]


def run_octave(script: str, folder: Path, *paths: Path) -> str:
    """Run a script in an empty folder and give what it printed; its own files and `paths` are on the load path."""
    assert OCTAVE, "octave-cli is not installed"
    (folder / "recording_script.m").write_text(script, encoding="utf-8")
    options = [option for path in (LIBRARY, *paths) for option in ("--path", str(path))]
    command = [OCTAVE, "--no-gui", "--quiet", "--norc", *options, "recording_script.m"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def difference(
    want: Expected, got: Any, rtol: float, *, classes: bool = True, where: str = "value"
) -> str | None:
    """What differs first between a recorded value and a translation's: class, shape or elements; None if nothing.

    Empty texts and empty cells are one each, whatever their size: `''` and `[]` have no place for 1x0.
    """
    if "text" in want:
        return (
            None
            if callable(got) or want["class"] == "containers.Map"
            else f"{where}: {got!r} is no {want['class']}"
        )
    array, kind = _as_array(got)
    if kind != want["class"] and (classes or {kind, want["class"]} & {"cell", "struct", "char"}):
        return f"{where}: class {kind}, want {want['class']}"
    size = want["size"]
    if list(array.shape) != size and not (kind in ("char", "cell") and array.size == 0 == math.prod(size)):
        return f"{where}: size {list(array.shape)}, want {size}"
    return _element_difference(want, array, rtol, classes, where)


def _element_difference(want: Expected, array: Any, rtol: float, classes: bool, where: str) -> str | None:
    flat = array.ravel(order="F")
    if "items" in want:
        pairs = [
            (f"{where}{{{k + 1}}}", w, g) for k, (w, g) in enumerate(zip(want["items"], flat, strict=True))
        ]
        return _first(pairs, rtol, classes)
    if "fields" in want:
        for name, values in want["fields"].items():
            missing = next((k for k, s in enumerate(flat) if not hasattr(s, name)), None)
            if missing is not None:
                return f"{where}({missing + 1}) has no field {name}"
            pairs = [
                (f"{where}({k + 1}).{name}", w, getattr(s, name))
                for k, (w, s) in enumerate(zip(values, flat, strict=True))
            ]
            found = _first(pairs, rtol, classes)
            if found:
                return found
        extra = [n for s in flat for n in vars(s) if n not in want["fields"]]
        return f"{where} has a field {extra[0]} too many" if extra else None
    if "codes" in want:
        text, expected = "".join(c or "\0" for c in flat), bytes(want["codes"]).decode("utf-8", "replace")
        return None if text == expected else f"{where}: text {text!r}, want {expected!r}"
    return _number_difference(want, flat, rtol, where)


def _first(pairs: list[tuple[str, Expected, Any]], rtol: float, classes: bool) -> str | None:
    found = (difference(w, g, rtol, classes=classes, where=at) for at, w, g in pairs)
    return next((text for text in found if text), None)


def _number_difference(want: Expected, flat: Any, rtol: float, where: str) -> str | None:
    """`|got - want| <= rtol * max(|want|, scale)`, where scale is the largest finite magnitude; NaN and Inf alike."""
    if ("imag" in want) != np.iscomplexobj(flat) and want["class"] in ("double", "single"):
        return f"{where}: {'real' if 'imag' in want else 'complex'} where it should not be"
    parts = (
        [(want["real"], flat.real), (want["imag"], flat.imag)] if "imag" in want else [(want["real"], flat)]
    )
    for expected, got in parts:
        w, g = np.array(expected, dtype=float), np.asarray(got, dtype=float)
        finite = np.isfinite(w)
        scale = max(np.abs(w[finite]).max(initial=0.0), 1e-3)
        same = np.array_equal(w[~finite], g[~finite], equal_nan=True) and np.isfinite(g[finite]).all()
        if not same or np.any(np.abs(g[finite] - w[finite]) > rtol * scale):
            return f"{where}: {g.tolist()}, want {w.tolist()}"
    return None


def _as_array(x: Any) -> tuple[Any, str]:
    """A value of the data model as an array of two or more dimensions, and its MATLAB class."""
    if isinstance(x, str):
        return np.array([list(x)]) if x else np.zeros((0, 0), dtype="<U1"), "char"
    if isinstance(x, list):
        return _objects(x, (1, len(x)) if x else (0, 0)), "cell"
    if isinstance(x, SimpleNamespace):
        return _objects([x], (1, 1)), "struct"
    array = np.asarray(x)
    shaped = array.reshape(1, -1) if array.ndim < 2 else array
    if array.dtype == object:
        structs = array.dtype.metadata is None and all(
            isinstance(item, SimpleNamespace) for item in array.ravel()
        )
        return shaped, "struct" if structs else "cell"
    names = {"b": "logical", "U": "char"}
    kind = names.get(array.dtype.kind, array.dtype.name)
    return shaped, {
        "float64": "double",
        "complex128": "double",
        "float32": "single",
        "complex64": "single",
    }.get(kind, _double(kind))


def _double(kind: str) -> str:
    return "double" if kind == "int64" else kind


def _objects(items: list[Any], shape: tuple[int, int]) -> Any:
    flat = np.empty(len(items), dtype=object)
    for k, item in enumerate(items):
        flat[k] = item
    return flat.reshape(shape)
