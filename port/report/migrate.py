"""The page of `matport migrate`: what became of every function of a course, what first, and what nobody called."""

from collections.abc import Mapping, Sequence

import pandas as pd

from port.report.page import LONGEST_CELL, Block, Fold, Page, Section, Table, Text, counted
from port.report.tables import to_markdown

TITLE = "Does the translated course compute what the MATLAB course computes?"
MOST_UNSORTED = 8
VERDICTS = {
    "agree": "every exercised function is equal",
    "differ": "something differs",
    "cannot-tell": "it cannot be told",
}
COLUMNS = {
    "name": "function or script",
    "kind": "function or script",
    "source": "the MATLAB file",
    "python": "its translation",
    "status": "equal, differs, refused, not exercised or cannot tell; of a script: ran or stopped, in Octave",
    "detail": "what was compared, what differs, or why nothing was",
    "calls": "recorded calls that are compared; of a script: those it made that were kept",
    "matlab_line": "the MATLAB line that differs or is refused",
    "python_line": "the Python line that differs",
    "warnings": "what the translation says is uncertain",
    "refusals": "statements that were not translated",
    "cause": "code of the likeliest cause of a difference",
}
SHOWN = ("name", "status", "calls", "matlab_line", "cause", "detail")
HEADINGS = {
    "differs": "Differs",
    "refused": "Not translated in full",
    "cannot tell": "Cannot be told",
    "stopped": "Scripts that stopped in Octave",
    "not exercised": "Not exercised: no script's call could be compared; give one in matport.toml",
    "equal": "Equal",
    "ran": "Scripts that ran in Octave",
}


def migration_frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """One row a function or script, those first that need a look."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    lines = ["matlab_line", "python_line"]
    frame[lines] = frame[lines].astype("Int64")
    order = frame["status"].map({status: place for place, status in enumerate(HEADINGS)})
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def verdict(frame: pd.DataFrame, status: str) -> str:
    """One sentence: the verdict and how many functions are what."""
    functions = frame[frame["kind"] == "function"]["status"].value_counts()
    told = ", ".join(f"{count} {name}" for name, count in functions.items())
    return f"{VERDICTS[status]}; functions: {told or 'none'}"


def migration_page(
    frame: pd.DataFrame, status: str, facts: Mapping[str, str], problems: Sequence[str]
) -> Page:
    """The page: what was in the way, then the functions and scripts by status."""
    blocks: list[Block] = []
    if problems:
        blocks.append(Section("What was in the way", [Text(problem, "warn") for problem in problems]))
    for name, heading in HEADINGS.items():
        part = frame[frame["status"] == name]
        if len(part):
            shown = _shown(part)
            shown = shown.loc[:, (shown != "").any()]
            table = Table(shown, counted(len(part), "row"), "status", COLUMNS, len(part) > MOST_UNSORTED)
            long = [row for row in part.itertuples() if len(str(row.detail)) > LONGEST_CELL]
            whole = [Fold(f"{row.name}: in full", [Text(str(row.detail))], "", True) for row in long]
            blocks.append(Section(heading, [table, *whole]))
    return Page(TITLE, verdict(frame, status), status, facts, blocks)


def migration_markdown(
    frame: pd.DataFrame, status: str, facts: Mapping[str, str], problems: Sequence[str]
) -> str:
    """The same as Markdown."""
    lines = ["# Migration", "", f"**{verdict(frame, status)}.**", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    if problems:
        lines += ["", "## What was in the way", "", *(f"- {' '.join(text.split())}" for text in problems)]
    lines += ["", "## Functions and scripts", "", to_markdown(_shown(frame)), ""]
    return "\n".join(lines)


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    shown = frame[list(SHOWN)].astype({"matlab_line": object})
    return shown.where(shown.notna(), "")
