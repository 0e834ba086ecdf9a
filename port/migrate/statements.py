"""Statements to lines of Python, while the knowledge of the variables flows along."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, reduce
from typing import Any, NamedTuple

from port.errors import MatportError
from port.migrate.builtins import QUIET
from port.migrate.calls import call, call_by_name, gives_value
from port.migrate.expressions import (
    condition,
    expression,
    item,
    lambda_parts,
    literal,
    owned,
    quoted,
    shifted,
    signature_text,
)
from port.migrate.kinds import (
    ANY,
    CELL,
    HANDLE,
    MISSING,
    ROW_CELL,
    STRUCT,
    Environment,
    Kind,
    array,
    join_environments,
    refined,
    weaker_sign,
)
from port.migrate.missing import asked, left_out
from port.migrate.scope import COMPARE, LAMBDA, POSTFIX, Code, Line, Scope, python_name, root_name
from port.migrate.subscripts import Place, cell_list, note_subscripts, places, runtime_subscripts
from port.migrate.syntax import (
    Assign,
    Binary,
    Blank,
    Body,
    Brace,
    Call,
    Cell,
    Colon,
    Command,
    Comment,
    Declare,
    DoUntil,
    Evaluate,
    Expression,
    Field,
    For,
    If,
    Lambda,
    Leave,
    Matrix,
    Name,
    Number,
    Paren,
    Range,
    Row,
    Statement,
    Switch,
    Text,
    Try,
    Unreadable,
    Unwind,
    While,
    path_of,
    root,
    statements,
)


def body_lines(scope: Scope, body: Body, depth: int) -> list[Line]:
    """The lines of a block; `pass` where nothing is left of it."""
    lines: list[Line] = []
    known = set(scope.unknown)
    for statement in body:
        lines.extend(statement_lines(scope, statement, depth))
    scope.unknown = known
    if not any(_is_code(line) for line in lines):
        lines.append(Line(depth, "pass"))
    return lines


def _is_code(line: Line) -> bool:
    return bool(line.text) and not line.text.startswith("#")


def _brought(scope: Scope, name: str) -> str:
    """The line that brings a name of which nothing is known: a file's function, or in a script perhaps a variable."""
    text = python_name(name)
    if name in scope.workspace:
        return f"{text} = {scope.rt('workspace', scope.module.plain('globals') + '()', quoted(name))}"
    return f"from {text} import {text}"


def statement_lines(scope: Scope, statement: Statement, depth: int) -> list[Line]:
    """The lines of one statement; one that the translator cannot cope with is refused, and costs no other."""
    scope.line = statement.span.line
    known = set(scope.unknown)
    try:
        with scope.within_budget(statement.span.end - statement.span.start):
            lines = _EMITTERS[type(statement)](scope, statement, depth)
    except Exception as error:
        scope.line, scope.target = statement.span.line, ""
        lines = _given_up(scope, depth, error)
    new = sorted(scope.unknown - known - scope.variables)
    scope.unknown = known | set(new)
    lines = [*[Line(depth, _brought(scope, n)) for n in new], *lines]
    return [
        line if line.span is not None or not line.text else line._replace(span=statement.span)
        for line in lines
    ]


# -- comments and what is left out -------------------------------------------------------------------


def _comment(scope: Scope, statement: Comment, depth: int) -> list[Line]:
    return [Line(depth, comment_text(statement.text))]


_ENCODING = re.compile(r"(coding)([:=])")


def comment_text(text: str) -> str:
    """A comment as Python writes it; `coding:` would be an order to read the whole file in another encoding."""
    clean = "".join(c if c.isprintable() else " " for c in text.expandtabs(4)).rstrip()
    clean = _ENCODING.sub(r"\1 \2", clean)
    return f"# {clean.lstrip()}" if clean.strip() else "#"


def _blank(scope: Scope, statement: Blank, depth: int) -> list[Line]:
    return [Line(depth, "")]


def _unreadable(scope: Scope, statement: Unreadable, depth: int) -> list[Line]:
    return _refused(scope, depth, f"not read: {statement.text}")


def _refused(scope: Scope, depth: int, reason: str) -> list[Line]:
    """What stands for a statement that is not translated: it raises when it is reached."""
    message = quoted(f"line {scope.line}: {reason}"[:200])
    return [Line(depth, f"raise {scope.module.plain('NotImplementedError')}({message})")]


def _given_up(scope: Scope, depth: int, error: Exception) -> list[Line]:
    """The refusal of a statement on which an emitter failed."""
    reason = f"the translator failed on this statement ({type(error).__name__}: {error}); please report it"
    if isinstance(error, RecursionError):
        reason = "this is nested too deeply to be translated: compute it in several statements"
    elif isinstance(error, MatportError):
        reason = str(error)
    scope.refuse(reason)
    return _refused(scope, depth, reason)


def _command(scope: Scope, statement: Command, depth: int) -> list[Line]:
    """Command syntax: settings and pictures are kept as comments, others are calls with texts."""
    name, arguments = statement.name, statement.arguments
    if name == "load":
        return _loaded(scope, depth, tuple(Text(a) for a in arguments))
    if name == "clear" and arguments and scope.variables.issuperset(arguments):
        return _cleared(scope, arguments, depth)
    if name in QUIET or name in ("warning", "save"):
        return _left_out(scope, depth, " ".join((name, *arguments)))
    node = Call(Name(name, span=statement.span), tuple(Text(a) for a in arguments), span=statement.span)
    return [Line(depth, call_by_name(scope, name, node.arguments, 0, node).text)]


def _cleared(scope: Scope, names: Sequence[str], depth: int) -> list[Line]:
    """`clear x`: None is how a variable that is not there is held."""
    for name in names:
        forget_parts(scope, name)
        scope.env[name] = MISSING
    return [Line(depth, f"{scope.render(name)} = None") for name in names]


