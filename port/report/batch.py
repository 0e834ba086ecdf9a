"""The page of `matport batch`: how a class does, which mistakes it makes, and every submission."""

from collections.abc import Mapping

import pandas as pd

from port.report import figures
from port.report.page import Block, Figure, Page, Row, Section, Table, Text, counted

MOST_SUBMISSIONS = 2000
CLOSER = "The statement where one submission parts from the original: matport diverge X.m CODE.py --inputs CASE.mat"
COLUMNS = {
    "submission": "name of the submission in the manifest",
    "verdict": "agree, differ or cannot tell, over all of its cases",
    "score": "share of its cases that agree entirely",
    "causes": "codes of the likely causes (matport explain-cause CODE), the most frequent first",
    "first_case": "the first case that does not agree",
    "first_quantity": "the first quantity of it that does not agree",
    "ending": "how the submission's code ended",
    "error": "what it ended with, or the first error its function raised",
    "submissions": "how many submissions",
    "share": "share of all submissions",
    "examples": "some of them",
}


def batch_page(
    submissions: pd.DataFrame,
    mistakes: pd.DataFrame,
    histogram: pd.DataFrame,
    first_differences: pd.DataFrame,
    facts: Mapping[str, str],
) -> Page:
    """The page: `submissions` has a row a submission, the other frames count over them."""
    counts = submissions["verdict"].value_counts()
    wrong = len(submissions) - int(counts.get("agree", 0))
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    known = mistakes[~mistakes["code"].str.startswith("(")]
    most = f"; most often: {known['title'].iloc[0]}" if len(known) else ""
    status = "agree" if not wrong else "differ" if counts.get("differ", 0) else "cannot-tell"
    scores = figures.bars(
        histogram["submissions"].tolist(), "submissions by share of cases right", x_label="0% ... 100% right"
    )
    frequent = figures.bars(
        mistakes["submissions"].tolist()[:40],
        "submissions by mistake",
        x_label="mistakes, in the order of the table",
    )
    charts: list[Block] = [
        Figure(scores, "submissions by the share of their cases that agree; the last bar: all")
    ]
    if len(mistakes):
        charts.append(Figure(frequent, "submissions by mistake, the most frequent first"))
    shares = mistakes.assign(share=[f"{share:.0%}" for share in mistakes["share"]])
    causes = Table(shares, "Likely causes, the most frequent first", None, COLUMNS, True)
    firsts = Table(first_differences, "First quantity that does not agree", None, COLUMNS)
    wrongs: list[Block] = [
        Section("Which mistakes", [causes, Text(CLOSER, "note")]),
        Section("Where it first goes wrong", [firsts]),
    ]
    blocks: list[Block] = [
        Section("The class", [Row(charts)]),
        *(wrongs if wrong else []),
        Section("Every submission", _submissions(submissions)),
    ]
    return Page(
        "What does the class get wrong?",
        f"{counted(len(submissions), 'submission')}: {told}{most}",
        status,
        facts,
        blocks,
    )


def _submissions(submissions: pd.DataFrame) -> list[Block]:
    """Those that do not agree first; a class too large for a page is told to be in the table beside it."""
    shown = ["submission", "verdict", "score", "causes", "first_case", "first_quantity", "ending", "error"]
    scores = [f"{score:.0%}" for score in submissions["score"]]
    table = submissions[shown].assign(score=scores).fillna("")
    table = table.iloc[(table["verdict"] == "agree").argsort(kind="stable")].head(MOST_SUBMISSIONS)
    caption = f"{len(table)} of {len(submissions)} submissions, those that do not agree first"
    more = [Text("The others are in the table of submissions beside this page.", "note")]
    return [Table(table, caption, "verdict", COLUMNS, True), *(more if len(table) < len(submissions) else [])]
