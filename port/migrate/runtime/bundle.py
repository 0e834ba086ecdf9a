"""The source of some functions with all they need, as a module that needs NumPy alone (SciPy where a function imports
it).
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
HEADER = (
    '"""What MATLAB says differently from NumPy; written by matport, part of port.migrate.runtime."""\n\n'
)


class Definition(NamedTuple):
    """A top-level statement of a module that binds a name, and the module's imports it may use."""

    name: str
    source: str
    uses: frozenset[str]
    order: tuple[str, int]
    imports: dict[str, str]


def bundle(names: Iterable[str], module: str = "matlab_runtime") -> dict[str, str]:
    """Files (name to text) for a folder that should do without matport: one, or two where random numbers are drawn."""
    needed = _closure(names)
    imports = sorted({line for d in needed for name, line in d.imports.items() if name in d.uses})
    random = any("port.random" in line for line in imports)
    lines = [line.replace("port.random", f"{module}_random") for line in imports]
    files = {
        f"{module}.py": HEADER + "\n".join(lines) + "\n\n\n" + "\n\n\n".join(d.source for d in needed) + "\n"
    }
    if random:
        files[f"{module}_random.py"] = (HERE.parents[1] / "random.py").read_text(encoding="utf-8")
    return files


def _closure(names: Iterable[str]) -> list[Definition]:
    """The definitions of the names and of all names these use, in an order that Python can run."""
    table, found, waiting = _definitions(), {}, list(names)
    while waiting:
        name = waiting.pop()
        if name in table and name not in found:
            found[name] = table[name]
            waiting.extend(table[name].uses)
    return sorted(found.values(), key=lambda definition: (*_rank(definition, found), definition.order))


def _rank(definition: Definition, found: dict[str, Definition]) -> tuple[int, int]:
    """Constants, classes, functions, and last the constants made by calling one of these; each after what it uses."""
    if definition.source.startswith("class "):
        return 1, 0
    if definition.source.startswith("def "):
        return 2, 0
    used = [found[name] for name in definition.uses & found.keys() - {definition.name}]
    calls = any(u.source.startswith(("def ", "class ")) for u in used)
    inner = [_rank(u, found) for u in used if not u.source.startswith(("def ", "class "))]
    late = calls or any(rank == 3 for rank, _ in inner)
    return 3 if late else 0, 1 + max((depth for _, depth in inner), default=0)


@cache
def _definitions() -> dict[str, Definition]:
    """Every top-level name of the runtime's modules."""
    modules = [path for path in sorted(HERE.glob("*.py")) if path.stem not in ("__init__", "bundle")]
    return {definition.name: definition for path in modules for definition in of_module(path)}


def of_module(path: Path) -> Iterator[Definition]:
    """Every top-level name of one module."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    imports = dict(_imports(tree))
    for statement in tree.body:
        name = _bound(statement)
        if name:
            source = ast.get_source_segment(text, statement) or ""
            uses = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            yield Definition(name, source, frozenset(uses), (path.stem, statement.lineno), imports)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module imports from elsewhere: the name bound, and the line that binds it."""
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                as_name = f" as {alias.asname}" if alias.asname else ""
                yield alias.asname or alias.name.split(".")[0], f"import {alias.name}{as_name}"
        elif isinstance(statement, ast.ImportFrom) and not (statement.module or "").startswith(
            "port.migrate"
        ):
            for alias in statement.names:
                yield alias.name, f"from {statement.module} import {alias.name}"


def _bound(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return statement.name
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return None
