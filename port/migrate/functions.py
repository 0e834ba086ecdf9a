"""A function (or the script) to lines of Python: what its variables are, its head, its body, its `return`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from port.migrate.builtins import CONSTANTS, QUIET
from port.migrate.evidence import array_parameters, stored_parameters
from port.migrate.kinds import ANY, ROW_CELL, Kind
from port.migrate.parser import parse
from port.migrate.scope import Line, Module, Scope, python_name, root_name
from port.migrate.statements import body_lines, comment_text, leaves, return_text
from port.migrate.syntax import (
    Assign,
    Blank,
    Body,
    Brace,
    Call,
    Command,
    Comment,
    Declare,
    DoUntil,
    Expression,
    Field,
    For,
    Function,
    Lambda,
    Name,
    Node,
    Span,
    Statement,
    Text,
    Try,
    While,
    blocks,
    children,
    path_of,
    root,
    statements,
    walk_body,
)

BRINGING = frozenset(("load", "eval", "evalc", "evalin", "run", "source", "input"))
NEED_NARGIN = frozenset(("nargin", "narginchk"))


def assigned(body: Body) -> Counter[str]:
    """How often each variable is given a value in a body; in a loop counts as often."""
    count: Counter[str] = Counter()
    for statement, looped in _with_loops(body, False):
        for name in _targets(statement):
            count[name] += 2 if looped else 1
    return count


def _targets(statement: Statement) -> list[str]:
    if isinstance(statement, Assign):
        return [str(root(t)) for t in statement.targets if t is not None]
    if isinstance(statement, For):
        return [str(root(statement.target))] * 2
    if isinstance(statement, Try) and statement.error:
        return [statement.error]
    return list(statement.names) * 2 if isinstance(statement, Declare) else []


def _with_loops(body: Body, looped: bool) -> list[tuple[Statement, bool]]:
    """Every statement, with whether a loop stands around it."""
    found: list[tuple[Statement, bool]] = []
    for statement in body:
        found.append((statement, looped))
        inner = looped or isinstance(statement, For | While | DoUntil)
        for block in blocks(statement):
            found.extend(_with_loops(block, inner))
    return found


def mutated(body: Body) -> frozenset[str]:
    """The places whose contents some statement changes: for `nn.W{i} = v` these are `nn` and `nn.W`."""
    found: set[str] = set()
    for statement in statements(body):
        if isinstance(statement, Assign):
            for target in statement.targets:
                while isinstance(target, Call | Brace | Field):
                    target = target.base
                    found.add(path_of(target))
    return frozenset(found)


def read_first(rest: Iterable[Statement]) -> set[str]:
    """The names that statements, each without those inside it, read before one of them gives them a value."""
    found: set[str] = set()
    written: set[str] = set()
    for statement in rest:
        targets: tuple[Expression | None, ...] = ()
        parts: list[Node] = [node for node in children(statement) if isinstance(node, Expression)]
        if isinstance(statement, Assign):
            targets = statement.targets
            parts = [statement.value, *(p for t in targets if t is not None for p in children(t))]
            roots = {str(root(t)) for t in targets if t is not None and not isinstance(t, Name)}
            parts = [part for part in parts if not (isinstance(part, Name) and part.id in roots)]
        elif isinstance(statement, For):
            targets, parts = (statement.target,), [statement.over]
        found |= names_used(parts) - written
        written |= {str(root(target)) for target in targets if target is not None}
    return found


def names_used(body: Iterable[Node]) -> set[str]:
    """Every name in a body that is no parameter of an anonymous function."""
    found: set[str] = set()
    stack: list[tuple[Node, frozenset[str]]] = [(s, frozenset()) for s in body]
    while stack:
        node, bound = stack.pop()
        if isinstance(node, Lambda):
            bound = bound | set(node.parameters)
        if isinstance(node, Name) and node.id not in bound:
            found.add(node.id)
        stack.extend((child, bound) for child in children(node))
    return found


def _evaluated(body: Body) -> Body:
    """The statements in the literal texts that a body evaluates: they set variables too."""
    texts = [
        argument.value
        for node in walk_body(body)
        if isinstance(node, Call) and isinstance(node.base, Name) and node.base.id == "eval"
        for argument in node.arguments
        if isinstance(argument, Text)
    ]
    return tuple(statement for text in texts for statement in parse(text).script)


def scope_of(module: Module, name: str, body: Body, function: Function | None) -> Scope:
    """The scope of a function, or of the script where there is none."""
    parameters = function.parameters if function else ()
    outputs = function.outputs if function else ()
    count = assigned((*body, *_evaluated(body)))
    uses_answer = "ans" in names_used(body)
    extra = {"ans"} if uses_answer else set()
    variables = frozenset({*count, *parameters, *outputs, *extra})
    for parameter in parameters:
        count[parameter] += 1
    free = names_used(body) - variables - module.signatures.keys()
    scope = Scope(
        module,
        name,
        variables,
        mutated(body),
        parameters,
        outputs,
        function is None,
        function is not None and _is_closed(module, body),
        reassigned=frozenset(n for n, c in count.items() if c > 1),
        loop_variables=frozenset(str(root(s.target)) for s in statements(body) if isinstance(s, For)),
        kept_loops=_kept_loops(body, outputs),
        free=frozenset(n for n in free if not _is_function(n)),
        function=function,
    )
    facts = module.facts.get(name, {})
    scope.arrays = {} if facts or not function else array_parameters(parameters, body)
    stored = stored_parameters(parameters, body)
    scope.arrays = {p: kind for p, kind in scope.arrays.items() if p not in stored}
    scope.env.update({p: Kind("stored") if p in stored else scope.arrays.get(p, ANY) for p in parameters})
    given = {name: kind for name, kind in facts.items() if "@" not in name}
    scope.env.update({name: kind for name, kind in given.items() if name not in stored or kind != ANY})
    for path in scope.env:
        if root_name(path) != path:
            scope.parts.setdefault(root_name(path), []).append(path)
    if parameters and parameters[-1] == "varargin":
        scope.env["varargin"] = ROW_CELL
    return scope


def _kept_loops(body: Body, outputs: Sequence[str]) -> frozenset[int]:
    """The loops whose variable is read behind them: it matters what a loop without a turn leaves in it."""
    every = list(statements(body))
    kept: set[int] = set()
    for loop in every:
        if isinstance(loop, For) and isinstance(loop.target, Name):
            rest = (s for s in every if s.span.start >= loop.span.end)
            if loop.target.id in {*outputs, *read_first(rest)}:
                kept.add(loop.span.start)
    return frozenset(kept)


def _is_closed(module: Module, body: Body) -> bool:
    """Whether no statement brings variables from elsewhere: a file, a text, a script, the caller's workspace."""
    commands = {s.name for s in statements(body) if isinstance(s, Command)}
    return (names_used(body) | commands).isdisjoint(BRINGING | module.scripts)


