"""Pictures in translated code: matplotlib draws what MATLAB would, and a program runs without it all the same."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from port.migrate import translate

plt = pytest.importorskip("matplotlib.pyplot")
SCRIPT = """x = linspace(0, 1, 11);
figure(1); clf; hold on
plot(x, x .^ 2, 'r--', 'LineWidth', 2);
plot(x, x .^ 3, 'b');
xlabel('time'); title({'one', 'two'}); legend('a', 'b', 'Location', 'best');
axis([0 1 0 2]); grid on; hold off
subplot(2, 1, 2); imagesc([x; x]); colormap(gray); colorbar; axis image;
r = sum(x);
"""
DRAWS = """x = linspace(0, 1, 5); [X, Y] = meshgrid(x, x);
surf(X, Y, X .* Y); contour(x, x, X .* Y, [0.1 0.2]); contourf(X); mesh(X); plot3(x, x, x, 'k.'); zlabel('z');
scatter(x, x, 10, 'r'); bar(x); semilogy(x + 1); semilogx(x + 1); loglog(x + 1); text(0.5, 0.5, 'hi');
errorbar(x, x, x); plot([x; 2 * x]'); imshow(X); drawnow; axis ij; cla; close all
"""


@pytest.fixture(autouse=True)
def _headless() -> Iterator[None]:
    plt.switch_backend("agg")
    yield
    plt.close("all")


def run(source: str) -> dict[str, Any]:
    """The variables that the translation of a script leaves."""
    variables: dict[str, Any] = {}
    exec(translate(source).python, variables)
    return variables


def test_curves_labels_and_axes() -> None:
    assert run(SCRIPT)["r"] == pytest.approx(5.5, rel=1e-15)
    above, below, *_ = plt.gcf().axes
    first, second = above.lines
    assert (first.get_color(), first.get_linestyle(), first.get_linewidth()) == ("r", "--", 2)
    np.testing.assert_array_equal(second.get_ydata(), np.linspace(0, 1, 11) ** 3)
    assert (above.get_xlabel(), above.get_title()) == ("time", "one\ntwo")
    assert [t.get_text() for t in above.get_legend().get_texts()] == ["a", "b"]
    assert (*above.get_xlim(), *above.get_ylim()) == (0, 1, 0, 2)
    assert below.images[0].get_cmap().name == "gray"


def test_without_hold_a_plot_replaces_what_was_there() -> None:
    run("plot(1:3); plot(1:4);")
    assert [len(line.get_xdata()) for line in plt.gca().lines] == [4]


def test_everything_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    run(DRAWS)
    assert capsys.readouterr().err == ""


def test_files(tmp_path: Path) -> None:
    run(f"plot(1:3); print -dpng '{tmp_path / 'a.png'}'\nsaveas(gcf, '{tmp_path / 'b.png'}');")
    assert (tmp_path / "a.png").read_bytes()[:4] == (tmp_path / "b.png").read_bytes()[:4] == b"\x89PNG"


def test_what_cannot_be_drawn_is_told_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plot(1:3, 1:4); r = 1;")["r"] == 1
    assert "plot: not drawn" in capsys.readouterr().err


def test_a_program_runs_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    assert run(SCRIPT)["r"] == pytest.approx(5.5, rel=1e-15)


def test_a_function_of_the_user_s_has_the_name_first() -> None:
    source = "function r = f(x)\nr = plot(x);\nend\nfunction y = plot(x)\ny = x + 1;\nend\n"
    assert "port.migrate.runtime" not in translate(source).python