def _left_out(scope: Scope, depth: int, text: str) -> list[Line]:
    why = " changes no value and is kept as a comment"
    if text.startswith("addpath"):
        why = ": what is used of it is imported from the same place beside the Python; translate it too"
    scope.warn(f"`{text}`{why}")
    return [Line(depth, comment_text(f"{text}  (MATLAB)"))]


def _source_text(scope: Scope, statement: Statement) -> str:
    span = statement.span
    return " ".join(scope.module.file.source[span.start : span.end].split())


# -- expressions on their own ------------------------------------------------------------------------


def _evaluate(scope: Scope, statement: Evaluate, depth: int) -> list[Line]:
    """An expression as a statement: a call for its effect, or a value that is shown."""
    value = statement.value
    while isinstance(value, Paren):
        value = value.inner
    name = _called(value)
    if name and name not in scope.variables and name not in scope.module.signatures:
        given = value.arguments if isinstance(value, Call) else ()
        texts = [argument.value for argument in given if isinstance(argument, Text)]
        if name == "clear" and texts and len(texts) == len(given) and scope.variables.issuperset(texts):
            return _cleared(scope, texts, depth)
        if name in QUIET:
            return _left_out(scope, depth, _source_text(scope, statement))
        special = _SPECIAL_CALLS.get(name)
        if special is not None:
            return special(scope, statement, depth)
        if name in scope.module.scripts:
            scope.module.reach(name)
            scope.env.clear()
            return [Line(depth, scope.rt("run_script", quoted(name), f"{scope.module.plain('globals')}()"))]
    if isinstance(value, Name) and value.id in scope.variables:
        return (
            [Line(depth, scope.rt("display", quoted(value.id), scope.render(value.id)))]
            if statement.shown
            else []
        )
    if (
        isinstance(value, Name)
        and not scope.variables
        and scope.is_script
        and name not in scope.module.signatures
    ):
        return [Line(depth, expression(scope, value).text)]
    uses_answer = "ans" in scope.variables or (scope.is_script and not isinstance(value, Call | Name))
    shown = statement.shown and _gives_value(scope, value)
    code = (
        call(scope, value, 1 if uses_answer or shown else 0)
        if isinstance(value, Call)
        else _alone(scope, value, uses_answer or shown)
    )
    if uses_answer:
        scope.env["ans"] = code.kind
        display = [Line(depth, scope.rt("display", quoted("ans"), "ans"))] if shown else []
        return [Line(depth, f"ans = {code.text}"), *display]
    if shown:
        return [Line(depth, scope.rt("display", quoted("ans"), code))]
    return [Line(depth, code.text)] if isinstance(value, Call | Name) or code.text.startswith("await") else []


def _gives_value(scope: Scope, value: Expression) -> bool:
    """Whether a statement has a value that is shown where no semicolon ends it."""
    name = _called(value)
    if not name or name in scope.variables:
        return isinstance(value, Call) or not name
    user = scope.module.signatures.get(name)
    return bool(user.outputs) if user is not None else gives_value(name)


def _alone(scope: Scope, value: Expression, wanted: bool) -> Code:
    if isinstance(value, Name) and value.id not in scope.variables and not wanted:
        return call_by_name(scope, value.id, (), 0, Call(value, ()))
    return expression(scope, value)


def _called(value: Expression) -> str:
    """The name a statement calls, if it is a call by name."""
    if isinstance(value, Call):
        value = value.base
    return value.id if isinstance(value, Name) else ""


def _eval_statement(scope: Scope, statement: Evaluate, depth: int) -> list[Line]:
    """`eval(text)`: a text that can be told now is translated, any other refused."""
    from port.migrate.folding import folded_statements

    arguments = statement.value.arguments if isinstance(statement.value, Call) else ()
    inner = folded_statements(scope, arguments[0]) if arguments else None
    if inner is None:
        scope.refuse("`eval` of a text that is computed at run time: write the statement itself")
        return _refused(scope, depth, "eval of a computed text")
    lines = [line for s in inner for line in statement_lines(scope, replace(s, span=statement.span), depth)]
    if len(arguments) == 1:
        return lines
    handler = folded_statements(scope, arguments[1]) or ()
    shifted_lines = [line._replace(depth=line.depth + 1) for line in lines]
    caught = body_lines(scope, tuple(handler), depth + 1)
    exception = scope.module.plain("Exception")
    return [Line(depth, "try:"), *shifted_lines, Line(depth, f"except {exception}:"), *caught]


def _load_statement(scope: Scope, statement: Evaluate, depth: int) -> list[Line]:
    arguments = statement.value.arguments if isinstance(statement.value, Call) else ()
    return _loaded(scope, depth, arguments)


def _loaded(scope: Scope, depth: int, arguments: Row) -> list[Line]:
    """`load file`: the variables named, else all of the file in a script, and those used in a function."""
    from port.migrate.functions import read_first

    loaded = scope.rt("load", *[expression(scope, a) for a in arguments])
    if scope.is_script:
        scope.env.clear()
        variables = f"{scope.module.plain('vars')}({loaded})"
        return [Line(depth, f"{scope.module.plain('globals')}().update({variables})")]
    named = {a.value for a in arguments[1:] if isinstance(a, Text) and a.value.isidentifier()}
    known = scope.workspace_names()
    if scope.function is not None:
        rest = (s for s in statements(scope.function.body) if s.span.line >= scope.line)
        known |= read_first(rest) & (scope.variables - scope.env.keys())
    wanted = sorted(named or known)
    holder = scope.fresh("loaded")
    lines = [Line(depth, f"{holder} = {loaded}")]
    for name in wanted:
        scope.env[name] = ANY
        lines.append(Line(depth, f"{python_name(name)} = {holder}.{name}"))
    return lines


