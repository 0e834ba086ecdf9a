"""From two recorded runs and where they part to what is printed and written: the screen, the document, the page."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from textwrap import shorten, wrap
from typing import Any

import numpy as np

from port.cli.screen import beside, worst
from port.migrate.agree import layout
from port.migrate.diverge import Divergence
from port.migrate.edits import Edit
from port.migrate.match import telling
from port.migrate.trace import Array, Event, Failure, Opaque, Site, Trace, class_and_shape
from port.reference.causes import Diagnosis
from port.reference.causes.rule import catalogue
from port.report.diverge import Pair, Side, Sources, diverge_page
from port.report.page import Page, listed

WIDTH = 100
MOST_NAMES, MOST_JSON, MOST_COMPARED = 8, 100, 2500
NO_CAUSE = "no known mistake explains it; what it is computed from agrees, so look at this very statement"
SET = ("assign", "loop", "return", "test")
REACH = ("everything agrees", "the statement gives MATLAB's value")
STOPPED = ("it was stopped", "interrupted")


@dataclass(frozen=True)
class Comparison:
    """Two runs, the statements that part (first first), the lines that agree, and how to run it again."""

    matlab: Trace
    python: Trace
    found: Sequence[Divergence]
    statements: Sequence[tuple[Site, Site]]
    again: str

    @cached_property
    def equal(self) -> list[tuple[Site, Site]]:
        """The statements that set the same values: those given, and of the others those that are equal at last."""
        paired = {site for pair in self.statements for site in pair}
        ours, theirs = last_values(self.matlab), last_values(self.python)
        left = [(m, p) for m in ours for p in theirs if m not in paired or p not in paired]
        more = [(m, p) for m, p in left[:MOST_COMPARED] if layout(ours[m], theirs[p])]
        return [*self.statements, *more]

    @cached_property
    def agreeing(self) -> list[tuple[Site, Site]]:
        """The pairs of lines that agree."""
        lines = {
            (m.file, m.line, p.file, p.line): (m, p) for m, p in self.equal if m.kind in SET and p.kind in SET
        }
        return list(lines.values())

    @cached_property
    def status(self) -> str:
        """agree, differ, or cannot-tell where a run did not come far enough to know."""
        if not self.found:
            ended = not self.matlab.failure and not self.python.failure
            return "agree" if ended and self.agreeing else "cannot-tell"
        if self.found[0].kind != "error":
            return "differ"
        own = self.python.failure is not None and not was_stopped(self.python.failure)
        return "differ" if own or self.found[0].fix else "cannot-tell"

    @cached_property
    def verdict(self) -> str:
        """What was found, in one sentence."""
        if self.status == "differ":
            return parted_sentence(self.found[0], self.python.failure)
        if self.status == "agree":
            lines = len({(m.file, m.line) for m, _ in self.agreeing})
            return f"{self.python.entry} computes what {self.matlab.entry} does: {lines} lines agree, and all results"
        ends = [
            ended_sentence(trace.failure, trace.entry)
            for trace in (self.matlab, self.python)
            if trace.failure
        ]
        if not ends:
            return "no value of the two runs can be compared"
        return f"{'; '.join(ends)}; up to there nothing differs ({len(self.agreeing)} lines agree)"

    @property
    def advice(self) -> str:
        """What to do where it cannot be told."""
        ends = [trace.failure for trace in (self.matlab, self.python) if trace.failure]
        if not ends:
            return "give the same inputs to both, or the calls: --call for MATLAB, --python-call for Python"
        if any(was_stopped(failure) for failure in ends):
            return "give it more time (--timeout SECONDS), smaller inputs or fewer iterations"
        if self.matlab.failure and re.search("undefined|not found|belongs to", self.matlab.failure.message):
            return (
                "put the function beside the file; one of a toolbox needs MATLAB with it: write the program that "
                "records there with --script OUT.m, then give --trace"
            )
        return "make the MATLAB run to its end first, with other inputs or another --call"

    @property
    def facts(self) -> dict[str, str]:
        """What stands under the verdict."""
        told = {
            self.matlab.entry: f"{len(self.matlab.events):,} values recorded in {self.matlab.engine}",
            self.python.entry: f"{len(self.python.events):,} values recorded in {self.python.engine}",
            "Again": self.again,
        }
        return told | {
            f"{trace.entry} did not end well": trace.failure.message
            for trace in (self.matlab, self.python)
            if trace.failure
        }

    @cached_property
    def pairs(self) -> list[Pair]:
        """The differences as the page and the screen show them."""
        return [self._pair(item) for item in self.found]

    def _pair(self, item: Divergence) -> Pair:
        m, p = both_values(item)
        want, got = aligned(m, p)
        return Pair(
            parted_sentence(item, self.python.failure),
            side("MATLAB", self.matlab, item.matlab_site, item.matlab, m, parts(item)),
            side("Python", self.python, item.python_site, item.python, p, parts(item)),
            worst(want, got) if want is not None and got is not None else "",
            want,
            got,
            [cause(one, item.fix) for one in item.causes],
            fix(item, self.python.sources),
        )

    @property
    def note(self) -> str:
        """Other names and the other layout, which are no differences."""
        if not self.found:
            return ""
        renames = {m: p for m, p in (self.found[0].renames or {}).items() if p not in (m, "return")}
        names = [f"{p} is MATLAB's {m}" for m, p in renames.items()]
        parts = [listed(names, MOST_NAMES)] if names else []
        if self.found[0].transposed:
            parts.append(
                f"Python holds transposed, and that is followed: {listed(self.found[0].transposed, MOST_NAMES)}"
            )
        return "; ".join(parts)

    @property
    def page(self) -> Page:
        """The page."""
        return diverge_page(self.verdict, self.status, self.facts, self.pairs, self._sources(), self.note)

    def _sources(self) -> list[Sources]:
        """The files beside each other: the two that were run first, then those with the most lines in common."""
        left, right = dict(self.matlab.sources), dict(self.python.sources)
        joined = [(self.matlab.entry, self.python.entry), *((m.file, p.file) for m, p in self.agreeing)]
        rest = [(m, p) for m in left for p in right if m.rpartition(".")[0] == p.rpartition(".")[0]]
        found: list[tuple[str, str]] = []
        for m, p in (*joined, *rest):
            if m in left and p in right and not any(m == a or p == b for a, b in found):
                found.append((m, p))
        found += [(m, "") for m in left if all(m != a for a, _ in found)]
        found += [("", p) for p in right if all(p != b for _, b in found)]
        return [self._source(m, p) for m, p in found]

    def _source(self, matlab: str, python: str) -> Sources:
        """Two files with the lines that agree."""
        pairs = [(m.line, p.line) for m, p in self.agreeing if (m.file, p.file) == (matlab, python)]
        ours = {n for m, _ in self.equal if m.file == matlab for n in lines_of(m)}
        theirs = {n for _, p in self.equal if p.file == python for n in lines_of(p)}
        texts = self.matlab.sources.get(matlab, ""), self.python.sources.get(python, "")
        return Sources(matlab, python, *texts, pairs, frozenset(ours), frozenset(theirs))

    def document(self) -> dict[str, Any]:
        """The result as one JSON document."""
        return {
            "schema": 1,
            "status": self.status,
            "verdict": self.verdict,
            "facts": self.facts,
            "divergences": [
                {"kind": item.kind, "detail": item.detail, **pair_document(pair)}
                for item, pair in zip(self.found, self.pairs, strict=True)
            ],
            "renames": dict(self.found[0].renames or {}) if self.found else {},
            "transposed": list(self.found[0].transposed) if self.found else [],
            "agreeing": [[m.file, m.line, p.file, p.line] for m, p in self.agreeing],
        }

    def text(self) -> str:
        """What fits on one screen: the two lines, both values, the cause, the fix."""
        head = wrap(f"{self.status.upper().replace('-', ' ')}: {self.verdict}", WIDTH)
        if self.status == "cannot-tell":
            return "\n".join([*head, "", *wrap(f"  Next  {self.advice}", WIDTH, subsequent_indent=" " * 8)])
        if not self.found:
            return "\n".join(head)
        lines = [*head, "", *pair_lines(self.pairs[0], self.found[0])]
        if self.note:
            lines += wrap(
                f"  Note  {self.note}", WIDTH, subsequent_indent="        ", max_lines=2, placeholder=" ..."
            )
        for number, pair in enumerate(self.pairs[1:], 2):
            lines += ["", *short_lines(number, pair)]
        return "\n".join(lines)


def lines_of(site: Site) -> range:
    """The lines of a statement that sets something."""
    return range(site.line, site.end_line + 1) if site.kind in SET else range(0)


def last_values(trace: Trace) -> dict[Site, Array]:
    """What every statement set last, where it is an array that tells something."""
    values = {event.site: event.part for event in trace.events if event.kind in (*SET, "argument")}
    return {site: value for site, value in values.items() if isinstance(value, np.ndarray) and telling(value)}


def was_stopped(failure: Failure) -> bool:
    """Whether a run was ended from outside."""
    return failure.message.startswith(STOPPED)


def ended_sentence(failure: Failure, entry: str) -> str:
    """How a run ended early."""
    where = f"{failure.file}:{failure.line}" if failure.line else entry
    told = " ".join(failure.message.partition("Please read")[0].split())
    return f"{where} {told}" if was_stopped(failure) else f"{where} stops: {told}"


def parted_sentence(item: Divergence, failure: Failure | None) -> str:
    """Which line does not do what which line does; failure: that of the Python run."""
    m, p = item.matlab_site, item.python_site
    if item.kind == "error":
        return stopped_sentence(item, failure)
    if m is None or p is None:
        return f"{site_name(p or m)}: {item.detail}"
    how = {"missing": item.detail, "shape": "another shape", "class": "another class", "nan": "NaN elsewhere"}
    same = item.kind == "shape" and aligned(*both_values(item))[0] is not None
    told = "another value" if same else how.get(item.kind, "another value")
    return f"{site_name(p)} does not do what {site_name(m)} does: {told}"


def stopped_sentence(item: Divergence, failure: Failure | None) -> str:
    """Which line stops, and on which line the mistake is, where that is another."""
    why = item.detail.removeprefix("MATLAB stops: ")
    verb = "does not end" if why.startswith(STOPPED) else "stops"
    p = item.python_site
    if why != item.detail or failure is None or p is None or (failure.file, failure.line) == (p.file, p.line):
        return f"{site_name(item.matlab_site if why != item.detail else p)} {verb}: {why}"
    return f"{site_name(p)} is why {failure.file} line {failure.line} {verb}: {why}"


def site_name(place: Site | None) -> str:
    """`bp.m line 10`."""
    if place is None:
        return "the program"
    return f"{place.file} line {place.line}" if place.line else f"{place.file} in its result {place.name}"


def placed(item: Divergence, matlab: Trace, python: Trace) -> Divergence:
    """A difference in a result with the statement of MATLAB that set it last; an error with what its statement set."""
    m, p = item.matlab_site, item.python_site
    if m is not None and not m.line:
        made = (event.site for event in reversed(matlab.events) if (event.frame, event.name) == (1, m.name))
        return replace(item, matlab_site=next((site for site in made if site.kind == "assign"), m))
    if item.kind == "error" and item.python is None and p is not None:
        here = (event for event in reversed(python.events) if (event.file, event.line) == (p.file, p.line))
        return replace(item, python=next(here, None))
    return item


def parts(item: Divergence) -> bool:
    """Whether both sides set a part, the elements or the field of a variable."""
    return all(event is None or event.part_key is not None for event in (item.matlab, item.python))


def both_values(item: Divergence) -> tuple[Any, Any]:
    """What each side set: the parts where both set some, else the whole variables."""
    events = (item.matlab, item.python)
    m, p = (event and (event.part if parts(item) else event.value) for event in events)
    return m, p


def side(
    language: str, trace: Trace, place: Site | None, event: Event | None, value: Any, part: bool
) -> Side | None:
    """One side as it is shown; the event's own line is named where it is another than the one to look at."""
    if place is None:
        return None
    first, last = extent(trace, place)
    statement = "\n".join(trace.sources.get(place.file, "").splitlines()[first - 1 : last]).strip()
    if event is None:
        return Side(language, place.file, place.line, last, statement)
    name = "what it returns" if event.kind == "return" else event.site.shown if part else event.name
    if event.kind not in ("result", "argument") and not first <= event.line <= last:
        name = f"{name} (line {event.line})"
    return Side(language, place.file, place.line, last, statement, name, about_value(value, language), value)


