"""`matport check`: the references against the port and the engine; writes the reports."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.cli.agreement import Agreement, previous_summary
from port.reference.case import Case, load_suite, suite_folder
from port.reference.suite import run_suite, select
from port.report import tables

STATUS = {"agree": AGREE, "differ": DIFFER, "cannot-tell": CANNOT_TELL}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "--suite", type=Path, metavar="DIR", help="folder of reference cases (default: those shipped)"
    )
    parser.add_argument(
        "--reports",
        type=Path,
        default=Path("reports"),
        metavar="DIR",
        help="where to write (default: reports)",
    )
    parser.add_argument(
        "--live",
        action="store_true",
        help="also re-run the .m files in GNU Octave and compare with what is saved",
    )
    parser.add_argument(
        "-k",
        dest="expression",
        metavar="EXPR",
        help="only cases whose name matches, e.g. 'digits and not train'",
    )


def run(options: argparse.Namespace) -> int:
    """Check, print, write the reports; returns the exit status."""
    folder = (options.suite or suite_folder()).resolve()
    cases = list(load_suite(folder))
    if options.expression:
        cases = select(cases, options.expression)
    agreement = Agreement(
        run_suite(cases, progress=_progress), cases, folder, previous_summary(options.reports)
    )
    written = tables.write_all(options.reports, agreement.files())
    if options.json:
        print(tables.to_json(agreement.document()), end="")
    else:
        print(agreement.text(), agreement.verdict, f"report: {written[2]}", sep="\n")
    return STATUS[agreement.result.status]


def _progress(cases: Iterable[Case]) -> Iterable[Case]:
    return tqdm(cases, desc="checking", unit="case", leave=False, disable=not sys.stderr.isatty())
