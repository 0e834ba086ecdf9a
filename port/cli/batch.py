"""`matport batch`: check many submissions, each in isolation, and say which mistakes a class makes."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tqdm import tqdm

from port.batch.classroom import first_differences, histogram, mistakes
from port.batch.initial import init_manifest
from port.batch.limits import Limits
from port.batch.run import Batch, run_batch
from port.batch.station import Settings
from port.batch.tables import FORMATS, UNTOLD, write_table
from port.cli import AGREE, CANNOT_TELL, DIFFER
from port.cli.since import SINCE, Key, changes, verdicts_before
from port.cli.surroundings import surroundings
from port.errors import ArgumentError
from port.reference import Tolerance
from port.reference.suite import TRAINING
from port.report.batch import batch_page
from port.report.page import counted, render
from port.report.tables import write_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    default = Limits()
    parser.add_argument(
        "manifest", nargs="?", type=Path, metavar="MANIFEST", help="rows to check: .csv or .toml"
    )
    parser.add_argument(
        "--init", type=Path, metavar="FOLDER", help="write a manifest for a folder of submissions"
    )
    parser.add_argument(
        "--cases", type=Path, metavar="PATH", help="with --init: the references, a file, folder or pattern"
    )
    parser.add_argument(
        "--function", default="", metavar="NAME", help="with --init: the function that is asked for"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="folder of the results (default: <manifest>-results)"
    )
    parser.add_argument("--jobs", type=int, metavar="N", help="worker processes (default: one a processor)")
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="a Dask scheduler: tcp://..., or local"
    )
    parser.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    parser.add_argument(
        "--timeout",
        type=float,
        default=default.seconds,
        metavar="S",
        help="seconds a submission (default: %(default)g)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=default.memory,
        metavar="MiB",
        help="memory a submission (default: %(default)d)",
    )
    parser.add_argument(
        "--search",
        action="store_true",
        help="where values tell no cause, look for the statement whose change sets the results right: "
        "a second or more a submission",
    )
    parser.add_argument("--require-sandbox", action="store_true", help="refuse to run without bubblewrap")
    parser.add_argument("--rtol", type=float, help="relative tolerance (default: that of the case)")
    parser.add_argument(
        "--atol", type=float, help="tolerance relative to the largest value (default: that of the case)"
    )
    parser.add_argument(
        "--format", choices=("csv", "parquet"), default="csv", help="of the tables (default: csv)"
    )


def run(options: argparse.Namespace) -> int:
    """Write a manifest, or run one; 1 if a submission differs, 2 if one could not be told and none differs."""
    if options.init is not None:
        return _init(options)
    if options.manifest is None:
        raise ArgumentError("which manifest? Give one, or write one with --init FOLDER")
    if min(options.timeout, options.memory, 1 if options.jobs is None else options.jobs) <= 0:
        raise ArgumentError("--timeout, --memory and --jobs are greater than 0")
    output = options.output or Path(f"{options.manifest.stem}-results")
    settings = _settings(options)
    before = _before(output)
    with tqdm(unit="check", disable=None, file=sys.stderr, leave=False) as bar:
        batch = run_batch(
            options.manifest,
            output,
            settings,
            jobs=options.jobs,
            scheduler=options.scheduler,
            resume=options.resume,
            table=options.format,
            notice=lambda text: print(f"submissions are {text}", file=sys.stderr),
            progress=lambda done, total: _show(bar, done, total),
        )
    chosen = f"{settings.tolerance} (set by --rtol, --atol)"
    usual = f"{Tolerance()}; training: {TRAINING} (set by matport)"
    tolerance = chosen if settings.tolerance else usual
    since = changes(before, {(each.submission,): each.verdict for each in batch.summaries}, untold=(UNTOLD,))
    _report(
        batch, output, {"Tolerance": tolerance, SINCE: since}, as_json=options.json, searched=settings.search
    )
    verdicts = {summary.verdict for summary in batch.summaries}
    return DIFFER if "differ" in verdicts else CANNOT_TELL if UNTOLD in verdicts else AGREE


def _init(options: argparse.Namespace) -> int:
    path = init_manifest(
        options.init,
        cases=options.cases,
        function=options.function,
        notice=lambda text: print(f"matport: {text}", file=sys.stderr),
    )
    rows = path.read_text(encoding="utf-8").count("\n") - 1
    if options.json:
        print(json.dumps({"manifest": str(path), "rows": rows}))
    else:
        print(f"{path}: {counted(rows, 'row')}; look over what it says, then: matport batch {path}")
    return AGREE


def _settings(options: argparse.Namespace) -> Settings:
    default = Tolerance()
    given = options.rtol is not None or options.atol is not None
    rtol = default.rtol if options.rtol is None else options.rtol
    atol = default.atol if options.atol is None else options.atol
    return Settings(
        limits=Limits(seconds=options.timeout, memory=options.memory),
        tolerance=Tolerance(rtol, atol) if given else None,
        search=options.search,
        require_sandbox=options.require_sandbox,
    )


def _before(output: Path) -> dict[Key, str]:
    """The verdicts on the submissions in the table that was written last."""
    tables = [path for path in output.glob("submissions.*") if path.suffix[1:] in FORMATS]
    newest = max(
        tables, key=lambda path: (path.stat().st_mtime, path.name), default=output / "submissions.csv"
    )
    return verdicts_before(newest, ("submission",))


def _show(bar: Any, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def _report(batch: Batch, output: Path, more: Mapping[str, str], *, as_json: bool, searched: bool) -> None:
    """Write what the class gets wrong beside the results, and print it; `more` are facts of the page."""
    import pandas as pd

    table = pd.DataFrame([asdict(summary) for summary in batch.summaries])
    reports = {
        "mistakes": mistakes(table),
        "histogram": histogram(table),
        "first_differences": first_differences(table),
    }
    for name, report in reports.items():
        write_table(output / f"{name}.csv", list(report.columns), report.itertuples(index=False, name=None))
    verdicts = table["verdict"].value_counts().to_dict()
    facts = {
        "Checks": str(batch.checks),
        "Isolation": ", ".join(sorted(set(table["isolation"]) - {""})) or "nothing was run",
        "Seconds": f"{batch.seconds:.1f}",
        "Tables": f"{batch.results.name}, {batch.submissions.name}",
        **more,
        **surroundings(),
    }
    write_all(output, {"index.html": render(batch_page(table, **reports, facts=facts))})
    if as_json:
        records = {name: report.to_dict("records") for name, report in reports.items()}
        told = {name: getattr(batch, name) for name in ("checks", "repeated", "seconds")}
        files = {"results": str(batch.results), "submissions": str(batch.submissions)}
        print(json.dumps({"verdicts": verdicts, "since": more[SINCE], **told, **files, **records}))
        return
    counts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
    print(
        f"{counted(len(table), 'submission')}: {counts}; {batch.seconds:.1f} s, {batch.repeated} from an earlier run"
    )
    if len(reports["mistakes"]):
        print(reports["mistakes"].to_markdown(index=False, floatfmt=".0%"))
    untold = int(((table["verdict"] == "differ") & (table["causes"] == "")).sum())
    if untold and not searched:
        print(f"{counted(untold, 'submission')} without a cause: --search looks for the statement to change")
    print(f"tables: {batch.results}, {batch.submissions}; report: {output / 'index.html'}")
