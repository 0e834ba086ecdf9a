"""Pictures by matplotlib. Where that is not installed, or cannot draw something, nothing is drawn and nothing stops.

No window is opened that waits for somebody: `matplotlib.pyplot.show()` at the end of a program shows what was drawn.
"""

import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from port.migrate.runtime.values import EMPTY, Array, Value, grid, iscell, matrix, whole

_STYLE = re.compile(r"[bgrcmykwo+*.xsdv^<>ph:-]*")
_OPTIONS = {
    "linewidth": "linewidth",
    "linestyle": "linestyle",
    "marker": "marker",
    "markersize": "markersize",
    "markerfacecolor": "markerfacecolor",
    "markeredgecolor": "markeredgecolor",
    "color": "color",
    "displayname": "label",
}
_AXES = {name: name for name in ("equal", "image", "tight", "off", "on", "auto", "square")}


def _draw(what: str, drawing: Callable[[Any], Any]) -> Array:
    """Let `drawing` work on pyplot; what fails is told and left out. Returns `[]` in place of MATLAB's handle."""
    try:
        import matplotlib.pyplot as plt

        drawing(plt)
    except Exception as problem:
        print(f"{what}: not drawn ({type(problem).__name__}: {problem})", file=sys.stderr)
    return EMPTY


def _axes(plt: Any, kind: str = "rectilinear") -> Any:
    """The axes to draw in, flat ("rectilinear") or in space ("3d"): emptied first, unless `hold` is on."""
    axes = plt.gca()
    if getattr(axes, "matport_held", False) and (axes.name == kind or kind != "3d"):
        return axes
    if axes.name == kind:
        axes.clear()
        return axes
    place = axes.get_subplotspec()
    axes.remove()
    return plt.gcf().add_subplot(*([place] if place is not None else []), projection=kind)


def _flat(x: Value) -> Array:
    """A vector as one line's points; the columns of a matrix are lines."""
    array = matrix(x)
    return array.ravel() if 1 in array.shape else array


def _split(arguments: tuple[Value, ...]) -> tuple[list[tuple[list[Array], str]], dict[str, Any]]:
    """`x, y, style, x, y, ..., name, value`: the points with their styles, and the options."""
    lines: list[tuple[list[Array], str]] = []
    points: list[Array] = []
    rest = list(arguments)
    while rest:
        part = rest.pop(0)
        if isinstance(part, str) and not _STYLE.fullmatch(part.split(";")[0]):
            rest.insert(0, part)
            break
        if isinstance(part, str):
            lines.append((points, part.split(";")[0]))
            points = []
        else:
            if len(points) == 2:
                lines.append((points, ""))
                points = []
            points.append(_flat(part))
    if points:
        lines.append((points, ""))
    names = [str(name).lower() for name in rest[::2]]
    return lines, {_OPTIONS[n]: v for n, v in zip(names, rest[1::2], strict=False) if n in _OPTIONS}


def _curves(method: str, arguments: tuple[Value, ...]) -> Array:
    def drawing(plt: Any) -> None:
        lines, options = _split(arguments)
        axes = _axes(plt)
        for points, style in lines:
            getattr(axes, method)(*points, *([style] if style else []), **options)

    return _draw(method, drawing)


def plot(*arguments: Value) -> Array:
    """`plot(y)`, `plot(x, y, 'r--', ...)`: a curve for a vector, one for each column of a matrix."""
    return _curves("plot", arguments)


def semilogx(*arguments: Value) -> Array:
    """`plot` with a logarithmic x axis."""
    return _curves("semilogx", arguments)


def semilogy(*arguments: Value) -> Array:
    """`plot` with a logarithmic y axis."""
    return _curves("semilogy", arguments)


def loglog(*arguments: Value) -> Array:
    """`plot` with two logarithmic axes."""
    return _curves("loglog", arguments)


def plot3(*arguments: Value) -> Array:
    """`plot3(x, y, z, style)`: a curve in space."""

    def drawing(plt: Any) -> None:
        numbers = [_flat(a) for a in arguments if not isinstance(a, str)]
        styles = [a for a in arguments[3:4] if isinstance(a, str)]
        _axes(plt, "3d").plot(*numbers[:3], *styles)

    return _draw("plot3", drawing)


def scatter(x: Value, y: Value, *options: Value) -> Array:
    """`scatter(x, y, size, colour)`."""

    def drawing(plt: Any) -> None:
        size = next((_flat(o) for o in options[:1] if not isinstance(o, str)), None)
        colours = [o if isinstance(o, str) else _flat(o) for o in options[1:2]]
        _axes(plt).scatter(_flat(x), _flat(y), size, *colours)

    return _draw("scatter", drawing)


