"""`matport diagnose WANT GOT`: compare two files of arrays and say which mistakes turn one into the other."""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from port.cli import AGREE, DIFFER
from port.reference.causes import Diagnosis, diagnose
from port.reference.comparison import Row, compare
from port.reference.matfile import read_mat
from port.reference.measure import Array
from port.reference.npzfile import read_npz
from port.reference.quantities import quantities

SHOWN = 3
ABSENT = {"missing": "got", "extra": "want"}
"""The verdicts on what one side does not have, and which side that is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "want", type=Path, help="what MATLAB computed: .mat (a case or plain variables), .npz or .npy"
    )
    parser.add_argument("got", type=Path, help="what Python computed: .mat, .npz or .npy")
    parser.add_argument(
        "--inputs", type=Path, metavar="FILE", help="what both were given (default: the inputs of a case)"
    )


def run(options: argparse.Namespace) -> int:
    """Compare, diagnose what differs, print; returns the exit status."""
    reference = _read(options.want)
    given = _read(options.inputs) if options.inputs else reference.get("input", {})
    want, got = _paired(
        quantities(reference.get("expected", reference)), quantities(_outputs(_read(options.got)))
    )
    inputs = quantities(given)
    comparison = compare(got, want)
    causes = {row.quantity: _causes(row, want, got, inputs) for row in comparison.table if not row.ok}
    if options.json:
        from port.report.tables import to_json

        rows = [_record(row, causes.get(row.quantity, [])) for row in comparison.table]
        print(
            to_json({"ok": comparison.ok, "tolerance": str(comparison.tolerance), "quantities": rows}), end=""
        )
    else:
        differing = [row for row in comparison.table if not row.ok and row.verdict not in ABSENT]
        told = [line for row in differing for line in _lines(row, causes[row.quantity])]
        print(str(comparison).splitlines()[0], *told, *_absent(comparison.table), sep="\n")
    return AGREE if comparison.ok else DIFFER


def _read(path: Path) -> Mapping[str, Any]:
    """The variables of a file by name; raises CaseError, one sentence with the path, for one that cannot be read."""
    return read_npz(path) if path.suffix in (".npz", ".npy") else read_mat(path)


def _outputs(variables: Mapping[str, Any]) -> Any:
    return variables.get("expected", variables)


def _paired(want: dict[str, Array], got: dict[str, Array]) -> tuple[dict[str, Array], dict[str, Array]]:
    """Both sides by name; a single array on each side is compared whatever its name."""
    if len(want) == len(got) == 1:
        return want, dict(zip(want, got.values(), strict=True))
    return want, got


def _causes(
    row: Row, want: Mapping[str, Array], got: Mapping[str, Array], inputs: Mapping[str, Array]
) -> list[Diagnosis]:
    if row.quantity not in want or row.quantity not in got:
        return []
    return diagnose(want[row.quantity], got[row.quantity], inputs=inputs)


def _record(row: Row, causes: list[Diagnosis]) -> dict[str, Any]:
    return {**asdict(row), "causes": [asdict(cause) for cause in causes]}


def _lines(row: Row, causes: list[Diagnosis]) -> list[str]:
    """One difference and its causes, the best first."""
    if not causes:
        return ["", str(row), "  no known cause explains it"]
    shown = [
        f"  {cause}\n      MATLAB  {_first(cause.matlab)}\n      NumPy   {_first(cause.numpy)}"
        for cause in causes[:SHOWN]
    ]
    return ["", str(row), *shown]


def _absent(table: Iterable[Row]) -> list[str]:
    """What one side does not have, a paragraph a side."""
    names = {verdict: [row.quantity for row in table if row.verdict == verdict] for verdict in ABSENT}
    return [
        f"\nmissing in {ABSENT[verdict]}: {', '.join(found)}" for verdict, found in names.items() if found
    ]


def _first(code: str) -> str:
    """A snippet in one line."""
    return code if "\n" not in code else f"{code.splitlines()[0]} ..."
