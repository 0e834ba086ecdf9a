"""Who may import whom: the rooms know each other one way only."""

import ast
from pathlib import Path

import pytest

import port

PACKAGE = Path(port.__file__).parent
BELOW = {
    "sigmoid_mse": set(),
    "random": set(),
    "errors": set(),
    "backprop": {"errors"},
    "report": {"errors"},
    "reference": {"errors", "backprop", "sigmoid_mse", "random"},
    "migrate": {"errors", "backprop", "sigmoid_mse", "random", "reference"},
    "batch": {"errors", "backprop", "sigmoid_mse", "random", "reference", "migrate"},
}
ONLY_HERE = {"jinja2": "report", "h5py": "reference"}
NUMPY_ALONE = ("sigmoid_mse", "random")


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def breaches(room: str, names: set[str]) -> list[str]:
    """The imports among `names` that a file of `room` may not have."""
    found = []
    for name in sorted(names):
        package, _, rest = name.partition(".")
        inner = rest.split(".")[0]
        if package == "port" and room in BELOW and inner not in BELOW[room] | {room, "__version__"}:
            found.append(f"{room} imports {name}")
        if package in ONLY_HERE and room != ONLY_HERE[package]:
            found.append(f"{room} imports {name}, which only {ONLY_HERE[package]} may")
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_know_each_other_one_way_only(path: Path) -> None:
    assert breaches(_room(path), _imported(path)) == []


def test_a_breach_is_caught() -> None:
    assert breaches("backprop", {"port.reference.compare.compare"}) == [
        "backprop imports port.reference.compare.compare"
    ]
    assert breaches("reference", {"jinja2.Environment"}) == [
        "reference imports jinja2.Environment, which only report may"
    ]
    assert breaches("migrate", {"port.reference.diagnose", "numpy"}) == []


@pytest.mark.parametrize("name", NUMPY_ALONE)
def test_imports_numpy_alone(name: str) -> None:
    standard = {
        "dataclasses",
        "collections",
        "typing",
        "math",
        "__future__",
        "numbers",
        "itertools",
        "functools",
    }
    outside = {full.split(".")[0] for full in _imported(PACKAGE / f"{name}.py")} - standard
    assert outside <= {"numpy"}