def bar(*arguments: Value) -> Array:
    """`bar(y)`, `bar(x, y)`."""

    def drawing(plt: Any) -> None:
        numbers = [_flat(a) for a in arguments if not isinstance(a, str)][:2]
        x, y = numbers if len(numbers) == 2 else (np.arange(1, len(numbers[0]) + 1), numbers[0])
        _axes(plt).bar(x, y)

    return _draw("bar", drawing)


def errorbar(x: Value, y: Value, error: Value, *options: Value) -> Array:
    """`errorbar(x, y, e)`: a curve with the spread of each point."""
    return _draw("errorbar", lambda plt: _axes(plt).errorbar(_flat(x), _flat(y), yerr=_flat(error)))


def imagesc(*arguments: Value) -> Array:
    """`imagesc(C)`, `imagesc(C, [low, high])`: a matrix as colours."""

    def drawing(plt: Any) -> None:
        numbers = [matrix(a) for a in arguments if not isinstance(a, str)]
        image = numbers[2] if len(numbers) > 2 else numbers[0]
        low, high = numbers[-1].ravel() if len(numbers) in (2, 4) else (None, None)
        _axes(plt)
        plt.imshow(image, aspect="auto", vmin=low, vmax=high)

    return _draw("imagesc", drawing)


def imshow(image: Value, *options: Value) -> Array:
    """`imshow(I)`: an image, grey where it has no colours."""

    def drawing(plt: Any) -> None:
        _axes(plt)
        plt.imshow(matrix(image), cmap="gray")
        plt.axis("off")

    return _draw("imshow", drawing)


def _surface(method: str, arguments: tuple[Value, ...], kind: str) -> Array:
    def drawing(plt: Any) -> None:
        numbers = [matrix(a) for a in arguments if not isinstance(a, str)]
        if len(numbers) < 3:
            rows, columns = numbers[0].shape
            numbers = [*np.meshgrid(np.arange(1, columns + 1), np.arange(1, rows + 1)), *numbers]
        x, y, z = numbers[:3]
        if 1 in x.shape:
            x, y = np.meshgrid(x.ravel(), y.ravel())
        levels = [np.unique(n) if n.size > 1 else whole(n) for n in numbers[3:4]] if kind != "3d" else []
        drawn = getattr(_axes(plt, kind), method)(x, y, z, *levels)
        if kind != "3d":
            plt.sci(drawn)

    return _draw(method, drawing)


def contour(*arguments: Value) -> Array:
    """`contour(Z)`, `contour(X, Y, Z, levels)`."""
    return _surface("contour", arguments, "rectilinear")


def contourf(*arguments: Value) -> Array:
    """`contour`, filled."""
    return _surface("contourf", arguments, "rectilinear")


def surf(*arguments: Value) -> Array:
    """`surf(Z)`, `surf(X, Y, Z)`: a surface in space."""
    return _surface("plot_surface", arguments, "3d")


def mesh(*arguments: Value) -> Array:
    """`mesh(Z)`, `mesh(X, Y, Z)`: a net in space."""
    return _surface("plot_wireframe", arguments, "3d")


# -- figures and axes --------------------------------------------------------------------------------


def figure(*arguments: Value) -> Array:
    """`figure`, `figure(n)`: a new figure, or one of those there are."""
    numbers = [whole(a) for a in arguments[:1] if not isinstance(a, str) and grid(a).size]
    return _draw("figure", lambda plt: plt.figure(*numbers))


def close(*which: Value) -> Array:
    """`close`, `close all`, `close(n)`."""
    names = [w if isinstance(w, str) else whole(w) for w in which if isinstance(w, str) or grid(w).size]
    return _draw("close", lambda plt: plt.close(*names))


def clf(*which: Value) -> Array:
    """Empty the figure."""
    return _draw("clf", lambda plt: plt.clf())


def cla(*which: Value) -> Array:
    """Empty the axes."""
    return _draw("cla", lambda plt: plt.cla())


def subplot(rows: Value, columns: Value = None, place: Value = None, *options: Value) -> Array:
    """`subplot(2, 3, 1)`, `subplot(231)`: axes in a grid."""

    def drawing(plt: Any) -> None:
        if columns is None:
            plt.subplot(whole(rows))
        else:
            places = [int(p) for p in _flat(place)] if grid(place).size > 1 else [whole(place)]
            span = places[0] if len(places) == 1 else (min(places), max(places))
            plt.subplot(whole(rows), whole(columns), span)

    return _draw("subplot", drawing)


