"""`matport explain`: the shape walk through an activation and a loss, as text, JSON or a page."""

import argparse
from pathlib import Path
from typing import Any

from port.backprop.explain import Walk, choices, explain
from port.cli import AGREE, sizes
from port.errors import ArgumentError

OUTPUTS, SAMPLES = 3, 5
MOST = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "activation", nargs="?", help="activation of the last layer, e.g. softmax; none lists them"
    )
    parser.add_argument("loss", nargs="?", help="loss, e.g. cross_entropy")
    parser.add_argument(
        "--shape", type=sizes, metavar="K,N", help="outputs, samples (default: 3,5; with --layers K,5)"
    )
    parser.add_argument(
        "--layers", type=sizes, metavar="D,...,K", help="layer sizes, features first (default: 4,K)"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the walk as one page")


def run(options: argparse.Namespace) -> int:
    """Explain, or list what can be explained."""
    if not options.activation:
        return _list(options)
    if not options.loss:
        raise ArgumentError(f"name a loss too, one of {', '.join(choices()['losses'])}")
    shape = options.shape or ((options.layers or [OUTPUTS])[-1], SAMPLES)
    if max((*shape, *(options.layers or ()))) > MOST:
        raise ArgumentError(f"numbers for people to look at: sizes go up to {MOST}")
    walk = explain(options.activation, options.loss, shape=shape, sizes=options.layers)
    page = ""
    if options.html:
        from port.report.explain import explain_page
        from port.report.page import render
        from port.report.tables import write_page

        page = write_page(options.html, render(explain_page(walk)))
    if options.json:
        from port.report.tables import to_json

        print(to_json(_document(walk)), end="")
    else:
        print(f"{text(walk)}\n{page}", end="")
    return AGREE


def text(walk: Walk) -> str:
    """The walk for a terminal."""
    lines = [
        f"{walk.activation} + {walk.loss}, network {'-'.join(map(str, walk.sizes))}, {walk.samples} samples",
        "",
    ]
    lines += [f"  {sentence}" for sentence in walk.answer]
    lines += [
        "",
        f"J of the first sample ({walk.structure}; {walk.jacobian_formula})",
        _numbers(walk.jacobian),
    ]
    for title, part in (("forward", walk.forward), ("backward", walk.backward)):
        lines += ["", title]
        for line in part:
            shape = " x ".join(map(str, line.value.shape))
            lines += ["", f"  {line.name}  {shape}  ({line.letters})  {line.says}"]
            lines += [
                f"    {line.formula}",
                f"    MATLAB  {line.matlab}",
                f"    NumPy   {line.numpy}",
                _numbers(line.value),
            ]
    lines += ["", "ways that go wrong"]
    lines += [f"  {a.title}: {a.matlab}\n    {a.outcome}; {a.why}" for a in walk.attempts]
    return "\n".join(lines)


def _numbers(matrix: Any, most: int = 8) -> str:
    rows = [
        "      " + " ".join(f"{v:9.4f}" for v in row[:most]) + (" ..." if len(row) > most else "")
        for row in matrix[:most]
    ]
    return "\n".join(rows + (["      ..."] if len(matrix) > most else []))


def _document(walk: Walk) -> dict[str, Any]:
    quantities = [vars(line) | {"shape": list(line.value.shape)} for line in (*walk.forward, *walk.backward)]
    head = {
        name: getattr(walk, name)
        for name in ("activation", "loss", "sizes", "samples", "structure", "product")
    }
    attempts = [vars(attempt) for attempt in walk.attempts]
    return {
        **head,
        "jacobian": walk.jacobian,
        "answer": walk.answer,
        "quantities": quantities,
        "attempts": attempts,
    }


def _list(options: argparse.Namespace) -> int:
    if options.json:
        from port.report.tables import to_json

        print(to_json(choices()), end="")
        return AGREE
    for kind, names in choices().items():
        print(f"{kind}: {', '.join(names)}")
    print("for example: matport explain softmax cross_entropy --shape 3,5")
    return AGREE
