"""What each recorded value was computed from: the operands of every event of a trace.

The sources say which names a statement reads; the trace says which event set them last. A value that a function of
the user's returned is an operand of the statement that called it, and the operands of a parameter are those of
the call.
"""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from port.migrate import syntax
from port.migrate.parser import parse
from port.migrate.trace import Event, Site, Trace

OBJECTS = -1
RETURNED = "return"
"""The name of what a function of Python returns that has none of its own."""
VOLATILE = frozenset(
    ("tic", "toc", "clock", "now", "cputime", "datestr", "date", "tempname", "tempdir", "time", "pwd")
)
FACTORS = frozenset(
    ("eig", "eigh", "eigs", "svd", "svds", "svd_", "eig_", "qr", "null", "orth", "pca", "princomp")
)
SEARCHES = frozenset(
    "fminunc fminsearch fminbnd fzero fsolve fmincon lsqnonlin lsqcurvefit ode45 ode23 quad quadgk quadl integral "
    "minimize minimize_scalar root root_scalar solve_ivp least_squares fmin fmin_cg fmin_bfgs fmin_l_bfgs_b".split()
)
"""Functions whose results are not the same in every run, are so up to signs, or are searched for step by step."""


class Numbers:
    """The number of an event in its trace, by identity."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.known = {id(event): index for index, event in enumerate(events)}

    def __getitem__(self, event: Event) -> int:
        return self.known[id(event)]


@dataclass(frozen=True)
class Statement:
    """A statement as its source tells it: names read, names set, and the lines of the loops and branches around it."""

    line: int
    kind: str
    reads: frozenset[str]
    sets: frozenset[str]
    around: tuple[int, ...]


class Reader(Protocol):
    """The statements of one source file."""

    def statements(self) -> Iterable[Statement]: ...

    def outputs(self, function: str) -> frozenset[str]: ...


def way_out_lines(loop: ast.stmt) -> Iterator[int]:
    """The branches in a loop that may leave it or a turn of it: what else the loop does depends on their conditions."""
    for node in ast.walk(loop):
        if isinstance(node, ast.If):
            inside = [item for part in (*node.body, *node.orelse) for item in ast.walk(part)]
            if any(isinstance(item, ast.Break | ast.Continue | ast.Return) for item in inside):
                yield node.lineno


class PythonReader:
    """Statements of Python source."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)

    @cached_property
    def extents(self) -> list[tuple[int, int]]:
        """First and last line of every statement."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.stmt)]
        return [(node.lineno, node.end_lineno or node.lineno) for node in nodes]

    def outputs(self, function: str) -> frozenset[str]:
        """Nothing: what a function gives is recorded as its return."""
        return frozenset()

    def statements(self) -> Iterable[Statement]:
        return self.within(self.tree.body, ())

    def within(self, body: list[ast.stmt], around: tuple[int, ...]) -> Iterable[Statement]:
        for node in body:
            if isinstance(node, ast.For):
                yield self.statement(node, "loop", [node.iter], [node.target], around)
            elif isinstance(node, ast.If | ast.While):
                yield self.statement(node, "test", [node.test], [], around)
            elif isinstance(node, ast.Return):
                yield from self.returns(node, around)
            elif not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.With | ast.Try):
                yield self.statement(node, "assign", [node], [node], around)
            is_inner = isinstance(node, ast.For | ast.If | ast.While)
            is_loop = isinstance(node, ast.For | ast.While)
            left_at = tuple(way_out_lines(node)) if is_loop else ()
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(node, name, [])
                yield from self.within(inner, (*around, node.lineno, *left_at) if is_inner else around)
            for handler in getattr(node, "handlers", []):
                yield from self.within(handler.body, around)

    def returns(self, node: ast.Return, around: tuple[int, ...]) -> Iterable[Statement]:
        """What a `return` gives, each on its own: variables by their names, all else as "return"."""
        given = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value] if node.value else []
        for item in given:
            made = self.statement(node, "return", [item], [], around)
            yield replace(made, sets=frozenset({item.id if isinstance(item, ast.Name) else RETURNED}))

    @staticmethod
    def statement(
        node: ast.stmt, kind: str, read: Iterable[ast.AST], set_: Iterable[ast.AST], around: tuple[int, ...]
    ) -> Statement:
        reads, sets = set(), set()
        for part in read:
            for item in ast.walk(part):
                if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Load):
                    reads.add(item.id)
                elif isinstance(item, ast.Attribute):
                    reads.add(ast.unparse(item))
        for part in set_:
            sets |= {
                item.id
                for item in ast.walk(part)
                if isinstance(item, ast.Name) and not isinstance(item.ctx, ast.Load)
            }
        if isinstance(node, ast.AugAssign):
            reads |= {item.id for item in ast.walk(node.target) if isinstance(item, ast.Name)}
        return Statement(node.lineno, kind, frozenset(reads), frozenset(sets), around)


class MatlabReader:
    """Statements of MATLAB source."""

    def __init__(self, source: str) -> None:
        self.file = parse(source)

    def outputs(self, function: str) -> frozenset[str]:
        """The declared outputs of a function."""
        return frozenset(
            name for item in self.file.functions if item.name == function for name in item.outputs
        )

    def statements(self) -> Iterable[Statement]:
        yield from self.within(self.file.script, ())
        for function in self.file.functions:
            yield from self.within(function.body, ())

    def evaluated(self) -> Iterable[str]:
        """The names in the arguments of `eval`."""
        for part in (*self.file.script, *self.file.functions):
            for node in syntax.walk(part):
                if isinstance(node, syntax.Call) and node.base == syntax.Name("eval"):
                    yield from (item.id for item in syntax.walk(node) if isinstance(item, syntax.Name))

    def within(self, body: syntax.Body, around: tuple[int, ...]) -> Iterable[Statement]:
        for node in body:
            line = node.span.line
            if isinstance(node, syntax.For):
                yield self.statement(line, "loop", [node.over], [node.target], around)
            elif isinstance(node, syntax.If):
                for condition, _ in node.branches:
                    yield self.statement(condition.span.line, "test", [condition], [], around)
            elif isinstance(node, syntax.While | syntax.DoUntil):
                yield self.statement(node.condition.span.line, "test", [node.condition], [], around)
            elif isinstance(node, syntax.Assign):
                yield self.assignment(node, around)
            for inner, inside in self.blocks(node):
                yield from self.within(inner, (*around, line) if inside else around)

    @staticmethod
    def blocks(node: syntax.Statement) -> Iterable[tuple[syntax.Body, bool]]:
        """The bodies inside a statement, and whether running them is its choice."""
        if isinstance(node, syntax.If):
            return [*((body, True) for _, body in node.branches), (node.otherwise, True)]
        if isinstance(node, syntax.Switch):
            return [*((body, True) for _, body in node.cases), (node.otherwise, True)]
        if isinstance(node, syntax.For | syntax.While | syntax.DoUntil):
            return [(node.body, True)]
        if isinstance(node, syntax.Try):
            return [(node.body, False), (node.handler, False)]
        return [(node.body, False), (node.cleanup, False)] if isinstance(node, syntax.Unwind) else []

    def assignment(self, node: syntax.Assign, around: tuple[int, ...]) -> Statement:
        """A target with a part (`x(i)`, `s.W`) keeps the rest of the variable: it reads it too."""
        targets = [target for target in node.targets if target is not None]
        parts = [target for target in targets if not isinstance(target, syntax.Name)]
        return self.statement(node.span.line, "assign", [node.value, *parts], targets, around)

    @staticmethod
    def statement(
        line: int,
        kind: str,
        read: Iterable[syntax.Node],
        set_: Iterable[syntax.Expression],
        around: tuple[int, ...],
    ) -> Statement:
        reads = {item.id for part in read for item in syntax.walk(part) if isinstance(item, syntax.Name)}
        reads |= {item.name for part in read for item in syntax.walk(part) if isinstance(item, syntax.Handle)}
        sets = {name for target in set_ if (name := syntax.root(target))}
        return Statement(line, kind, frozenset(reads), frozenset(sets), around)


class Flow:
    """The operands of every event, by the number of the event; `number` gives the number."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.number = Numbers(trace.events)
        make = MatlabReader if trace.language == "matlab" else PythonReader
        self.readers: dict[str, Reader] = {name: make(text) for name, text in trace.sources.items()}
        self.by_line: dict[tuple[str, int], list[Statement]] = defaultdict(list)
        for name, reader in self.readers.items():
            for statement in reader.statements():
                self.by_line[name, statement.line].append(statement)
        self.sites = list(dict.fromkeys(event.site for event in trace.events))
        self.by_site: dict[Site, Statement | None] = {}
        self.frames: dict[int, list[int]] = defaultdict(list)
        for index, event in enumerate(trace.events):
            self.frames[event.frame].append(index)
        self.callers = self._callers()
        self.operands = self._operands()

    def depending_on(self, sources: frozenset[str]) -> set[int]:
        """The events of statements that read one of some names, and those made of them."""
        called = {site for site in self.sites if self.called(site) & sources}
        return self.made_of(index for index, event in enumerate(self.trace.events) if event.site in called)

    def made_of(self, start: Iterable[int]) -> set[int]:
        """Some events and all that was computed from them."""
        found = set(start)
        if found:
            for index, operands in enumerate(self.operands):
                if not found.isdisjoint(operands):
                    found.add(index)
        return found

    def at_places(self, places: Collection[tuple[str, int]]) -> set[int]:
        """The events of the statements at some files and lines, and all that was computed from them."""
        return self.made_of(
            index for index, event in enumerate(self.trace.events) if (event.file, event.line) in places
        )

    def searched(self) -> set[int]:
        """The calls that a search made: which points an optimiser tries is its own affair."""
        found: set[int] = set()
        for frame, indices in sorted(self.frames.items()):
            after = next(
                (
                    i
                    for i in range(indices[-1] + 1, len(self.trace.events))
                    if self.trace.events[i].frame < frame
                ),
                None,
            )
            if after is not None and (
                self.trace.events[after].frame in found
                or self.called(self.trace.events[after].site) & SEARCHES
            ):
                found.add(frame)
        return found

    def start_of(self, file: str, line: int) -> int:
        """The first line of the statement that a line of Python belongs to."""
        reader = self.readers.get(file)
        if not isinstance(reader, PythonReader):
            return line
        return max((start for start, end in reader.extents if start <= line <= end), default=line)

    @cached_property
    def evaluated(self) -> set[str]:
        """The variables that are handed to `eval`, as text of a program."""
        readers = [reader for reader in self.readers.values() if isinstance(reader, MatlabReader)]
        return {name for reader in readers for name in reader.evaluated()}

    def statement(self, site: Site) -> Statement | None:
        """The statement of a site; of what is set together in one, the part that sets its name."""
        if site not in self.by_site:
            self.by_site[site] = self._statement(site)
        return self.by_site[site]

    def _statement(self, site: Site) -> Statement | None:
        found = [item for item in self.by_line[site.file, site.line] if site.kind in (item.kind, "assign")]
        named = [item for item in found if site.name in item.sets] or found[:1]
        if not named:
            return None
        return replace(named[0], reads=frozenset().union(*(item.reads for item in named)))

    def barred(self, site: Site) -> list[Site]:
        """The loops and branches that kept statements from running which set what the statement of a site sets."""
        statement = self.statement(site)
        return [
            self.heads[file, line]
            for (file, place), items in self.by_line.items()
            if statement and file == site.file and (file, place) not in self.ran
            for item in items
            if item.sets & statement.sets
            for line in reversed(item.around)
            if (file, line) in self.heads
        ]

    @cached_property
    def ran(self) -> set[tuple[str, int]]:
        """The lines of the statements that ran."""
        return {(site.file, site.line) for site in self.sites}

    @cached_property
    def heads(self) -> dict[tuple[str, int], Site]:
        """The heads of the loops and branches that ran, by line."""
        return {(site.file, site.line): site for site in self.sites if site.kind in ("loop", "test")}

    def reads(self, site: Site) -> frozenset[str]:
        """The names that the statement of a site reads; for an argument none, it is the call that does."""
        statement = self.statement(site) if site.kind != "argument" else None
        return statement.reads if statement else frozenset()

    def _callers(self) -> dict[int, int]:
        """For each frame but the first, the event of the statement that called it, where it set something."""
        callers = {}
        events = self.trace.events
        for frame, indices in self.frames.items():
            after = range(indices[-1] + 1, len(events)) if frame else ()
            caller = next((index for index in after if events[index].frame < frame), None)
            if caller is not None and self._is_caller(events[caller], frame):
                callers[frame] = caller
        return callers

    def _is_caller(self, event: Event, frame: int) -> bool:
        """Whether an event is what the statement set that made a call: the recorded one, else one of that name."""
        known = self.trace.callers.get(frame)
        if event.kind == "result":
            return known is None
        if known is not None:
            start = self.start_of(known.file, known.line)
            return (event.frame, event.file, event.line) == (known.frame, known.file, start)
        return self.events_of(frame)[0].site.function.rpartition(".")[2] in self.called(event.site)

    def events_of(self, frame: int) -> list[Event]:
        """The events of one call."""
        return [self.trace.events[index] for index in self.frames[frame]]

    def calling(self, frame: int) -> Site | None:
        """The statement that made a call, also where it set nothing because it failed."""
        if frame in self.callers:
            return self.trace.events[self.callers[frame]].site
        known = self.trace.callers.get(frame)
        if known is None:
            return None
        line = self.start_of(known.file, known.line)
        return self.heads.get((known.file, line)) or Site(known.file, line, known.line, "", "", "assign")

    def made_by(self, index: int) -> Site:
        """The statement that made the value of an event: of a parameter the call."""
        event = self.trace.events[index]
        return (self.calling(event.frame) if event.kind == "argument" else None) or event.site

    def called(self, site: Site) -> set[str]:
        """The last parts of the names a statement reads: `loss` of `model.loss`."""
        return {name.rpartition(".")[2] for name in self.reads(site)}

    def _operands(self) -> list[tuple[int, ...]]:
        called: dict[int, list[int]] = defaultdict(list)
        for frame, caller in self.callers.items():
            called[caller].append(frame)
        latest: dict[tuple[int, str], int] = {}
        operands = []
        for index, event in enumerate(self.trace.events):
            found = {self._latest(latest, event.frame, name) for name in self.reads(event.site)}
            if index and self._is_next(self.trace.events[index - 1], event):
                called[index] = called[index - 1]
            for frame in called[index]:
                found |= self._matching(self.given_back(frame), event)
            if event.kind == "argument" and event.frame not in self.callers:
                found |= self._handed_over(latest, event)
            if event.site.path and event.kind == "assign":
                found.add(latest.get((self._space(event.frame, event.name), event.name)))
            operands.append(tuple(sorted(item for item in found if item is not None)))
            latest[self._space(event.frame, event.name), event.name] = index
        return self._with_calls(operands)

    @staticmethod
    def _is_next(before: Event, event: Event) -> bool:
        """Whether an event belongs to the statement of the one before: `[a, b] = f(x)`."""
        same = (before.frame, before.file, before.line) == (event.frame, event.file, event.line)
        return same and before.occurrence == event.occurrence and before.name != event.name

    def _matching(self, given: Sequence[int], event: Event) -> set[int]:
        """Of what a call gave back, what the event set; all of it, where that cannot be told."""
        equal = {item for item in given if event.key in self._keys(item)}
        return equal or set(given)

    @staticmethod
    def _space(frame: int, name: str) -> int:
        """Where a name lives: in its call, but attributes of `self` beyond calls."""
        return OBJECTS if name.startswith("self.") else frame

    def _handed_over(self, latest: Mapping[tuple[int, str], int], event: Event) -> set[int | None]:
        """What a parameter was given in a call that did not end: what equals it of what the call reads."""
        site, known = self.calling(event.frame), self.trace.callers.get(event.frame)
        if site is None or known is None:
            return set()
        found = {self._latest(latest, known.frame, name) for name in self.reads(site)}
        equal = {item for item in found if item is not None and event.key in self._keys(item)}
        return {max(equal)} if equal else found

    def _latest(self, latest: Mapping[tuple[int, str], int], frame: int, name: str) -> int | None:
        """The event that set a name last: in a call, else outside all functions."""
        spaces = (self._space(frame, name), 0)
        base, _, attribute = name.partition(".")
        if attribute and base != "self" and (OBJECTS, f"self.{attribute}") in latest:
            return latest[OBJECTS, f"self.{attribute}"]
        names = (name, base) if base != "self" else (name,)
        return next(
            (latest[space, item] for space in spaces for item in names if (space, item) in latest), None
        )

    def given_back(self, frame: int) -> list[int]:
        """The events of a call that are its result: Python's returns, MATLAB's outputs as they were last.

        In Python also the arguments whose contents it changed.
        """
        events = self.trace.events
        indices = self.frames[frame]
        returns = [index for index in indices if events[index].kind == "return"]
        changed = self._changed_arguments(indices)
        if returns or changed or not indices:
            return [*returns, *changed]
        site = events[indices[0]].site
        names = self.readers[site.file].outputs(site.function)
        last = {events[index].name: index for index in indices}
        return [index for name, index in last.items() if name in names or name.startswith("self.")]

    def _changed_arguments(self, indices: Sequence[int]) -> list[int]:
        """Of the events of a call of Python the last ones that set parts of its arguments: `params[name] = w`."""
        if self.trace.language != "python":
            return []
        events = [self.trace.events[index] for index in indices]
        given = {event.name for event in events if event.kind == "argument"}
        last = {
            event.name: index for index, event in zip(indices, events, strict=True) if event.kind == "assign"
        }
        return [index for name, index in last.items() if name in given and self.trace.events[index].site.path]

    def _with_calls(self, operands: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Give every parameter the operands of the call it belongs to, but not what the call gave back."""
        for frame, caller in self.callers.items():
            back = {other for other, at in self.callers.items() if at == caller}
            first = self.frames[frame][0]
            inherited = tuple(
                item
                for item in operands[caller]
                if self.trace.events[item].frame not in back and item < first
            )
            for index in self.frames[frame]:
                event = self.trace.events[index]
                if event.kind == "argument":
                    handed = [item for item in inherited if event.key in self._keys(item)]
                    operands[index] = tuple(handed[-1:]) or inherited
        return operands

    def _keys(self, index: int) -> tuple[str, str | None]:
        event = self.trace.events[index]
        return event.key, event.part_key