def _save_statement(scope: Scope, statement: Evaluate, depth: int) -> list[Line]:
    """`save('file', 'x', 'y')`."""
    arguments = statement.value.arguments if isinstance(statement.value, Call) else ()
    given = [a for a in arguments if not (isinstance(a, Text) and a.value.startswith("-"))]
    names = [a.value for a in given[1:] if isinstance(a, Text) and a.value in scope.variables]
    if not names:
        return _left_out(scope, depth, _source_text(scope, statement))
    pairs = ", ".join(f"{quoted(n)}: {scope.render(n)}" for n in names)
    return [Line(depth, scope.rt("save", expression(scope, given[0]), f"{{{pairs}}}"))]


def _fdisp_statement(scope: Scope, statement: Evaluate, depth: int) -> list[Line]:
    """`fdisp(stdout, x)` is `disp(x)`; what goes elsewhere is left out."""
    arguments = statement.value.arguments if isinstance(statement.value, Call) else ()
    if len(arguments) != 2 or arguments[0] != Name("stdout"):
        return _left_out(scope, depth, _source_text(scope, statement))
    return [Line(depth, scope.rt("disp", expression(scope, arguments[1])))]


def _display_statement(scope: Scope, statement: Evaluate, depth: int) -> list[Line]:
    """`display(x)` of a variable shows its name too."""
    arguments = statement.value.arguments if isinstance(statement.value, Call) else ()
    if len(arguments) == 1 and isinstance(arguments[0], Name) and arguments[0].id in scope.variables:
        return [Line(depth, scope.rt("display", quoted(arguments[0].id), expression(scope, arguments[0])))]
    return [Line(depth, scope.rt("disp", *[expression(scope, a) for a in arguments]))]


_SPECIAL_CALLS: dict[str, Callable[[Scope, Evaluate, int], list[Line]]] = {
    "eval": _eval_statement,
    "fdisp": _fdisp_statement,
    "display": _display_statement,
    "load": _load_statement,
    "save": _save_statement,
}


# -- assignment --------------------------------------------------------------------------------------


def _assign(scope: Scope, statement: Assign, depth: int) -> list[Line]:
    if len(statement.targets) == 1 and not (statement.several and isinstance(statement.targets[0], Brace)):
        target = statement.targets[0]
        lines = _assign_one(scope, target, statement.value, depth) if target is not None else []
    else:
        lines = _assign_several(scope, statement, depth)
    for target in statement.targets:
        if target is not None:
            _recall(scope, str(root(target)), statement.span.line)
    if statement.shown:
        for target in statement.targets:
            name = root(target) if target is not None else None
            if name is not None:
                lines.append(Line(depth, scope.rt("display", quoted(name), scope.render(name))))
    return lines


def _recall(scope: Scope, name: str, line: int) -> None:
    """Add to what is known of a variable what a run showed of it after this line."""
    facts = scope.module.facts.get(scope.name, {})
    place = f"@{line}"
    if name + place not in facts or name in scope.shared or name in scope.persistent:
        return
    for key, observed in facts.items():
        path = key.removesuffix(place)
        if key.endswith(place) and root_name(path) == name:
            known = scope.env.get(path, ANY)
            scope.env[path] = refined(known, observed)


def _is_nothing(value: Expression) -> bool:
    """`[]` or an empty text, written out: what is assigned it is deleted."""
    return (isinstance(value, Matrix) and not value.rows) or (isinstance(value, Text) and not value.value)


def _assign_one(scope: Scope, target: Expression, value: Expression, depth: int) -> list[Line]:
    from port.migrate.folding import note_template

    if isinstance(target, Name):
        note_template(scope, target.id, value)
        if isinstance(value, Lambda) and not scope.is_loop_variable(target.id):
            return _local_function(scope, target.id, value, depth)
    if isinstance(target, Call) and _is_nothing(value) and target.arguments:
        return store(
            scope,
            target.base,
            lambda base: Code(scope.rt("delete", base, *runtime_subscripts(scope, base, target.arguments))),
            depth,
        )
    scope.target = path_of(target)
    code = owned(scope, _value(scope, value), scope.target)
    scope.target = ""
    return store_value(scope, target, code, depth)


def _value(scope: Scope, value: Expression) -> Code:
    """A right-hand side: one value."""
    code = item(scope, value)
    if code.text.startswith("*"):
        return Code(f"{code.text[1:]}[0]", POSTFIX, ANY, frozenset(("*",)))
    return code


def _local_function(scope: Scope, name: str, value: Lambda, depth: int) -> list[Line]:
    """`f = @(x) ...` is a `def`."""
    parameters, body, captures = lambda_parts(scope, value)
    single = not body.text.endswith(")") or "(" not in body.text
    set_kind(scope, name, replace(HANDLE, value="one" if single else None))
    rendered = scope.render(name)
    if not rendered.isidentifier():
        return [Line(depth, f"{rendered} = lambda {signature_text(parameters, captures)}: {body.text}")]
    head = f"def {rendered}({signature_text(parameters, captures)}):"
    return [Line(depth, head), Line(depth + 1, f"return {body.text}"), Line(depth, "")]


def set_kind(scope: Scope, name: str, kind: Kind) -> None:
    """A variable has a new value: what was known of its parts is forgotten."""
    forget_parts(scope, name)
    scope.env[name] = (
        ANY
        if name in scope.shared or name in scope.persistent
        else replace(kind, maybe_missing=False, source="")
    )
    if name in scope.reassigned and kind.upper == name:
        scope.env[name] = replace(scope.env[name], upper=None)


def forget_parts(scope: Scope, name: str) -> None:
    """Forget what was known of a variable's fields and items."""
    for path in scope.parts.get(name, ()):
        scope.env.pop(path, None)


