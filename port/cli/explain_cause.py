"""`matport explain-cause`: the manual of one cause, or the catalogue of them all."""

import argparse
import textwrap
from typing import Any

from port.cli import AGREE
from port.reference.causes.rule import Rule, catalogue, rule

FAMILIES = {
    "L": "Layout",
    "I": "Indices",
    "A": "Axes",
    "S": "Scale",
    "M": "Matrix operations",
    "N": "Networks",
    "F": "Number formats",
    "R": "Random numbers",
    "G": "Toolboxes",
}
WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("code", nargs="*", help="codes such as L03; none lists the catalogue")
    parser.add_argument("--all", action="store_true", help="the manual of every cause")


def run(options: argparse.Namespace) -> int:
    """Print the manual of the causes asked for, or the list of all."""
    asked = list(catalogue().values()) if options.all else [rule(code) for code in options.code]
    if options.json:
        from port.report.tables import to_json

        print(to_json({"causes": [document(each) for each in asked or catalogue().values()]}), end="")
    elif asked:
        print("\n\n".join(terminal(each) for each in asked))
    else:
        print("\n".join(f"{code}  {each.title}" for code, each in catalogue().items()))
    return AGREE


def document(each: Rule) -> dict[str, Any]:
    """One cause as plain values."""
    page = each.manual
    return {
        "code": each.code,
        "title": each.title,
        "text": " ".join(each.text.split()),
        "setup": page.setup,
        "matlab": page.matlab,
        "wrong": page.wrong,
        "right": page.right,
        "remedy": page.remedy,
        "symptom": each.symptom,
        "see": page.see,
    }


def terminal(each: Rule) -> str:
    """The manual of one cause for a terminal."""
    page = each.manual
    snippets = [("setup", page.setup), ("MATLAB", page.matlab), ("wrong", page.wrong), ("right", page.right)]
    lines = [f"{each.code}  {each.title}", "", textwrap.fill(" ".join(each.text.split()), WIDTH), ""]
    for name, code in snippets:
        if code:
            lines.append(textwrap.indent(code, " " * 10).replace(" " * 10, f"  {name:<8}", 1))
    lines += ["", f"Remedy:   {page.remedy}", f"Symptom:  {each.symptom}"]
    return "\n".join(lines + ([f"See:      {page.see}"] if page.see else []))


def chapters() -> str:
    """The whole catalogue as Markdown, family by family."""
    lines: list[str] = []
    for letter, family in FAMILIES.items():
        members = [each for code, each in catalogue().items() if code[0] == letter]
        lines += [f"## {family}", "", *(part for each in members for part in _chapter(each))]
    return "\n".join(lines).rstrip()


def _chapter(each: Rule) -> list[str]:
    page = each.manual
    see = [f"See <{page.see}>.", ""] if page.see else []
    return [
        f"### {each.code}: {each.title}",
        "",
        each.text,
        "",
        *_fenced("matlab", page.matlab),
        *_fenced("python", f"{page.setup}\n{page.wrong}".strip()),
        *_fenced("python", page.right),
        f"Symptom: {each.symptom}",
        "",
        f"Remedy: {page.remedy}",
        "",
        *see,
    ]


def _fenced(language: str, code: str) -> list[str]:
    return [f"```{language}", code, "```", ""]