def extent(trace: Trace, place: Site) -> tuple[int, int]:
    """First and last line of a statement; of Python those of the whole statement that a line is in."""
    if trace.language != "python":
        return place.line, place.end_line
    tree = ast.parse(trace.sources.get(place.file, ""))
    found = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and not hasattr(node, "body")
    ]
    within = (item for item in found if item[0] <= place.line <= item[1])
    return next(within, (place.line, place.end_line))


def about_value(value: Any, language: str) -> str:
    """Class and shape, as the language says them."""
    kind, shape = class_and_shape(value)
    if isinstance(value, str | dict | list | type(None)):
        return {"char": "text", "cell": f"{len(value or ())} elements", "struct": "a struct"}.get(
            kind, "nothing"
        )
    if isinstance(value, Opaque):
        return value.class_name
    if language == "MATLAB":
        return f"{' x '.join(map(str, shape if len(shape) > 1 else (*shape, 1, 1)[:2]))} {kind}"
    name = value.dtype.name if isinstance(value, np.ndarray) else kind
    return f"{'scalar' if shape == () else shape} {name}"


def aligned(want: Any, got: Any) -> tuple[Array | None, Array | None]:
    """Both values in MATLAB's layout, where they are arrays of as many elements; None where they are not."""
    arrays = isinstance(want, np.ndarray) and isinstance(got, np.ndarray)
    if not arrays or want.size != got.size or not want.size:
        return None, None
    if got.ndim == 2 and want.shape != got.shape == want.shape[::-1]:
        got = got.T
    same = [n for n in want.shape if n != 1] == [n for n in got.shape if n != 1]
    return (want, got.reshape(want.shape, order="F")) if same else (None, None)