def store_value(scope: Scope, target: Expression, code: Code, depth: int) -> list[Line]:
    """Lines that store a value in a target."""
    if isinstance(target, Paren):
        return store_value(scope, target.inner, code, depth)
    if isinstance(target, Name):
        return _store_name(scope, target.id, code, depth)
    if isinstance(target, Call) and isinstance(target.base, Name):
        plain = _plain_store(scope, target, code)
        if plain is not None:
            return [Line(depth, plain)]
    if isinstance(target, Field) and _starts_struct(scope, target):
        return _first_field(scope, target, code, depth)
    if isinstance(target, Field) and _plain_field(scope, target):
        name = root(target)
        forget_parts(scope, str(name))
        base = expression(scope, target.base)
        if isinstance(target.name, str) and _attribute(target.name):
            return [Line(depth, f"{base.within(POSTFIX)}.{target.name} = {code.text}")]
        field = quoted(target.name) if isinstance(target.name, str) else expression(scope, target.name).text
        return [Line(depth, f"{scope.module.plain('setattr')}({base.text}, {field}, {code.text})")]
    if isinstance(target, Brace) and isinstance(target.base, Name):
        return _store_item(scope, target, code, depth)
    return _store_path(scope, target, code, depth)


def _attribute(name: str) -> bool:
    import keyword

    return not keyword.iskeyword(name)


def _store_name(scope: Scope, name: str, code: Code, depth: int) -> list[Line]:
    kind = code.kind
    source = kind.source
    if name in scope.rebased:
        scope.rebased.discard(name)
    set_kind(scope, name, kind)
    learn_extent(scope, name, source, kind)
    return [Line(depth, f"{scope.render(name)} = {code.text}")]


def learn_extent(scope: Scope, name: str, source: str, kind: Kind) -> None:
    """After `m = size(X, 1)`, X has m rows, as long as neither changes."""
    if not kind.whole or name in scope.reassigned or name in scope.shared:
        return
    if kind.upper is None and kind.value is None:
        scope.env[name] = replace(scope.env[name], upper=name)
    head, _, rest = source.partition("(")
    base, _, dim = rest.rstrip(")").partition(",")
    known = scope.env.get(base)
    if head != "size" or known is None or not known.is_array or base in scope.reassigned:
        return
    if dim == "1" and known.rows is None:
        scope.env[base] = replace(known, rows=name)
    elif dim == "2" and known.cols is None:
        scope.env[base] = replace(known, cols=name)


def _plain_store(scope: Scope, target: Call, code: Code) -> str | None:
    """`x[i, j] = v`, where x certainly is an array of doubles that has the place; else None."""
    assert isinstance(target.base, Name)
    name = target.base.id
    base = Code(scope.render(name), kind=scope.env.get(name, ANY))
    kind = base.kind
    if not (kind.is_array and kind.floats) or kind.maybe_missing or len(target.arguments) not in (1, 2):
        return None
    found = places(scope, base, target.arguments)
    if (
        any(p.form == "other" or not p.safe for p in found)
        or not code.kind.real
        or code.kind.cls not in ("double", "logical", "numeric", "any")
    ):
        return None
    where = _where(kind, found, code.kind.is_scalar)
    if where is None or not _fits(found, code.kind):
        return None
    note_subscripts(scope, target.arguments)
    scope.env[name] = replace(kind, sign=weaker_sign(kind.sign, code.kind.sign))
    return f"{base.text}[{where}] = {code.text}"


def _where(kind: Kind, found: list[Place], scalar: bool) -> str | None:
    """The text between the brackets of a plain store."""
    if len(found) == 2:
        mixed = not scalar and len({p.form == "one" for p in found}) == 2
        inside = ", ".join(f"[{p.text}]" if mixed and p.form == "one" else p.text for p in found)
        return ":" if all(p.form == "all" for p in found) else inside
    place = found[0]
    if place.form == "all":
        return ":" if kind.is_row or kind.is_column else None
    if kind.is_row:
        return f"0, {place.text}"
    return f"{place.text}, 0" if kind.is_column else None


def _fits(found: list[Place], value: Kind) -> bool:
    """Whether NumPy stores the value as MATLAB does: a scalar anywhere, an array of the same shape."""
    if value.is_scalar:
        return True
    row, col = (found * 2)[:2]
    if len(found) != 2 or row.form == col.form == "one":
        return False
    if row.form == "one":
        return value.is_row
    return value.is_column if col.form == "one" else True


def _starts_struct(scope: Scope, target: Field) -> bool:
    """Whether `s.a = v` certainly is the first that `s` is given."""
    if not isinstance(target.base, Name) or not isinstance(target.name, str) or not scope.closed:
        return False
    name = target.base.id
    held = name in scope.shared or name in scope.persistent or name in scope.initial
    return name not in scope.env and not held and _attribute(target.name)


def _first_field(scope: Scope, target: Field, code: Code, depth: int) -> list[Line]:
    """`s = SimpleNamespace(a=v)`."""
    assert isinstance(target.base, Name)
    set_kind(scope, target.base.id, STRUCT)
    made = f"{scope.module.plain('SimpleNamespace')}({target.name}={code.within(LAMBDA)})"
    return [Line(depth, f"{scope.render(target.base.id)} = {made}")]


def _plain_field(scope: Scope, target: Field) -> bool:
    """Whether `s.a = v` can be that: `s` certainly is one struct, or a parameter."""
    if not isinstance(target.base, Name):
        return False
    name = target.base.id
    kind = scope.env.get(name)
    if kind is None or kind.maybe_missing:
        return False
    if kind.cls == "any" and kind.rep == "any":
        return name in scope.parameters
    return kind.cls == "struct" and not kind.maybe_empty


def _store_item(scope: Scope, target: Brace, code: Code, depth: int) -> list[Line]:
    """`c{i} = v`."""
    assert isinstance(target.base, Name)
    name = target.base.id
    define(scope, name, "[]", replace(ROW_CELL, maybe_empty=True))
    base = Code(scope.render(name), kind=scope.env.get(name, ANY))
    texts = runtime_subscripts(scope, base, target.arguments)
    kind = base.kind if base.kind.rep == "list" and len(texts) == 1 else Kind("cell")
    forget_parts(scope, name)
    scope.env[name] = replace(kind, maybe_missing=False)
    return [Line(depth, f"{base.text} = {scope.rt('cell_set', base, code.within(LAMBDA), *texts)}")]


