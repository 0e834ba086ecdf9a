"""What the pytest plugin hands to a test: a reference that cannot be changed and knows what it was compared with."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from port.errors import ArgumentError, CaseError
from port.reference.comparison import Comparison, Tolerance, compare, likely_causes
from port.reference.files import write_whole
from port.reference.ledger import apply_ledger, case_ledger, load_ledger
from port.reference.matvalue import Value, is_sparse
from port.reference.provenance import load_verified
from port.reference.quantities import quantities

COLUMNS = (
    "test", "case", "quantity", "verdict", "ok", "shape_got", "shape_want", "max_abs", "max_rel", "max_scaled", "ulp",
    "at_matlab", "at_python", "got", "want", "where",
)  # fmt: skip


class Reference:
    """A reference case in a test: `input` is the test's own copy, `expected` cannot be changed."""

    def __init__(self, path: Path, tolerance: Tolerance) -> None:
        """Read the case at `path`; raises CaseError where it or the ledger beside it cannot be used."""
        self.case = load_verified(path)
        self.tolerance = tolerance
        self.ledger = case_ledger(self.case, load_ledger(path.parent))
        self.name = self.case.name
        self.input = self.case.input
        self.expected = MappingProxyType({name: frozen(value) for name, value in self.case.expected.items()})
        self.comparisons: list[Comparison] = []

    def assert_agrees(
        self, got: Any, *, only: Sequence[str] = (), tolerance: Tolerance | None = None
    ) -> None:
        """Raise AssertionError, its text the comparison and the likely causes, unless `got` agrees.

        Every expected quantity is compared, and `got` may have no other; `only` names those that are, with * and ?
        for anything (`dW{*}`). Differences that the ledger means are no failure, while they are what it means.
        Raises ArgumentError where a name of `only` is no expected quantity.
        """
        __tracebackhide__ = True
        want, ours = quantities(self.expected), quantities(got)
        entries = self.ledger
        if only:
            want, ours = _only(want, only), {name: ours[name] for name in ours if _matches(name, only)}
            entries = tuple(
                entry for entry in entries if any(fnmatchcase(name, entry.quantity) for name in want)
            )
        comparison = apply_ledger(compare(ours, want, tolerance=tolerance or self.tolerance), entries)
        self.comparisons.append(comparison)
        if not comparison.table:
            raise AssertionError(f"case {self.name} has no expected quantity: there is nothing to compare")
        if not comparison.ok:
            inputs = quantities(load_verified(self.case.path or "").input)
            causes = likely_causes(ours, want, inputs, comparison)
            raise AssertionError("\n".join([self._heading(), str(comparison), *causes]))

    def records(self, test: str) -> list[dict[str, Any]]:
        """A plain record for every quantity that was compared, for the report."""
        return [
            {"test": test, "case": self.name, "ok": row.ok}
            | {name: _plain(getattr(row, name)) for name in COLUMNS if hasattr(row, name) and name != "ok"}
            for comparison in self.comparisons
            for row in comparison.table
        ]

    def _heading(self) -> str:
        meta = self.case.meta
        made = " ".join(str(meta[key]) for key in ("engine", "version") if key in meta)
        title = f" ({self.case.title})" if self.case.title else ""
        return (
            f"{self.name}{title} differs from its reference{f' by {made}' if made else ''}, {self.case.path}"
        )


def named(files: Iterable[Path], names: Iterable[str]) -> list[Path]:
    """The files of cases that names mean, with * and ? for anything; CaseError for a name that means none."""
    files = list(files)
    found = {name: [path for path in files if fnmatchcase(path.stem, name)] for name in names}
    for name, paths in found.items():
        if not paths:
            known = ", ".join([*(path.stem for path in files[:5]), *(["..."] if len(files) > 5 else [])])
            raise CaseError(f"no reference case is called {name!r}; in {files[0].parent}: {known}")
    return list(dict.fromkeys(path for paths in found.values() for path in paths))


def frozen(value: Value) -> Value:
    """The same value, nested ones too, such that it cannot be changed."""
    if isinstance(value, Mapping):
        return MappingProxyType({name: frozen(item) for name, item in value.items()})
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject and value.dtype.names is None:
            for place in np.ndindex(value.shape):
                value[place] = frozen(value[place])
        value.flags.writeable = False
    elif is_sparse(value):
        value.data.flags.writeable = False
    return value


def write_report(folder: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write agreement.csv, agreement.md and summary.json, each whole or not at all; CaseError where it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(f"{folder}: the report cannot be written here: {error.strerror}") from None
    agree = sum(row["ok"] for row in rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    summary = {"schema": 1, "quantities": len(rows), "agree": agree, "rows": list(rows)}
    verdict = f"{agree} of {len(rows)} quantities agree with their references."
    files = {
        "agreement.csv": text.getvalue(),
        "agreement.md": f"# Agreement with the references\n\n{verdict}\n\n{_markdown(rows)}",
        "summary.json": json.dumps(summary, indent=2, ensure_ascii=False) + "\n",
    }
    for name, content in files.items():
        write_whole(folder / name, content.encode())


def _markdown(rows: Iterable[Mapping[str, Any]]) -> str:
    shown = ("case", "quantity", "verdict", "max_abs", "max_scaled", "ulp", "at_matlab", "test")
    lines = [f"| {' | '.join(shown)} |", "|---" * len(shown) + "|"]
    lines += [f"| {' | '.join(_cell(row[name]) for name in shown)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    text = "" if value is None else f"{value:.3g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|")


def _plain(value: Any) -> Any:
    """A value that JSON and other processes take: what is not finite, and what is no number, as text."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float) and np.isfinite(value):
        return float(value)
    if isinstance(value, tuple):
        return " x ".join(map(str, value))
    return str(value)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _only(want: Mapping[str, Any], patterns: Sequence[str]) -> dict[str, Any]:
    for pattern in patterns:
        if not any(_matches(name, [pattern]) for name in want):
            raise ArgumentError(f"no expected quantity is called {pattern!r}; there are {', '.join(want)}")
    return {name: array for name, array in want.items() if _matches(name, patterns)}
