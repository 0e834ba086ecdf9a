"""References that a manifest gives as MATLAB code: recorded once with the engine that is here, then like others."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from port.batch.manifest import Check
from port.reference.capture import capture, recipe


def recorded(check: Check, folder: Path) -> Check:
    """The check with a recorded case in `folder` in place of every `.m` of its cases.

    A case that was recorded before from the same sources, call and inputs is taken as it is. Raises what
    `port.reference.capture` raises where there is no engine, or the code or its inputs cannot be used.
    """
    return replace(check, cases=tuple(_recorded(check, path, folder) for path in check.cases))


def _recorded(check: Check, path: Path, folder: Path) -> Path:
    if path.suffix != ".m":
        return path
    what = recipe(path, call=_call(check, path), inputs=check.inputs, name=path.stem)
    inputs = "" if check.inputs is None else hashlib.sha256(check.inputs.read_bytes()).hexdigest()
    decisive = json.dumps([what.call, sorted(what.hashes.items()), inputs])
    target = folder / hashlib.sha256(decisive.encode()).hexdigest()[:16] / f"{path.stem}.mat"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        capture(what, target)
    return target


def _call(check: Check, path: Path) -> str:
    """The call in MATLAB where the manifest gives all of it; otherwise it is what the function declares."""
    if check.arguments is None or not check.outputs:
        return ""
    return f"[{', '.join(check.outputs)}] = {path.stem}({', '.join(check.arguments)})"