def _is_function(name: str) -> bool:
    from port.migrate.calls import is_function

    return name in CONSTANTS or name in QUIET or is_function(name)


def function_lines(module: Module, function: Function) -> list[Line]:
    """A whole function."""
    body = (*function.defaults, *_without_help(function))
    scope = scope_of(module, function.name, body, function)
    _load_names(scope, body)
    lines = body_lines(scope, body, 1)
    loops = _zero_based_loops(scope, body)
    if loops:
        scope = scope_of(module, function.name, body, function)
        scope.rebased_loops = loops
        _load_names(scope, body)
        lines = body_lines(scope, body, 1)
    while lines and not lines[-1].text:
        lines.pop()
    if not leaves(body):
        scope.exits.append(scope.env)
    ends_open = not leaves(body) and (function.outputs or not lines)
    tail = [Line(1, return_text(scope), function.span)] if ends_open and function.outputs else []
    head = Line(0, f"def {python_name(function.name)}({_parameters(scope)}):", _head_span(function))
    start = [
        *_docstring(function, module.facts.get(function.name, {})),
        *_imports(scope),
        *_entry(scope, body),
    ]
    return [head, *start, *lines, *tail]


def _zero_based_loops(scope: Scope, body: Body) -> frozenset[int]:
    """The loops that count from 0: their variable serves as a subscript more than otherwise, and only in them."""
    loops = [s for s in statements(body) if isinstance(s, For) and isinstance(s.target, Name)]
    set_otherwise = {
        root(t) for s in statements(body) if isinstance(s, Assign) for t in s.targets if t is not None
    }
    inside: Counter[str] = Counter()
    for loop in loops:
        name = str(root(loop.target))
        inside[name] += sum(isinstance(n, Name) and n.id == name for n in walk_body(loop.body)) + 1
    everywhere = Counter(n.id for n in walk_body(body) if isinstance(n, Name))
    chosen: set[int] = set()
    for loop in loops:
        name = str(root(loop.target))
        alone = everywhere[name] == inside[name] and name not in {
            *set_otherwise,
            *scope.outputs,
            *scope.parameters,
        }
        if alone and scope.subscript_uses[name] * 2 > scope.uses[name] and "eval" not in everywhere:
            chosen.add(loop.span.start)
    return frozenset(chosen)


