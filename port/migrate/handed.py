"""Whom a file hands values of integer classes or single: it may make them for itself alone, as a checksum does."""

from collections import defaultdict
from collections.abc import Iterator

from port.migrate.scope import makes_integers, names_made, odd_class
from port.migrate.syntax import (
    Assign,
    Call,
    Declare,
    Expression,
    File,
    For,
    Function,
    Handle,
    Lambda,
    Name,
    Node,
    Text,
    children,
    root,
    statements,
    walk,
    walk_body,
)

Place = tuple[str, str]
"""A function of the file and a variable of it, or nothing for any of them; `CALLED` and a name for what another
function is given.
"""
ODD, GLOBAL, CALLED = ("", ""), "global", "called"
_DOUBLE = frozenset(
    "double logical size length numel isempty strcmp sprintf num2str mat2str find any all".split()
)
"""Functions whose results are of none of these classes, whatever they are given."""
_EVALUATES = frozenset(("eval", "evalc", "evalin", "assignin"))


def handed(file: File) -> frozenset[str]:
    """The names of the functions that a file may give such values; every name where it evaluates texts."""
    if not makes_integers(file):
        return frozenset()
    nodes = list(walk(file))
    if any(isinstance(n, Name) and n.id in _EVALUATES for n in nodes):
        return frozenset(
            n.id if isinstance(n, Name) else n.name for n in nodes if isinstance(n, Name | Handle)
        )
    edges: dict[Place, set[Place]] = defaultdict(set)
    local = {function.name: function for function in file.functions}
    for function in file.functions:
        for source, goal in _Flow(function, local).steps():
            edges[source].add(goal)
    seen, stack = {ODD}, [ODD]
    while stack:
        new = edges[stack.pop()] - seen
        seen |= new
        stack.extend(new)
    return frozenset(name for kind, name in seen if kind == CALLED)


class _Flow:
    """The ways that values take through one function, its order and its conditions left aside."""

    def __init__(self, function: Function, local: dict[str, Function]) -> None:
        self.function, self.local = function, local
        self.body = (*function.defaults, *function.body)
        made = (name for node in walk_body(self.body) for name in names_made(node))
        self.known = frozenset({*function.parameters, *function.outputs, *made})

    def place(self, name: str) -> Place:
        return (self.function.name, name)

    def steps(self) -> Iterator[tuple[Place, Place]]:
        """From where a value comes, and where it goes."""
        yield from ((self.place(name), self.place("")) for name in sorted(self.known))
        for statement in statements(self.body):
            if isinstance(statement, Assign):
                for target in filter(None, statement.targets):
                    yield from self.into(str(root(target)), statement.value)
            elif isinstance(statement, For):
                yield from self.into(str(root(statement.target)), statement.over)
            elif isinstance(statement, Declare):
                for name, value in zip(statement.names, statement.values, strict=True):
                    yield from ((self.place(name), (GLOBAL, name)), ((GLOBAL, name), self.place(name)))
                    yield from self.into(name, value) if value else ()
        for node in walk_body(self.body):
            yield from self.calls(node)

    def into(self, name: str, value: Expression) -> Iterator[tuple[Place, Place]]:
        """An assignment."""
        return ((source, self.place(name)) for source in self.sources(value))

    def calls(self, node: Node) -> Iterator[tuple[Place, Place]]:
        """What a call gives a function, by its name, its handle or its name in a text; a handle's function may be
        given anything.
        """
        if isinstance(node, Lambda):
            yield from ((self.place(""), self.place(name)) for name in node.parameters)
        elif isinstance(node, Handle):
            yield from ((self.place(""), goal) for goal in self.goals(node.name))
        elif isinstance(node, Call) and isinstance(node.base, Name):
            names = [node.base.id, *(part.value for part in node.arguments if isinstance(part, Text))]
            given = [source for argument in node.arguments for source in self.sources(argument)]
            for name in names:
                yield from ((source, goal) for goal in self.goals(name) for source in given)

    def goals(self, name: str) -> list[Place]:
        """Where the arguments of a function go."""
        if name in self.known:
            return []
        if name in self.local:
            return [(name, parameter) for parameter in self.local[name].parameters]
        return [(CALLED, name)]

    def sources(self, node: Node) -> Iterator[Place]:
        """Where the value of an expression may come from."""
        if isinstance(node, Call) and isinstance(node.base, Name) and node.base.id in _DOUBLE - self.known:
            return
        if odd_class(node):
            yield ODD
        elif isinstance(node, Name) and node.id in self.known:
            yield self.place(node.id)
        elif isinstance(node, Name) and node.id in self.local:
            yield from ((node.id, output) for output in self.local[node.id].outputs)
        for part in children(node):
            yield from self.sources(part)