def define(scope: Scope, name: str, initial: str, kind: Kind) -> None:
    """Give a variable that may not exist yet a first value at the start of the function."""
    known = scope.env.get(name)
    if name in scope.shared or name in scope.persistent or (known is not None and not known.maybe_missing):
        return
    if name not in scope.parameters:
        scope.initial.setdefault(name, "None" if name in scope.outputs or scope.is_script else initial)
        initial = scope.initial[name]
    if known is None:
        scope.env[name] = kind if initial not in ("None",) else replace(kind, rep="any")


def _store_path(scope: Scope, target: Expression, code: Code, depth: int) -> list[Line]:
    """A nested target through `put`; one subscript of a variable through `assign`."""
    name = root(target)
    assert name is not None
    steps = path_steps(scope, target)
    rendered = scope.render(name)
    first = _outermost(target)
    if isinstance(first, Call):
        define(scope, name, scope.np("zeros", "(0, 0)"), replace(array(0, 0), maybe_empty=True))
    elif isinstance(first, Brace):
        define(scope, name, "[]", replace(ROW_CELL, maybe_empty=True))
    else:
        define(scope, name, "None", ANY)
    forget_parts(scope, name)
    if isinstance(target, Call) and isinstance(target.base, Name):
        return _assign_by_runtime(scope, target, code, depth)
    scope.env[name] = (
        STRUCT
        if isinstance(first, Field)
        else Kind("cell" if scope.env.get(name, ANY).cls == "cell" else "any")
    )
    return [Line(depth, f"{rendered} = {scope.rt('put', rendered, code.within(LAMBDA), *steps)}")]


def _assign_by_runtime(scope: Scope, target: Call, code: Code, depth: int) -> list[Line]:
    assert isinstance(target.base, Name)
    name = target.base.id
    before = scope.env.get(name, ANY)
    base = Code(scope.render(name), kind=before)
    texts = runtime_subscripts(scope, base, target.arguments)
    cls = (
        before.cls
        if before.cls == code.kind.cls or (before.cls == "double" and code.kind.cls == "logical")
        else "cell"
        if before.cls == "cell"
        else "any"
    )
    if before.cls in ("double",) and before.maybe_empty and code.kind.cls not in ("double",):
        cls = "any"
    cls = before.cls if before.cls == "map" or (before.is_odd and before.cls != "char") else cls
    scope.env[name] = Kind(cls, "any", real=before.real and code.kind.real)
    return [Line(depth, f"{base.text} = {scope.rt('assign', base, code.within(LAMBDA), *texts)}")]


def _outermost(target: Expression) -> Expression:
    """The first step behind the variable."""
    while isinstance(target, Call | Brace | Field) and not isinstance(target.base, Name):
        target = target.base
    return target


def path_steps(scope: Scope, target: Expression) -> list[str]:
    """The steps of a nested target as `put` takes them."""
    steps: list[str] = []
    while isinstance(target, Call | Brace | Field):
        steps.insert(0, _step(scope, target))
        target = target.base
    return steps


def _step(scope: Scope, target: Call | Brace | Field) -> str:
    if isinstance(target, Field):
        return quoted(target.name) if isinstance(target.name, str) else expression(scope, target.name).text
    from port.migrate.subscripts import uses_end

    base = expression(scope, target.base) if uses_end(target.arguments) else Code("None")
    inside = ", ".join(runtime_subscripts(scope, base, target.arguments))
    if isinstance(target, Brace):
        return f"[{inside}]"
    return f"({inside},)" if len(target.arguments) == 1 else f"({inside})"


def store(scope: Scope, target: Expression, change: Callable[[Code], Code], depth: int) -> list[Line]:
    """`target = change(target)`."""
    base = expression(scope, target)
    new = change(base)
    kind = Kind(base.kind.cls if base.kind.cls in ("cell", "double", "struct", "logical") else "any")
    return store_value(scope, target, replace(new, kind=kind), depth)


def _assign_several(scope: Scope, statement: Assign, depth: int) -> list[Line]:
    """`[a, ~, b] = f(...)`."""
    targets, value = statement.targets, statement.value
    while isinstance(value, Paren):
        value = value.inner
    if any(isinstance(t, Brace) and len(targets) == 1 for t in targets):
        return _spread_into_cell(scope, targets[0], value, depth)
    count = len(targets)
    code = _several_values(scope, value, count)
    names: list[str] = []
    after: list[tuple[Expression, Code]] = []
    for place, target in enumerate(targets):
        if target is None:
            names.append("_")
        elif isinstance(target, Name):
            names.append(scope.render(target.id))
            kind = _output_kind(scope, value, place, count)
            set_kind(scope, target.id, kind)
            scope.rebased.discard(target.id)
            learn_extent(scope, target.id, kind.source, kind)
        else:
            names.append(scope.fresh("value"))
            after.append((target, Code(names[-1])))
    head = ", ".join(names) if count > 1 else f"{names[0]}, *_"
    lines = [Line(depth, f"{head} = {code}")]
    for target, held in after:
        lines.extend(store_value(scope, target, held, depth))
    return lines


def _several_values(scope: Scope, value: Expression, count: int) -> str:
    """An expression with `count` values, as a tuple or list."""
    if isinstance(value, Call):
        return call(scope, value, count).text
    if isinstance(value, Name) and value.id not in scope.variables:
        return call_by_name(scope, value.id, (), count, value).text
    if isinstance(value, Brace):
        return f"{cell_list(scope, value)}[:{count}]"
    if isinstance(value, Field):
        return f"{scope.rt('field_items', expression(scope, value.base), quoted(str(value.name)))}[:{count}]"
    return scope.rt("outputs", expression(scope, value), str(count))


