"""What the translation of one file, and of one function in it, has to remember."""

import builtins
import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from port.errors import SourceError
from port.migrate import runtime
from port.migrate.kinds import ANY, Environment, Kind
from port.migrate.syntax import (
    Assign,
    Declare,
    Expression,
    File,
    For,
    Function,
    Lambda,
    Name,
    Node,
    Span,
    Text,
    root,
    walk,
)

RUNTIME_NAMES = frozenset(runtime.__all__)
_RESERVED = frozenset((*keyword.kwlist, "np", "COLON", "EMPTY", "SimpleNamespace", "GLOBALS", "plt"))
_ODD_CLASS_WORDS = frozenset(
    """int8 int16 int32 int64 uint8 uint16 uint32 uint64 single intmax intmin cast typecast imread im2uint8
    im2single""".split()
)
ATOM, POSTFIX, POWER, SIGN, PRODUCT, MATPRODUCT, SUM, BITAND, COMPARE, NOT, AND, OR, LAMBDA = range(13, 0, -1)


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression: text, how tightly its outermost operator binds, what is known of its value, and the
    variables whose memory the value may share."""

    text: str
    binding: int = ATOM
    kind: Kind = ANY
    shares: frozenset[str] = frozenset()

    def within(self, binding: int) -> str:
        """The text, in parentheses where it binds less tightly than its place asks for."""
        return self.text if self.binding >= binding else f"({self.text})"


class Signature(NamedTuple):
    """What callers must know of a function of the user's; `outputs` is None where that is unknown.

    `module` is None for a function of the same file; `circular` where that module needs the caller's in turn;
    `integers` where that module may give the caller's values of integer classes or single.
    """

    module: str | None
    outputs: int | None
    counts_outputs: bool = False
    circular: bool = False
    integers: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A decision, warning or refusal at a line of the MATLAB source."""

    line: int
    text: str
    evidence: str = ""


class Line(NamedTuple):
    """One line of Python, its depth, and the MATLAB it came from."""

    depth: int
    text: str
    span: Span | None = None
    comment: str = ""


def makes_integers(file: File) -> bool:
    """Whether a file names a class in which MATLAB's arithmetic is not NumPy's: integers saturate, single wins."""
    return any(odd_class(node) for node in walk(file))


def odd_class(node: Node) -> bool:
    """Whether a node names such a class."""
    word = node.id if isinstance(node, Name) else node.value if isinstance(node, Text) else ""
    return word in _ODD_CLASS_WORDS


def names_made(node: Node) -> tuple[str, ...]:
    """The names that a node gives a meaning to."""
    if isinstance(node, Assign):
        return tuple(str(root(t)) for t in node.targets if t is not None)
    if isinstance(node, For):
        return (str(root(node.target)),)
    if isinstance(node, Lambda):
        return node.parameters
    if isinstance(node, Function):
        return (node.name, *node.parameters, *node.outputs)
    return node.names if isinstance(node, Declare) else ()


