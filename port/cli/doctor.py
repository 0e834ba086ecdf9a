"""`matport doctor`: what is installed, what is missing, and how to get it."""

import argparse
import json
from dataclasses import asdict

from port.cli import AGREE, CANNOT_TELL
from port.reference.doctor import Finding, examine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options of its own."""


def run(options: argparse.Namespace) -> int:
    """Tell; the status is 2 where something that is needed is missing."""
    findings = examine()
    if options.json:
        print(json.dumps({"schema": 1, "parts": [asdict(finding) for finding in findings]}, indent=1))
    else:
        print("\n".join(line for finding in findings for line in _lines(finding)))
    return CANNOT_TELL if any(finding.missing and finding.kind == "needed" for finding in findings) else AGREE


def _lines(finding: Finding) -> list[str]:
    if not finding.missing:
        return [f"found    {finding.name:12} {finding.found}"]
    ways = {
        way: [system for system, other in finding.get.items() if other == way] for way in finding.get.values()
    }
    told = [f"             {', '.join(systems)}: {way}" for way, systems in ways.items()]
    return [f"MISSING  {finding.name:12} {finding.kind}, for {finding.used_for}; to get it:", *told]
