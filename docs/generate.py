"""Write the parts of these pages that come from tables: python docs/generate.py."""

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from port.cli import COMMANDS
from port.cli.convention import table
from port.cli.explain_cause import chapters

FOLDER = Path(__file__).parent


def commands() -> str:
    """Every command with its arguments and options, as its own parser knows them."""
    return "\n".join(line for name in COMMANDS for line in _command(name))


def _command(name: str) -> Iterator[str]:
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"port.cli.{name.replace('-', '_')}").add_arguments(parser)
    summary = COMMANDS[name]
    yield f"\n## matport {name}\n\n{summary[0].upper()}{summary[1:]}.\n"
    yield from ["| | |", "|---|---|"] if parser._actions else []
    for action in parser._actions:
        help_text = ((action.help or "") % vars(action)).replace("<", "&lt;")
        yield f"| `{_words(action)}` | {help_text} |"


def _words(action: argparse.Action) -> str:
    """An argument or option as it is written."""
    value = action.metavar or (
        " or ".join(map(str, action.choices)) if action.choices else action.dest.upper()
    )
    if not action.option_strings:
        return str(action.metavar or action.dest)
    return ", ".join(action.option_strings) + (f" {value}" if action.nargs != 0 else "")


PARTS = {"conventions.md": table, "causes.md": chapters, "commands.md": commands}


def current(page: str) -> str:
    """The page with its generated part, between the two marks, as the tables have it now."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    part = f"<!-- generated -->\n{PARTS[page]()}\n<!-- end -->"
    return re.sub(r"<!-- generated -->.*<!-- end -->", lambda _: part, text, flags=re.DOTALL)


if __name__ == "__main__":
    for page in PARTS:
        (FOLDER / page).write_text(current(page), encoding="utf-8")