@dataclass
class Module:
    """The Python module that one MATLAB file becomes.

    apart: the folders of the functions and scripts that lie in others; folders: those that the module needs.
    """

    file: File
    name: str
    signatures: Mapping[str, Signature]
    scripts: frozenset[str] = frozenset()
    apart: Mapping[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    facts: Mapping[str, Mapping[str, Kind]] = field(default_factory=dict)
    used_runtime: set[str] = field(default_factory=set)
    used_plain: set[str] = field(default_factory=set)
    siblings_used: set[str] = field(default_factory=set)
    states: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[tuple[str, int, str], Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.identifiers = set(self.signatures)
        for node in walk(self.file):
            self.identifiers.update(names_made(node))
        observed = any(
            kind.cls in _ODD_CLASS_WORDS for known in self.facts.values() for kind in known.values()
        )
        callers = any(signature.integers for signature in self.signatures.values())
        self.integers = observed or callers or makes_integers(self.file)

    def reach(self, name: str) -> None:
        """Note that the module needs a function or script of another file."""
        if name in self.apart:
            self.folders.add(self.apart[name])

    def runtime(self, name: str) -> str:
        """Import a runtime function; returns the name it has in the module."""
        self.used_runtime.add(name)
        return self.runtime_alias(name)

    def runtime_alias(self, name: str) -> str:
        """The name of a runtime function here: another where the user's code has that name."""
        return f"rt_{name}" if name in self.identifiers else name

    def plain(self, name: str) -> str:
        """One of Python's built-ins, out of reach of the user's names; or `np`, `SimpleNamespace`, ..."""
        if name in self.identifiers and hasattr(builtins, name):
            self.used_plain.add("builtins")
            return f"builtins.{name}"
        if not hasattr(builtins, name):
            self.used_plain.add(name)
        return name

    @property
    def np(self) -> str:
        return self.plain("np")


def root_name(path: str) -> str:
    """The variable of a path: `nn` of `nn.W{}`."""
    return re.split(r"[.({]", path, maxsplit=1)[0]


def python_name(name: str) -> str:
    """A MATLAB name as Python can have it; of a file's name that is none, `2-layer`, what can be kept: `m2_layer`."""
    if not name.isidentifier():
        name = "".join(c if f"_{c}".isidentifier() else "_" for c in name)
        return name if name.isidentifier() else f"m{name}"
    return f"{name}_" if name in _RESERVED else name


@dataclass
class Scope:
    """One function, or the script: its variables and what is known of them at the current statement.

    env: what is known of variables, and of the fields and items that a run showed, by path; parts: those paths.
    closed: nothing but its own assignments gives a variable a value.
    """

    module: Module
    name: str
    variables: frozenset[str]
    mutated: frozenset[str] = frozenset()
    parameters: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    is_script: bool = False
    closed: bool = False
    env: Environment = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    persistent: set[str] = field(default_factory=set)
    rebased: set[str] = field(default_factory=set)
    reassigned: frozenset[str] = frozenset()
    ends: list[tuple[Code, int, int]] = field(default_factory=list)
    initial: dict[str, str] = field(default_factory=dict)
    loops: dict[int, Environment] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    target: str = ""
    workspace: set[str] = field(default_factory=set)
    templates: dict[str, "Template"] = field(default_factory=dict)
    exits: list[Environment] = field(default_factory=list)
    breaks: list[Environment] = field(default_factory=list)
    rebased_loops: frozenset[int] = frozenset()
    loop_variables: frozenset[str] = frozenset()
    kept_loops: frozenset[int] = frozenset()
    free: frozenset[str] = frozenset()
    arrays: dict[str, Kind] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)
    subscript_uses: Counter[str] = field(default_factory=Counter)
    repeats: tuple[list[str], Expression] | None = None
    temporaries: int = 0
    spent: int = 0
    budget: int = 0
    line: int = 0
    function: Function | None = None

    def render(self, name: str) -> str:
        """A variable as Python writes it."""
        if name in self.shared:
            return f"{self.module.runtime('GLOBALS')}.{python_name(name)}"
        if name in self.persistent:
            return f"_{self.name}.{python_name(name)}"
        return python_name(name)

    def rt(self, name: str, *arguments: str | Code) -> str:
        """The text of a runtime call."""
        texts = [a if isinstance(a, str) else a.text for a in arguments]
        return f"{self.module.runtime(name)}({', '.join(texts)})"

    def np(self, name: str, *arguments: str | Code) -> str:
        """The text of a NumPy call."""
        texts = [a if isinstance(a, str) else a.text for a in arguments]
        return f"{self.module.np}.{name}({', '.join(texts)})"

    def changes(self, path: str) -> bool:
        """Whether a statement changes what lies at a path in place."""
        if path in self.mutated:
            return True
        name = root_name(path)
        return any(p.endswith(".") and p.startswith(name) for p in self.mutated)

    def is_odd(self, kind: Kind) -> bool:
        """Whether NumPy's arithmetic may differ for the class: it does, or nothing is known and the file has such."""
        return kind.is_odd or (self.module.integers and kind.cls in ("any", "numeric"))

    def is_loop_variable(self, name: str) -> bool:
        """Whether a loop counts with this variable."""
        return name in self.loop_variables

    def workspace_names(self) -> frozenset[str]:
        """Names that are used and never given a value: what `load` must bring."""
        return self.free

    def fresh(self, stem: str) -> str:
        """A name that nothing else has."""
        while True:
            self.temporaries += 1
            name = f"{stem}{self.temporaries}"
            if name not in self.module.identifiers:
                return name

    def decide(self, text: str, evidence: str = "") -> None:
        """Record a decision."""
        self.module.notes["decision", self.line, text] = Note(self.line, text, evidence)

    def warn(self, text: str) -> None:
        """Record a warning."""
        self.module.notes["warning", self.line, text] = Note(self.line, text)

    def refuse(self, text: str) -> None:
        """Record a refusal."""
        self.module.notes["refusal", self.line, text] = Note(self.line, text)

    @contextmanager
    def within_budget(self, length: int) -> Iterator[None]:
        """Within, expressions may be visited only so often for a statement of this length: an emitter may visit a
        subscript twice or thrice, which grows with a power of the nesting.
        """
        outer, start = self.budget, self.spent
        self.budget = start + 10_000 + 100 * length
        try:
            yield
        finally:
            self.budget = outer + self.spent - start

    def spend(self) -> None:
        """Note the visit of an expression; raises SourceError where there were too many."""
        self.spent += 1
        if self.budget and self.spent > self.budget:
            raise SourceError("this is too intricate to be translated: compute it in several statements")

    @contextmanager
    def end_means(self, base: Code, position: int, count: int) -> Iterator[None]:
        """Within, `end` is the last subscript number `position` of `count` of `base`."""
        self.ends.append((base, position, count))
        try:
            yield
        finally:
            self.ends.pop()


@dataclass(frozen=True, slots=True)
class Template:
    """A text known in parts: pieces of text, and repetitions of text over a counter."""

    parts: tuple["str | Repeat", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`text` once for each value of `counter` from 1 to `count`; the counter stands in it as a Hole."""

    counter: str
    count: Expression
    parts: tuple["str | Hole", ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """The place of a loop counter in a repeated text."""

    counter: str