def hold(state: str = "", *rest: Value) -> Array:
    """`hold on`, `hold off`, `hold`: whether what is drawn next is added to the axes."""

    def drawing(plt: Any) -> None:
        axes = plt.gca()
        axes.matport_held = state == "on" or (state != "off" and not getattr(axes, "matport_held", False))

    return _draw("hold", drawing)


def axis_(*limits: Value) -> Array:
    """`axis([x0 x1 y0 y1])`, `axis equal`, `axis off`, ..."""

    def drawing(plt: Any) -> None:
        for limit in limits:
            if isinstance(limit, str) and limit in ("ij", "xy"):
                plt.gca().yaxis.set_inverted(limit == "ij")
            elif isinstance(limit, str):
                plt.axis(_AXES.get(limit, "auto"))
            else:
                bounds = _flat(limit)
                plt.axis(tuple(bounds[:4]))

    return _draw("axis", drawing)


def grid_(state: str = "", *rest: Value) -> Array:
    """`grid on`, `grid off`, `grid`."""
    return _draw("grid", lambda plt: plt.grid({"on": True, "off": False}.get(state)))


def xlabel(label: Value, *options: Value) -> Array:
    """The label of the x axis."""
    return _draw("xlabel", lambda plt: plt.xlabel(_caption(label)))


def ylabel(label: Value, *options: Value) -> Array:
    """The label of the y axis."""
    return _draw("ylabel", lambda plt: plt.ylabel(_caption(label)))


def zlabel(label: Value, *options: Value) -> Array:
    """The label of the z axis of axes in space."""
    return _draw("zlabel", lambda plt: plt.gca().set_zlabel(_caption(label)))


def title_(label: Value, *options: Value) -> Array:
    """The title of the axes."""
    return _draw("title", lambda plt: plt.title(_caption(label)))


def _caption(label: Value) -> str:
    """A text, or a cell of lines; a lone `$` or `\\` is no formula."""
    lines = label if iscell(label) else [label]
    return "\n".join(str(line) for line in lines).replace("$", r"\$")


def text_(x: Value, y: Value, label: Value, *options: Value) -> Array:
    """A text at a point."""
    return _draw("text", lambda plt: plt.text(float(_flat(x)[0]), float(_flat(y)[0]), _caption(label)))


def legend(*labels: Value) -> Array:
    """`legend('a', 'b')`, `legend({'a', 'b'})`: names of the curves; where it stands is matplotlib's choice."""
    flat = [str(v) for part in labels for v in (part if iscell(part) else [part])]
    kept = flat[
        : next((n for n, v in enumerate(flat) if v.lower() in ("location", "orientation")), len(flat))
    ]
    return _draw("legend", lambda plt: plt.legend(*([kept] if kept else [])))


def colormap(*names: Value) -> Array:
    """`colormap gray`, `colormap(m)` with a row of red, green and blue for each colour."""

    def drawing(plt: Any) -> None:
        from matplotlib.colors import ListedColormap

        for name in names[:1]:
            known = {"default": "viridis", "parula": "viridis"}
            plt.set_cmap(known.get(name, name) if isinstance(name, str) else ListedColormap(matrix(name)))

    return _draw("colormap", drawing)


def colorbar(*options: Value) -> Array:
    """The scale of colours beside the axes."""
    return _draw("colorbar", lambda plt: plt.colorbar())


def drawnow(*options: Value) -> Array:
    """Show what was drawn so far, where there are windows."""

    def drawing(plt: Any) -> None:
        if plt.get_backend().lower() != "agg":
            plt.pause(0.001)

    return _draw("drawnow", drawing)


def print_(*arguments: Value) -> Array:
    """`print -dpng file`: the figure as a file."""

    def drawing(plt: Any) -> None:
        names = [a for a in arguments if isinstance(a, str) and not a.startswith("-")]
        formats = [a[2:] for a in arguments if isinstance(a, str) and a.startswith("-d")]
        kind = {"epsc": "eps", "psc": "ps", "jpeg": "jpg"}.get(*(formats[:1] * 2)) if formats else None
        for name in names[:1]:
            plt.savefig(name, format=kind)

    return _draw("print", drawing)


def saveas(figure_handle: Value, name: str, *options: Value) -> Array:
    """`saveas(gcf, 'name.png')`."""
    return _draw("saveas", lambda plt: plt.savefig(name))