def _output_kind(scope: Scope, value: Expression, place: int, count: int) -> Kind:
    """What is known of output number `place` of a call."""
    from port.migrate.kinds import EXTENT

    name = _called(value)
    if name in scope.variables or name in scope.module.signatures:
        return ANY
    if name == "size" and isinstance(value, Call) and len(value.arguments) == 1:
        base = expression(scope, value.arguments[0])
        source = f"size({base.text},{place + 1})" if count == 2 else ""
        known = (base.kind.rows if place == 0 else base.kind.cols) if count == 2 else None
        return replace(EXTENT, upper=known if isinstance(known, str) else None, source=source)
    if name in ("max", "min", "sort") and isinstance(value, Call):
        first = item(scope, replace(value, span=value.span))
        return replace(
            first.kind, sign=first.kind.sign if place == 0 else "ge1", real=True, whole=False, value=None
        )
    return Kind("numeric", real=False) if name in ("eig", "svd", "qr", "lu", "chol") else ANY


def _spread_into_cell(scope: Scope, target: Expression | None, value: Expression, depth: int) -> list[Line]:
    """`[c{1:n}] = f(...)` makes a cell of n outputs; `[c{:}] = f(...)` fills the items that are there."""
    assert isinstance(target, Brace)
    name = _called(value)
    calls = isinstance(value, Call) and name and name not in scope.variables
    where = target.arguments[0] if len(target.arguments) == 1 else None
    if calls and isinstance(target.base, Name) and isinstance(value, Call):
        if isinstance(where, Colon):
            base = expression(scope, target.base)
            outputs = _so_many_outputs(scope, name, value, scope.rt("whole", scope.rt("numel", base)))
            filled = scope.rt("assign", base, outputs, scope.module.runtime("COLON"))
            return store_value(scope, target.base, Code(filled, kind=CELL), depth)
        if _is_from_one(where):
            assert isinstance(where, Range)
            count = expression(scope, where.stop)
            whole = count.text if count.kind.whole else scope.rt("whole", count)
            outputs = _so_many_outputs(scope, name, value, whole)
            known = scope.env.get(target.base.id, ANY)
            if known.cls != "cell" or known.rep == "list":
                return store_value(scope, target.base, Code(outputs, kind=ROW_CELL), depth)
            filled = scope.rt("assign", scope.render(target.base.id), outputs, scope.rt("colon", "1", count))
            return store_value(scope, target.base, Code(filled, kind=CELL), depth)
    code = expression(scope, value)
    return store_value(scope, target, owned(scope, code, path_of(target)), depth)


def _is_from_one(subscript: Expression | None) -> bool:
    """`1:n`."""
    return (
        isinstance(subscript, Range)
        and isinstance(subscript.start, Number)
        and subscript.start.value == 1
        and subscript.step is None
    )


def _so_many_outputs(scope: Scope, name: str, value: Call, count: str) -> str:
    """The list of as many outputs of a call as a text says: the call of two, and the 2 at its end replaced."""
    text = call_by_name(scope, name, value.arguments, 2, value).text
    for end in ("nargout=2)", "[:2]", ", 2)"):
        if text.endswith(end):
            text = text.removesuffix(end) + end.replace("2", count)
            break
    return f"{scope.module.plain('list')}({text})"


# -- control -----------------------------------------------------------------------------------------


def _if(scope: Scope, statement: If, depth: int) -> list[Line]:
    lines: list[Line] = []
    ends: list[Environment] = []
    word = "if"
    for test, body in statement.branches:
        scope.line = test.span.line
        code = condition(scope, test)
        before = dict(scope.env)
        lines.append(Line(depth, f"{word} {code.text}:", test.span))
        lines.extend(_branch_lines(scope, test, body, depth + 1, holds=True))
        if not leaves(body):
            ends.append(scope.env)
        scope.env = before
        word = "elif"
    if any(not isinstance(s, Blank) for s in statement.otherwise):
        lines.append(Line(depth, "else:"))
        either = reduce(partial(Binary, "||"), [test for test, _ in statement.branches])
        lines.extend(_branch_lines(scope, either, statement.otherwise, depth + 1, holds=False))
    if not leaves(statement.otherwise):
        ends.append(scope.env)
    scope.env = _joined_ends(ends, scope.env)
    return lines


def _branch_lines(scope: Scope, test: Expression, body: Body, depth: int, *, holds: bool) -> list[Line]:
    """The lines of a branch, in which the arguments that its condition asks for may be missing."""
    before = {name: scope.env[name] for name in asked(scope.parameters, test) if name in scope.env}
    gone = left_out(scope.parameters, test, holds=holds)
    for name, kind in before.items():
        if name in gone:
            del scope.env[name]
        else:
            scope.env[name] = replace(kind, maybe_missing=True)
    lines = body_lines(scope, body, depth)
    for name, kind in before.items():
        if name not in scope.env or scope.env[name].maybe_missing:
            scope.env[name] = kind
    return lines


def _joined_ends(ends: list[Environment], fallback: Environment) -> Environment:
    joined: Environment | None = None
    for env in ends:
        joined = dict(env) if joined is None else join_environments(joined, env)
    return joined if joined is not None else fallback


def leaves(body: Body) -> bool:
    """Whether a block certainly ends the function or the turn of a loop."""
    code = [s for s in body if not isinstance(s, Comment | Blank)]
    if not code:
        return False
    last = code[-1]
    return isinstance(last, Leave) or (isinstance(last, Evaluate) and _called(last.value) == "error")


def _loop(scope: Scope, key: int, body: Body, depth: int, enter: Callable[[], None]) -> list[Line]:
    """The lines of a loop's body, with knowledge that holds in every turn."""
    before = dict(scope.env)
    start = scope.loops.get(key)
    env = join_environments(before, start) if start is not None else before
    outer, rebased = scope.breaks, set(scope.rebased)
    for attempt in range(8):
        if attempt == 6:
            env = {name: Kind(maybe_missing=kind.maybe_missing) for name, kind in env.items()}
        scope.env, scope.breaks = dict(env), []
        enter()
        lines = body_lines(scope, body, depth + 1)
        after = env
        for end in [scope.env, *scope.breaks]:
            after = join_environments(after, end)
        scope.rebased = set(rebased)
        if after == env:
            break
        env = after
    scope.loops[key] = env
    scope.env, scope.breaks = dict(env), outer
    return lines


