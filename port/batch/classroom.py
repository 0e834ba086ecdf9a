"""What a class gets wrong, from the table of submissions."""

from typing import TYPE_CHECKING

from port.batch.results import VERDICTS

if TYPE_CHECKING:
    import pandas as pd

BINS = 10
EXAMPLES = 5
UNEXPLAINED = {"failed", "stopped", "missing", "cannot tell"}
"""Verdicts that are a mistake of their own where no cause is known."""


def mistakes(submissions: "pd.DataFrame") -> "pd.DataFrame":
    """How many submissions show each cause, most frequent first.

    Columns `code`, `title`, `submissions`, `share` (of all) and `examples`. A submission without a known cause
    counts under the verdict of the first quantity that does not agree.
    """
    import pandas as pd

    wrong = submissions[submissions["verdict"] != "agree"].fillna("")
    pairs = [
        (code, title, submission)
        for submission, causes, titles, verdict in zip(
            wrong["submission"], wrong["causes"], wrong["titles"], wrong["first_verdict"], strict=True
        )
        for code, title in _named(causes, titles, verdict)
    ]
    table = pd.DataFrame(pairs, columns=["code", "title", "submission"]).astype("str")
    counted = table.groupby(["code", "title"], sort=False)["submission"]
    report = counted.agg(
        submissions="nunique", examples=lambda names: ", ".join(names[:EXAMPLES])
    ).reset_index()
    report.insert(3, "share", report["submissions"] / max(1, len(submissions)))
    return report.sort_values(["submissions", "code"], ascending=[False, True], ignore_index=True)


def histogram(submissions: "pd.DataFrame") -> "pd.DataFrame":
    """How many submissions have which share of cases right: columns `from`, `to`, `submissions`.

    The last bin holds those with every case right, and no others.
    """
    import pandas as pd

    bins = (submissions["score"] * BINS).astype(int)
    counts = bins.value_counts().reindex(range(BINS + 1), fill_value=0)
    edges = [number / BINS for number in range(BINS + 1)]
    return pd.DataFrame({"from": edges, "to": [*edges[1:], 1.0], "submissions": counts.to_numpy()})


def first_differences(submissions: "pd.DataFrame") -> "pd.DataFrame":
    """Where submissions first go wrong, most frequent first: columns `quantity`, `verdict`, `submissions`."""
    wrong = submissions[submissions["verdict"] != "agree"].fillna("")
    counts = wrong.groupby(["first_quantity", "first_verdict"]).size().reset_index(name="submissions")
    counts.columns = ["quantity", "verdict", "submissions"]
    return counts.sort_values(["submissions", "quantity"], ascending=[False, True], ignore_index=True)


def _named(causes: str, titles: str, verdict: str) -> list[tuple[str, str]]:
    if causes:
        return list(zip(causes.split(), titles.split(" | "), strict=True))
    return (
        [(f"({verdict})", VERDICTS[verdict])] if verdict in UNEXPLAINED else [("(unknown)", "no known cause")]
    )