def cause(item: Diagnosis, tried: Edit | None) -> dict[str, Any]:
    """A cause as plain values; of a change that was tried, what it is and how far it reaches."""
    told = {name: getattr(item, name) for name in ("code", "title", "confidence", "evidence", "remedy")}
    if tried is None or tried.code != item.code:
        return told
    reach = next((words for words in REACH if item.evidence.endswith(words)), "")
    return told | {"evidence": f"{tried.what}; with the change below {reach}" if reach else tried.what}


def fix(item: Divergence, sources: Mapping[str, str]) -> str:
    """The statement, or the few, as it should be."""
    if item.fix is None or item.python_site is None:
        return item.cause.remedy if item.cause else ""
    before, after = sources[item.python_site.file].splitlines(), item.fix.source.splitlines()
    if before != after and sorted(before) == sorted(after):
        return moved(before, after)
    changed = [
        (number, line.strip())
        for number, (old, line) in enumerate(zip(before, after, strict=False), 1)
        if line.strip() and old.strip() != line.strip() and abs(number - item.fix.line) <= 1
    ]
    if len(before) != len(after) or not changed:
        changed = [(item.fix.line, after[item.fix.line - 1].strip())]
    return "; ".join(f"line {number}: {plainer(line, item.fix.after)}" for number, line in changed)