def _load_names(scope: Scope, body: Body) -> None:
    """A `load` without output brings variables: names that are used and never set."""
    loads = any(isinstance(n, Name) and n.id == "load" for n in walk_body(body)) or any(
        getattr(s, "name", "") == "load" for s in statements(body)
    )
    if loads:
        scope.variables = scope.variables | scope.free


def _head_span(function: Function) -> Span:
    end = function.body[0].span.start if function.body else function.span.end
    return function.span._replace(end_line=function.span.line, end=min(end, function.span.end))


def _without_help(function: Function) -> Body:
    """The body without the comment lines that became the docstring."""
    body = list(function.body)
    while body and isinstance(body[0], Blank):
        body.pop(0)
    while body and function.help and isinstance(body[0], Comment):
        body.pop(0)
    return tuple(body)


def _parameters(scope: Scope) -> str:
    shown = [f"*{p}" if p == "varargin" else f"{python_name(p)}=None" for p in scope.parameters]
    if counts_outputs(scope.function):
        count = len([o for o in scope.outputs if o != "varargout"]) or 1
        shown.append(
            f"nargout={count}"
            if scope.parameters and scope.parameters[-1] == "varargin"
            else f"*, nargout={count}"
        )
    return ", ".join(shown)


def counts_outputs(function: Function | None) -> bool:
    """Whether a function asks how many outputs are wanted."""
    return function is not None and "nargout" in names_used(function.body)


def _docstring(function: Function, facts: Mapping[str, Kind]) -> list[Line]:
    """The help text as a docstring, and what a run showed of the arguments."""
    texts = _help_texts(function)
    observed = [
        f"{python_name(p)} : {facts[p].text()}" for p in function.parameters if facts.get(p, ANY).text()
    ]
    if observed:
        texts = [*texts, *([""] if texts else []), "Observed arguments:", *observed]
    if not texts:
        return []
    prefix = "r" if any("\\" in t for t in texts) else ""
    if len(texts) == 1:
        only = texts[0].strip()
        end = " " if only.endswith(('"', "\\")) else ""
        return [Line(1, f'{prefix}"""{only}{end}"""')]
    first = Line(1, f'{prefix}"""{texts[0].strip()}')
    return [first, *[Line(1, t, comment="raw") if t else Line(0, "") for t in texts[1:]], Line(1, '"""')]