def _for(scope: Scope, statement: For, depth: int) -> list[Line]:
    from port.migrate.folding import template_loop

    if template_loop(scope, statement):
        return [Line(depth, "")]
    if not isinstance(statement.target, Name):
        held = scope.fresh("column")
        turns = _iteration(scope, statement, held)
        lines = _loop(scope, statement.span.start, statement.body, depth, lambda: None)
        return [
            Line(depth, turns.head, statement.span),
            *store_value(scope, statement.target, Code(held), depth + 1),
            *lines,
        ]
    name = statement.target.id
    turns = _iteration(scope, statement, scope.render(name))
    zero_based = statement.span.start in scope.rebased_loops and turns.kind.whole
    if turns.without is not None:
        set_kind(scope, name, turns.without.kind)

    def enter() -> None:
        set_kind(scope, name, turns.kind)
        if turns.kind.upper is not None:
            scope.env[name] = replace(scope.env[name], upper=turns.kind.upper)
        if zero_based:
            scope.rebased.add(name)

    lines = _loop(scope, statement.span.start, statement.body, depth, enter)
    before = [] if turns.without is None else [Line(depth, f"{scope.render(name)} = {turns.without.text}")]
    return [*before, Line(depth, turns.head, statement.over.span), *lines]


class Turns(NamedTuple):
    """The head of a `for`, what is known of its variable, and what a loop without a turn leaves in it, where that
    can be and the variable is read behind the loop."""

    head: str
    kind: Kind
    without: Code | None = None


def _iteration(scope: Scope, statement: For, name: str) -> Turns:
    over = statement.over
    while isinstance(over, Paren):
        over = over.inner
    kept = statement.span.start in scope.kept_loops
    counter = scope.module.plain("range")
    if isinstance(over, Range):
        start, stop = expression(scope, over.start), expression(scope, over.stop)
        step = expression(scope, over.step) if over.step is not None else literal(1)
        by = step.kind.value
        if start.kind.whole and isinstance(by, int) and by:
            zero = statement.span.start in scope.rebased_loops
            head = f"for {name} in {_counted(scope, counter, start, by, stop, zero)}:"
            empty = kept and not _has_a_turn(start, by, stop)
            without = Code(scope.np("zeros", "(1, 0)"), kind=array(1, 0)) if empty else None
            return Turns(head, _counter_kind(scope, start, by, stop), without)
    code = expression(scope, over)
    kind = Kind(
        code.kind.cls if code.kind.cls in ("double", "logical", "cell") else "any", real=code.kind.real
    )
    if code.kind.is_row or (code.kind.is_array and code.kind.rows == 1):
        kind = Kind(code.kind.cls, "scalar", 1, 1, real=code.kind.real)
    if code.kind.rep == "str":
        kind = Kind("char", "str")
    empty = kept and not code.kind.surely_not_empty
    return Turns(
        f"for {name} in {scope.rt('columns', name if empty else code)}:", kind, code if empty else None
    )


def _has_a_turn(start: Code, by: int, stop: Code) -> bool:
    """Whether `start:by:stop` certainly is not empty."""
    low, high = (start, stop) if by > 0 else (stop, start)
    bound = high.kind.at_least
    return isinstance(low.kind.value, int) and bound is not None and bound >= low.kind.value