def moved(before: Sequence[str], after: Sequence[str]) -> str:
    """Which line goes where, of lines that are the same in another order."""
    differing = [
        number for number, pair in enumerate(zip(before, after, strict=True), 1) if len(set(pair)) > 1
    ]
    first, last = differing[0], differing[-1]
    if before[first - 1] == after[last - 1]:
        return f"move line {first} behind line {last}: {before[first - 1].strip()}"
    return f"move line {last} before line {first}: {before[last - 1].strip()}"


def plainer(statement: str, part: str) -> str:
    """A statement without the parentheses that a part of it, and what is in the part, does not need."""
    start = statement.find(part)
    place, end = max(start - 2, 0), start + len(part) + 2
    while start >= 0 and place < min(end, len(statement)):
        shorter = unwrapped(statement, place)
        if shorter is None or not same_syntax(shorter, statement):
            place += 1
        else:
            statement, end = shorter, end - 2
    return statement


def unwrapped(text: str, place: int) -> str | None:
    """A text without the parenthesis at a place and the one that closes it; None where there is none."""
    depth = 0
    for at in range(place, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return None if at == place else text[:place] + text[place + 1 : at] + text[at + 1 :]
    return None


def same_syntax(one: str, other: str) -> bool:
    """Whether two statements are the same to Python; not where one is none by itself."""
    whole = [f"{text} pass" if text.endswith(":") else text for text in (one, other)]
    try:
        return ast.dump(ast.parse(whole[0])) == ast.dump(ast.parse(whole[1]))
    except SyntaxError:
        return False


def pair_document(pair: Pair) -> dict[str, Any]:
    """A pair as plain values; arrays where they are small."""

    def plain(one: Side | None) -> dict[str, Any] | None:
        if one is None:
            return None
        known = {key: getattr(one, key) for key in ("file", "line", "statement", "name", "about")}
        small = isinstance(one.value, np.ndarray) and one.value.size <= MOST_JSON
        return known | {"value": one.value if small else None}

    return {
        "sentence": pair.sentence,
        "matlab": plain(pair.matlab),
        "python": plain(pair.python),
        "causes": list(pair.causes),
        "fix": pair.fix,
    }


def pair_lines(pair: Pair, item: Divergence) -> Iterator[str]:
    """A pair for the screen."""
    sides = [one for one in (pair.matlab, pair.python) if one]
    width = max(len(one.place) for one in sides)
    for one in sides:
        statement = shorten(" ".join(one.statement.split()), WIDTH - width - 12, placeholder=" ...")
        yield f"  {one.language}  {one.place:{width}}  {statement}"
    yield ""
    shown = [one for one in sides if one.about]
    yield from (f"  {line}" for line in beside(shown, pair.want, pair.got))
    if pair.worst:
        yield f"  {pair.worst}"
    if shown:
        yield ""
    yield from why_lines(pair)
    known = pair.causes and pair.causes[0]["code"] in catalogue()
    manual = f"; the manual of this mistake: matport explain-cause {pair.causes[0]['code']}" if known else ""
    yield f"  Next  {'fix it' if pair.fix else 'look at it'} and run this again{manual}"


def why_lines(pair: Pair) -> Iterator[str]:
    """The cause and the fix for the screen."""
    first = pair.causes[0] if pair.causes else None
    why = f"{first['title']} [{first['code']}]: {first['evidence']}" if first else NO_CAUSE
    yield from wrap(
        why, WIDTH, initial_indent="  Why   ", subsequent_indent="        ", max_lines=3, placeholder=" ..."
    )
    if pair.fix:
        yield from wrap(
            pair.fix,
            WIDTH,
            initial_indent="  Fix   ",
            subsequent_indent="        ",
            max_lines=2,
            placeholder=" ...",
        )


def short_lines(place: int, pair: Pair) -> Iterator[str]:
    """A later pair for the screen."""
    yield from wrap(f"{place}. {pair.sentence}", WIDTH)
    yield from why_lines(pair)
