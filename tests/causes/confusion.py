"""Measure the diagnosis on generated instances; write reports/diagnosis_confusion.csv and .md.

python tests/causes/confusion.py [--each 40] [--pairs 2500] [--innocent 1000] [--reports reports]
"""

import argparse
import platform
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))
from causes.generate import (
    ARRAYS,
    INPUTS,
    MAKERS,
    NEVER,
    Instance,
    alike,
    all_pairs_of_mistakes,
    innocent,
    renamed,
    source,
    tells_without_inputs,
    why_not,
)
from port.reference import diagnose

BENIGN = {"F16"}


def named(instance: Instance, with_inputs: bool) -> list[str]:
    """The codes that the diagnosis gives, best first."""
    inputs = instance.inputs if with_inputs else None
    return [found.code for found in diagnose(instance.want, instance.got, inputs=inputs)]


def single_rows(each: int, seed: int) -> Iterator[dict[str, Any]]:
    """One row an instance of a single cause, with inputs and (where they are not needed) without."""
    for number, (code, make) in enumerate(sorted(MAKERS.items())):
        for place in range(each):
            s = source(seed + number * 10_000 + place)
            instance = renamed(make(s), s.rng)
            for with_inputs in (True, False) if instance.told_by == ARRAYS else (True,):
                found = named(instance, with_inputs)
                yield {
                    "kind": "single",
                    "true": code,
                    "told_by": instance.told_by,
                    "inputs": with_inputs,
                    "found": " ".join(found[:3]) or "-",
                    "first": found[:1] == [code],
                    "top3": code in found[:3],
                }