def _counted(scope: Scope, counter: str, start: Code, by: int, stop: Code, zero: bool) -> str:
    """`range(...)` for `start:by:stop`, from 0 where the loop is re-based."""
    if not stop.kind.whole:
        counts_up = by > 0 and start.kind.at_least is not None and start.kind.at_least > 0
        inner = (
            scope.rt("extent" if counts_up else "whole", stop)
            if not stop.kind.is_scalar
            else f"{scope.module.plain('int')}({stop.text})"
        )
        if isinstance(stop.kind.value, float):
            inner = str(int(stop.kind.value // 1))
        stop = Code(inner, kind=Kind("double", "scalar", whole=True))
    beyond = shifted(stop, 1 if by > 0 else -1)
    if zero:
        start, beyond = shifted(start, -1), shifted(beyond, -1)
    parts = [start.text, beyond.text, str(by)]
    if by == 1:
        parts = parts[:2] if start.text != "0" else parts[1:2]
    return f"{counter}({', '.join(parts)})"


def _counter_kind(scope: Scope, start: Code, by: int, stop: Code) -> Kind:
    low = start if by > 0 else stop
    high = stop if by > 0 else start
    upper = high.kind.value if isinstance(high.kind.value, int) else high.kind.upper
    named = high.text.isidentifier() and high.text not in scope.reassigned
    if upper is None and named:
        upper = high.text
    return Kind(
        "double",
        "scalar",
        1,
        1,
        whole=True,
        sign=low.kind.sign if low.kind.sign in ("ge1", "nonneg") else "",
        upper=upper,
        lower=low.kind.at_least,
    )


def _while(scope: Scope, statement: While, depth: int) -> list[Line]:
    held: list[str] = []

    def enter() -> None:
        held.append(condition(scope, statement.condition).text)

    lines = _loop(scope, statement.span.start, statement.body, depth, enter)
    return [Line(depth, f"while {held[-1]}:", statement.condition.span), *lines]


def _do_until(scope: Scope, statement: DoUntil, depth: int) -> list[Line]:
    """`do ... until c`; a `continue` in it goes on to the condition."""
    lines = _loop(scope, statement.span.start, statement.body, depth, lambda: None)
    scope.line = statement.condition.span.line
    test = condition(scope, statement.condition)
    if any(isinstance(s, Leave) and s.word == "continue" for s in statements(statement.body)):
        started = scope.fresh("started")
        return [
            Line(depth, f"{started} = False"),
            Line(depth, f"while not ({started} and {test.text}):"),
            Line(depth + 1, f"{started} = True"),
            *lines,
        ]
    return [
        Line(depth, "while True:"),
        *lines,
        Line(depth + 1, f"if {test.text}:", statement.condition.span),
        Line(depth + 2, "break"),
    ]


def _switch(scope: Scope, statement: Switch, depth: int) -> list[Line]:
    node = statement.subject.inner if isinstance(statement.subject, Paren) else statement.subject
    subject = expression(scope, node)
    lines: list[Line] = []
    if not isinstance(node, Name | Field):
        name = scope.fresh("choice")
        lines.append(Line(depth, f"{name} = {subject.text}"))
        subject = Code(name, kind=subject.kind)
    ends: list[Environment] = []
    word = "if"
    for choice, body in statement.cases:
        test = _case_test(scope, subject, choice)
        before = dict(scope.env)
        lines.append(Line(depth, f"{word} {test}:", choice.span))
        lines.extend(body_lines(scope, body, depth + 1))
        if not leaves(body):
            ends.append(scope.env)
        scope.env = before
        word = "elif"
    return lines + _otherwise(scope, statement, depth, ends)


def _otherwise(scope: Scope, statement: Switch, depth: int, ends: list[Environment]) -> list[Line]:
    lines: list[Line] = []
    if any(not isinstance(s, Blank) for s in statement.otherwise):
        if not statement.cases:
            lines.extend(body_lines(scope, statement.otherwise, depth))
        else:
            lines.append(Line(depth, "else:"))
            lines.extend(body_lines(scope, statement.otherwise, depth + 1))
    if not leaves(statement.otherwise):
        ends.append(scope.env)
    scope.env = _joined_ends(ends, scope.env)
    return lines


def _case_test(scope: Scope, subject: Code, choice: Expression) -> str:
    """The condition of a `case`; a subject beside texts is taken for one."""
    plain = Number if subject.kind.is_scalar else Text
    head = subject.within(COMPARE + 1)
    if isinstance(choice, plain):
        return f"{head} == {expression(scope, choice).text}"
    if isinstance(choice, Cell) and all(isinstance(c, plain) for row in choice.rows for c in row):
        offered = [expression(scope, c).text for row in choice.rows for c in row]
        return f"{head} in ({', '.join(offered)}{',' if len(offered) == 1 else ''})"
    return scope.rt("matches", subject, expression(scope, choice))


def _try(scope: Scope, statement: Try, depth: int) -> list[Line]:
    exception = scope.module.plain("Exception")
    before = dict(scope.env)
    lines = [Line(depth, "try:"), *body_lines(scope, statement.body, depth + 1)]
    after = scope.env
    scope.env = join_environments(before, after)
    if statement.error is not None:
        held = scope.fresh("problem")
        lines.append(Line(depth, f"except {exception} as {held}:"))
        set_kind(scope, statement.error, ANY)
        lines.append(Line(depth + 1, f"{scope.render(statement.error)} = {scope.rt('caught', held)}"))
    else:
        lines.append(Line(depth, f"except {exception}:"))
    lines.extend(body_lines(scope, statement.handler, depth + 1))
    scope.env = join_environments(after, scope.env)
    return lines


def _unwind(scope: Scope, statement: Unwind, depth: int) -> list[Line]:
    lines = [Line(depth, "try:"), *body_lines(scope, statement.body, depth + 1), Line(depth, "finally:")]
    return lines + body_lines(scope, statement.cleanup, depth + 1)


def _leave(scope: Scope, statement: Leave, depth: int) -> list[Line]:
    if statement.word != "return":
        scope.breaks.append(dict(scope.env))
        return [Line(depth, statement.word)]
    if scope.is_script:
        return [Line(depth, f"raise {scope.module.plain('SystemExit')}")]
    scope.exits.append(dict(scope.env))
    return [Line(depth, return_text(scope))]


def return_text(scope: Scope) -> str:
    """The `return` of a function: its output, a tuple of several, or nothing."""
    names = [scope.render(n) for n in scope.outputs if n != "varargout"]
    if "varargout" in scope.outputs:
        names.append(f"*{scope.render('varargout')}")
        return f"return ({', '.join(names)},)"
    if len(names) == 1:
        return f"return {names[0]}"
    return f"return {', '.join(names)}" if names else "return"


def _declare(scope: Scope, statement: Declare, depth: int) -> list[Line]:
    """`global` and `persistent`: names that live elsewhere."""
    if statement.word == "global":
        scope.shared.update(statement.names)
        for name in statement.names:
            scope.env[name] = ANY
        lines = [Line(depth, scope.rt("declare_global", *[quoted(python_name(n)) for n in statement.names]))]
    else:
        scope.persistent.update(statement.names)
        lines = []
        for name in statement.names:
            scope.env[name] = ANY
        known = scope.module.states.setdefault(scope.name, [])
        known.extend(n for n in statement.names if n not in known)
    for name, value in zip(statement.names, statement.values, strict=True):
        if value is not None:
            test = scope.rt("isempty", scope.render(name))
            lines.append(Line(depth, f"if {test}:"))
            lines.append(Line(depth + 1, f"{scope.render(name)} = {expression(scope, value).text}"))
    return lines


_EMITTERS: dict[type[Statement], Callable[[Scope, Any, int], list[Line]]] = {
    Comment: _comment,
    Blank: _blank,
    Unreadable: _unreadable,
    Command: _command,
    Evaluate: _evaluate,
    Assign: _assign,
    If: _if,
    For: _for,
    While: _while,
    DoUntil: _do_until,
    Switch: _switch,
    Try: _try,
    Unwind: _unwind,
    Leave: _leave,
    Declare: _declare,
}
