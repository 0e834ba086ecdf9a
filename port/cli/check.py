"""`matport check`: the references against the port and the engine; writes the reports."""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.cli.agreement import SUMMARY_FILE, Agreement
from port.cli.since import verdicts_before
from port.reference.case import Case, load_case, load_suite, suite_folder
from port.reference.engine import OCTAVE, SCRIPTS, find_engine, remake_references
from port.reference.ledger import LEDGER, Intended, load_ledger, unused
from port.reference.provenance import MANIFEST, Finding, verify
from port.reference.suite import SuiteResult, run_live, run_suite, select
from port.report import tables
from port.report.page import whole

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
        help="also re-run the .m files of the cases in GNU Octave and compare with what is saved",
    )
    parser.add_argument("--parquet", action="store_true", help="also write agreement.parquet (extra parquet)")
    parser.add_argument(
        "-k",
        dest="expression",
        metavar="EXPR",
        help="only cases whose name matches, e.g. 'digits and not train'",
    )


def run(options: argparse.Namespace) -> int:
    """Check, print, write the reports; returns the exit status."""
    folder = (options.suite or suite_folder()).resolve()
    every, ledger = list(load_suite(folder)), load_ledger(folder)
    cases = select(every, options.expression) if options.expression else every
    result = run_suite(cases, ledger=ledger, progress=_progress)
    if options.live:
        result = result.joined(_live(cases))
    agreement = Agreement(
        result,
        cases,
        folder,
        _findings(folder, every, unused(ledger, [case.name for case in every])),
        verdicts_before(options.reports / SUMMARY_FILE, ("case", "route")),
    )
    parquet = {"agreement.parquet": tables.to_parquet(agreement.rows)} if options.parquet else {}
    tables.write_all(options.reports, {**agreement.files(), **parquet})
    if options.json:
        print(tables.to_json(agreement.document()), end="")
    else:
        print(
            whole(agreement.text()),
            whole(agreement.verdict),
            f"report: {options.reports / 'index.html'}",
            sep="\n",
        )
    if agreement.status == "cannot-tell":
        print(f"matport: {agreement.verdict}", file=sys.stderr)
    return STATUS[agreement.status]


def _live(cases: Sequence[Case]) -> SuiteResult:
    """The .m files of these cases run again in Octave, compared with what is saved."""
    engine = find_engine(OCTAVE)
    named = {str(case.meta.get("script", "")) for case in cases}
    scripts = [path.name for path in sorted(suite_folder().parent.glob(SCRIPTS)) if path.name in named]
    what = f"running {', '.join(scripts)} in" if scripts else "none of these cases is matport's: nothing for"
    print(f"{what} {engine.name} {engine.version}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="matport-") as folder:
        files = remake_references(folder, scripts=scripts, engine=engine)
        remade = {case.name: case for case in map(load_case, files)}
    return run_live(cases, remade, f"{engine.name} {engine.version}")


def _findings(folder: Path, cases: Sequence[Case], lost: Sequence[Intended]) -> tuple[Finding, ...]:
    """What is not as the manifest says (where the folder has one), and entries of the ledger without a case."""
    changed = verify(folder, cases) if (folder / MANIFEST).exists() else ()
    return (
        *changed,
        *(Finding(entry.case, f"{LEDGER} names this case, but it is not there") for entry in lost),
    )


def _progress(done: Iterable[Any], total: int) -> Iterable[Any]:
    """What is done, counted on a terminal as it comes."""
    if not sys.stderr.isatty():
        return done
    from tqdm import tqdm

    plain = "{l_bar}{bar}| {n_fmt} of {total_fmt}"  # the longest come first: no time that is left can be told
    shown: Iterable[Any] = tqdm(done, "checking", total, bar_format=plain, leave=False)
    return shown