def pair_rows(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """One row an instance of two mistakes, with inputs and (where they are not needed) without; those left out too.

    `number` counts the instances that the arrays determine, with whatever inputs they have.
    """
    seeds = count(seed)
    made = all_pairs_of_mistakes(lambda: source(next(seeds)))
    while number:
        instance = next(made)
        reason = why_not(instance)
        number -= not reason
        instance = renamed(instance, np.random.default_rng(seed))
        without = bool(instance.inputs) and not reason and tells_without_inputs(instance)
        for with_inputs in (True, False) if without else (True,):
            found = named(instance, with_inputs)
            wanted = alike(instance.codes, instance)
            yield {
                "kind": "left out" if reason else "pair",
                "number": number,
                "true": " ".join(instance.codes),
                "told_by": reason or instance.told_by,
                "inputs": with_inputs and bool(instance.inputs),
                "found": " ".join(found[:3]) or "-",
                "first": alike(found[:2], instance) == wanted,
                "top3": wanted <= alike(found[:3], instance),
            }


def innocent_rows(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """One row an innocent difference; `first` says that nothing but rounding was named."""
    for place in range(number):
        instance = innocent(source(seed + place))
        found = named(instance, True)
        quiet = set(found) <= BENIGN
        yield {
            "kind": "innocent",
            "true": instance.codes[0],
            "told_by": NEVER,
            "inputs": bool(instance.inputs),
            "found": " ".join(found[:3]) or "-",
            "first": quiet,
            "top3": quiet,
        }


def measured(each: int, number_of_pairs: int, innocents: int, seed: int = 0) -> pd.DataFrame:
    """Every instance with what was found."""
    rows = [
        *single_rows(each, seed),
        *pair_rows(number_of_pairs, seed + 10_000_000),
        *innocent_rows(innocents, seed + 20_000_000),
    ]
    return pd.DataFrame(rows)


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """The rates that the goals speak of."""
    single = rows[(rows.kind == "single") & (rows.told_by != NEVER)]
    pair = rows[rows.kind == "pair"]
    parts = {
        "single causes, determined by the arrays, inputs given": single[
            (single.told_by == ARRAYS) & single.inputs
        ],
        "single causes, determined by the arrays, no inputs": single[
            (single.told_by == ARRAYS) & ~single.inputs
        ],
        "single causes, determined with the inputs": single[single.told_by == INPUTS],
        "two mistakes at once, inputs given (first: exactly both come first)": pair[pair.inputs],
        "two mistakes at once, no inputs (first: exactly both come first)": pair[~pair.inputs],
        "innocent differences (first: nothing is accused)": rows[rows.kind == "innocent"],
    }
    table = [
        {
            "instances": len(part),
            "right first %": 100 * part["first"].mean(),
            "in the first three %": 100 * part.top3.mean(),
        }
        for part in parts.values()
    ]
    return pd.DataFrame(table, index=list(parts)).round(2)


def confusion(rows: pd.DataFrame) -> pd.DataFrame:
    """For each true cause: instances, rates, and what was named first instead."""
    table = []
    for (kind, true, inputs), part in rows[rows.kind.isin(["single", "innocent"])].groupby(
        ["kind", "true", "inputs"]
    ):
        missed = part[~part["first"]].found.str.split().str[0].value_counts()
        table.append(
            {
                "kind": kind,
                "true": true,
                "inputs": "yes" if inputs else "no",
                "told by": part.told_by.iloc[0],
                "instances": len(part),
                "first %": round(100 * part["first"].mean(), 1),
                "first three %": round(100 * part.top3.mean(), 1),
                "named first instead": ", ".join(f"{code} x{n}" for code, n in missed.items()),
            }
        )
    return pd.DataFrame(table)


def left_out(rows: pd.DataFrame) -> pd.DataFrame:
    """For each reason why two mistakes are not determined: how many were drawn, and how many named all the same."""
    out = rows[rows.kind == "left out"]
    table = [
        {
            "why the arrays do not tell": reason,
            "drawn": len(part),
            "both named %": round(100 * part["first"].mean(), 1),
            "such as": ", ".join(part.true.value_counts().index[:4]),
        }
        for reason, part in out.groupby("told_by")
    ]
    return pd.DataFrame(table).sort_values("drawn", ascending=False)


def missed(rows: pd.DataFrame, most: int = 25) -> pd.DataFrame:
    """The pairs that were missed most often, and what was named instead."""
    wrong = rows[(rows.kind == "pair") & ~rows["first"]]
    table = [
        {
            "two mistakes": true,
            "inputs": "yes" if inputs else "no",
            "missed": len(part),
            "of": int(((rows.true == true) & (rows.inputs == inputs) & (rows.kind == "pair")).sum()),
            "named instead": ", ".join(
                f"{found} x{n}" for found, n in part.found.value_counts().head(3).items()
            ),
        }
        for (true, inputs), part in wrong.groupby(["true", "inputs"])
    ]
    columns = ["two mistakes", "inputs", "missed", "of", "named instead"]
    return pd.DataFrame(table, columns=columns).sort_values("missed", ascending=False).head(most)


def write(rows: pd.DataFrame, folder: Path) -> None:
    """Write the confusion table as CSV and, with the summary, as Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    table = confusion(rows)
    table.to_csv(folder / "diagnosis_confusion.csv", index=False, lineterminator="\n")
    machine = f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}"
    out, kept = rows[rows.kind == "left out"], rows[(rows.kind == "pair")].drop_duplicates(["number"])
    text = [
        "# How often the diagnosis is right",
        "",
        "Instances are made by `tests/causes/generate.py`, which knows nothing of the rules: random shapes and values,",
        "magnitudes from 1e-8 to 1e8, single and double precision. Inputs are given in random order under names that",
        "tell nothing. Written by `python tests/causes/confusion.py`;",
        f"{machine}.",
        "",
        summary(rows).to_markdown(),
        "",
        "A cause `told by` never cannot be told from values at all; it is listed, and not counted above.",
        "",
        "## Two mistakes at once",
        "",
        "A pair is any cause of the catalogue, or a result of any shape and type, with one more mistake done to it:",
        "drawn at random, kept where both take effect. Left out, by a rule of the generator and not by what is found,",
        f"are {len(out)} of {len(out) + len(kept)} drawn pairs that the arrays do not determine:",
        "",
        left_out(rows).to_markdown(index=False),
        "",
        "L01 and L02 are one mistake, a transpose, of a matrix that is square before or after the other mistake:",
        "either name counts. Without inputs are counted the pairs whose first mistake shows in what the second leaves.",
        "",
        "The pairs missed most often:",
        "",
        missed(rows).to_markdown(index=False),
        "",
        "## Cause by cause",
        "",
        table.to_markdown(index=False),
        "",
    ]
    (folder / "diagnosis_confusion.md").write_text("\n".join(text), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--pairs", type=int, default=2500)
    parser.add_argument("--innocent", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reports", type=Path, default=Path("reports"))
    options = parser.parse_args()
    rows = measured(options.each, options.pairs, options.innocent, options.seed)
    write(rows, options.reports)
    print(summary(rows).to_string())


if __name__ == "__main__":
    main()
