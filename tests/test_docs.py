"""The documents run: every Python block of the README and of docs/, in order, page by page."""

import argparse
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from port.cli import COMMANDS
from port.reference import load_case, suite_folder
from port.report.check import COLUMNS

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(path):
    return BLOCK.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [path for path in PAGES if blocks(path)], ids=lambda path: path.name)
def test_every_python_block_runs(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    names = {}
    for block in blocks(path):
        exec(compile(block, str(path), "exec"), names)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_that_is_written_exists(path):
    written = set(re.findall(r"`matport ([a-z][a-z-]*)", path.read_text(encoding="utf-8")))
    assert written <= set(COMMANDS)


def commands(path):
    """The `matport` commands in the blocks of a page, without comments."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    blocks = [
        *re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL),
        *re.findall(r"^ {4}(.*)$", text, re.MULTILINE),
    ]
    lines = re.findall(r"^matport (?!COMMAND)(.*)$", "\n".join(blocks), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


WRITTEN = [(path, words) for path in PAGES for words in commands(path)]


@pytest.mark.parametrize(
    ("path", "words"), WRITTEN, ids=[f"{path.name}: {' '.join(words)}" for path, words in WRITTEN]
)
def test_every_command_of_a_block_has_the_arguments_that_are_written(path, words):
    parser = argparse.ArgumentParser()
    import_module(f"port.cli.{words[0].replace('-', '_')}").add_arguments(parser)
    parser.parse_args(words[1:])


def test_there_are_blocks_of_commands():
    assert {words[0] for _, words in WRITTEN} >= {"batch", "capture", "diagnose", "diverge", "migrate"}


def test_every_local_link_leads_somewhere():
    for path in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_columns_of_the_report_are_documented():
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    for name, meaning in COLUMNS.items():
        assert f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |" in text


def test_the_readme_names_a_case_that_is_there():
    name = re.search(
        r"suite_folder\(\) / \"(\w+)\.mat", (ROOT / "README.md").read_text(encoding="utf-8")
    ).group(1)
    assert load_case(suite_folder() / f"{name}.mat").name == name
