"""Search the catalogue of causes for those that turn what was wanted into what was got."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Diagnosis:
    """One cause that explains a difference."""

    code: str
    title: str
    confidence: float
    evidence: str
    remedy: str
    matlab: str
    numpy: str

    def __str__(self) -> str:
        return f"{self.code} ({self.confidence:.0%}) {self.title}: {self.evidence}. {self.remedy}"


def diagnose(want: Any, got: Any, *, inputs: Mapping[str, Any] | None = None) -> list[Diagnosis]:
    """The causes that explain why `got` is not `want`, best first."""
    return []