def _help_texts(function: Function) -> list[str]:
    """The lines of the help text, without what all are indented by and blank ones at its ends."""
    texts = [_safe(t) for t in function.help]
    while texts and not texts[0].strip():
        texts.pop(0)
    while texts and not texts[-1].strip():
        texts.pop()
    indent = min((len(t) - len(t.lstrip()) for t in texts if t.strip()), default=0)
    return [t[indent:].rstrip() for t in texts]


def _safe(text: str) -> str:
    """A help line without anything that would end or break a docstring."""
    clean = "".join(c if c.isprintable() else " " for c in text.expandtabs(4)).replace('"""', "'''")
    return clean + " " if clean.endswith("\\") else clean


def _imports(scope: Scope) -> list[Line]:
    """Imports of files that need this one in turn stand inside the function; the others at the module's top."""
    names = sorted(scope.imports)
    for name in names:
        scope.module.reach(name)
    circular = [n for n in names if scope.module.signatures[n].circular]
    scope.module.siblings_used.update(n for n in names if n not in circular)
    return [Line(1, f"from {_module_of(scope, n)} import {python_name(n)}") for n in circular]


def _module_of(scope: Scope, name: str) -> str:
    signature = scope.module.signatures.get(name)
    return signature.module if signature and signature.module else python_name(name)


def _entry(scope: Scope, body: Body) -> list[Line]:
    """What comes before the first statement: nargin, copies of parameters that change, first values."""
    lines: list[Line] = []
    used = names_used(body)
    if used & NEED_NARGIN:
        lines.append(Line(1, _nargin_text(scope)))
    if "varargin" in scope.parameters and "varargin" in used:
        lines.append(Line(1, f"varargin = {scope.module.plain('list')}(varargin)"))
    arrays = [python_name(p) for p in scope.parameters if p in scope.arrays]
    if arrays:
        lines.append(Line(1, f"{', '.join(arrays)} = {scope.np('atleast_2d', *arrays)}"))
    for name in scope.parameters:
        if name != "varargin" and (name in scope.mutated or name in scope.outputs) and name in used:
            text = python_name(name)
            lines.append(Line(1, f"{text} = {scope.rt('copied', text)}"))
    for name in scope.outputs:
        if name not in scope.parameters and name not in scope.initial and _may_be_missing(scope, name):
            scope.initial[name] = "[]" if name == "varargout" else "None"
    for name, initial in scope.initial.items():
        lines.append(Line(1, f"{python_name(name)} = {initial}"))
    return lines


def _may_be_missing(scope: Scope, name: str) -> bool:
    """Whether an output may have no value at some exit."""
    ends = scope.exits
    return not ends or any(name not in env or env[name].maybe_missing for env in ends)


def _nargin_text(scope: Scope) -> str:
    plain = [python_name(p) for p in scope.parameters if p != "varargin"]
    parts: list[str] = []
    if plain:
        listed = f"({', '.join(plain)},)" if len(plain) == 1 else f"({', '.join(plain)})"
        parts.append(f"{scope.module.plain('sum')}(value is not None for value in {listed})")
    if "varargin" in scope.parameters:
        parts.append(f"{scope.module.plain('len')}(varargin)")
    return f"nargin = {' + '.join(parts) or '0'}"


def script_lines(module: Module) -> list[Line]:
    """The script's own statements."""
    scope = scope_of(module, module.name, module.file.script, None)
    lines = body_lines(scope, module.file.script, 0)
    if (len(lines) == 1 and lines[0].text == "pass") or (
        lines and lines[-1].text == "pass" and lines[-1].depth == 0
    ):
        lines.pop()
    start: list[Line] = []
    scope.module.siblings_used.update(scope.imports)
    for name in scope.imports:
        scope.module.reach(name)
    getter = scope.module.plain("globals")
    for name in scope.initial:
        start.append(Line(0, f'{python_name(name)} = {getter}().get("{name}")'))
    return [*start, *lines]


def comment_lines(body: Body) -> list[Line]:
    """The comments before the first function of a function file."""
    return [Line(0, comment_text(s.text)) for s in body if isinstance(s, Comment)]
