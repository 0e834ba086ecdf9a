"""Calls by name: the user's functions, MATLAB's, and those that steer the translation itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

from port.migrate import runtime
from port.migrate.builtins import (
    BUILTINS,
    COLOURS,
    CONSTANTS,
    INTERNAL,
    OPERATORS,
    PICTURES,
    QUIET,
    UFUNCS,
    result_kind,
)
from port.migrate.expressions import expression, items, quoted, text_of
from port.migrate.kinds import ANY, EXTENT, HANDLE, LOGICAL, STR, Kind
from port.migrate.scope import ATOM, COMPARE, LAMBDA, POSTFIX, RUNTIME_NAMES, Code, Scope, python_name
from port.migrate.syntax import (
    Call,
    Colon,
    Expression,
    Field,
    Handle,
    Lambda,
    Matrix,
    Name,
    Number,
    Paren,
    Row,
    Text,
)

_CALLED_BARE = PICTURES | frozenset(
    ("tempname", "tempdir", "pwd", "exit", "quit", "tic", "toc", "clock", "cputime", "now", "rng")
)
"""Functions that a script calls without parentheses; another name that it never sets is taken for a variable."""
_SILENT = frozenset(
    "arrayfun cellfun delete eval feval hist input mkdir rand rande randn rng structfun system tic toc unlink".split()
)
"""Functions that, called without an output, give no value, or not always."""
_STAND_INS = ("fminsearch", "fminbnd")
_MAP_METHODS = ("keys", "values", "isKey", "remove", "length")


def call(scope: Scope, node: Call, nargout: int) -> Code:
    """`base(arguments)`: a subscript, or a call with `nargout` outputs (a tuple where that is more than one)."""
    from port.migrate.subscripts import element

    base = node.base
    if isinstance(base, Name):
        if base.id in scope.variables and not _still_function(scope, base.id):
            return _through_variable(scope, base, node.arguments, nargout)
        return call_by_name(scope, base.id, node.arguments, nargout, node)
    if base == Field(Name("containers"), "Map") and "containers" not in scope.variables:
        return Code(scope.rt("Map", *items(scope, node.arguments)), ATOM, Kind("map"))
    if isinstance(base, Field) and base.name in _MAP_METHODS:
        owner = expression(scope, base.base)
        if owner.kind.cls == "map":
            return call_by_name(scope, str(base.name), (base.base, *node.arguments), nargout, node)
    code = expression(scope, base)
    if nargout > 1:
        return Code(f"{scope.rt('feval', code, *items(scope, node.arguments), f'nargout={nargout}')}")
    return element(scope, code, node.arguments)


def _still_function(scope: Scope, name: str) -> bool:
    """Whether a variable has no value yet and a function has its name: `sum = sum(x)`."""
    return name not in scope.env and (name in scope.module.signatures or is_function(name))


def _through_variable(scope: Scope, base: Name, arguments: Row, nargout: int) -> Code:
    """A subscript of a variable, or a call of the handle in it."""
    from port.migrate.expressions import variable
    from port.migrate.subscripts import element

    code = variable(scope, base.id)
    if nargout > 1:
        return Code(scope.rt("feval", code, *items(scope, arguments), f"nargout={nargout}"))
    if code.kind.cls == "handle":
        called = Code(f"{code.within(POSTFIX)}({_listed(items(scope, arguments))})", POSTFIX)
        if code.kind.value == "one":
            return called
        return Code(scope.rt("first", called), ATOM, ANY, frozenset((base.id,)))
    if not arguments and code.kind == replace(ANY, source=base.id):
        return Code(scope.rt("index", code))
    return element(scope, code, arguments)


def _listed(codes: list[Code]) -> str:
    return ", ".join(c.within(LAMBDA) for c in codes)


def call_by_name(scope: Scope, name: str, arguments: Row, nargout: int, node: Expression) -> Code:
    """A call of what is no variable."""
    user = scope.module.signatures.get(name)
    if user is not None:
        return user_call(scope, name, items(scope, arguments), nargout)
    name, arguments = _without_options(name, arguments)
    if nargout <= 1:
        arguments = _along_the_last(name, arguments)
    if name in _STEERING:
        steered = _STEERING[name](scope, arguments, nargout)
        if steered is not None:
            return steered
    if not arguments and name in CONSTANTS and nargout <= 1:
        return CONSTANTS[name](scope)
    if name in BUILTINS:
        codes = items(scope, arguments)
        if not any(c.text.startswith("*") for c in codes):
            written = BUILTINS[name](scope, codes, nargout)
            if written is not None:
                return written
        return runtime_call(scope, name, codes, nargout) or user_call(scope, name, codes, nargout)
    if name in QUIET or name in ("ishandle", "ishghandle", "isfigure"):
        scope.warn(f"`{name}` belongs to pictures or the screen: it gives `[]` here")
        return (
            Code("False", ATOM, LOGICAL)
            if name.startswith("is")
            else Code(scope.np("zeros", "(0, 0)"), ATOM, ANY)
        )
    if any(isinstance(a, Colon) for a in arguments) or (
        scope.is_script and not isinstance(node, Call) and name not in _CALLED_BARE
    ):
        return _from_workspace(scope, name, arguments, nargout)
    codes = items(scope, arguments)
    known = runtime_call(scope, name, codes, nargout)
    if known is not None:
        return known
    if scope.is_script:
        return _from_workspace(scope, name, arguments, nargout)
    return user_call(scope, name, codes, nargout)


_REDUCTIONS = frozenset("all any max mean median min mode prod std sum var".split())


def _without_options(name: str, arguments: Row) -> tuple[str, Row]:
    """`sum(x, 'all')` is `sum(x(:))`, and `sum(x, 'omitnan')` is `nansum(x)`."""
    last = arguments[-1] if len(arguments) > 1 else None
    if name not in _REDUCTIONS or not isinstance(last, Text):
        return name, arguments
    if last.value == "all":
        column = Call(Paren(arguments[0]), (Colon(),))
        return name, (column, *(arguments[1:-1] if name in ("std", "var") else ()))
    if last.value == "omitnan" and runtime_name(f"nan{name}") is not None:
        return f"nan{name}", arguments[:-1]
    return name, arguments


_SUCCESSIVE = frozenset("all any max mean min prod sum".split())


def _along_the_last(name: str, arguments: Row) -> Row:
    """`sum(x, [1 2])` is `sum(sum(x, 1), 2)` in MATLAB; Octave 7 takes the first dimension alone."""
    last = arguments[-1] if len(arguments) == (3 if name in ("max", "min") else 2) else None
    if name not in _SUCCESSIVE or not isinstance(last, Matrix) or len(last.rows) != 1:
        return arguments
    dims = last.rows[0]
    if len(dims) < 2 or not all(isinstance(dim, Number) for dim in dims):
        return arguments
    value, *between = arguments[:-1]
    for dim in dims[:-1]:
        value = Call(Name(name), (value, *between, dim))
    return (value, *between, dims[-1])


def _from_workspace(scope: Scope, name: str, arguments: Row, nargout: int) -> Code:
    """A name that nothing defines: in a script, a variable of the workspace (or a function beside it)."""
    from port.migrate.subscripts import element

    scope.workspace.add(name)
    scope.unknown.add(name)
    if not scope.is_script:
        scope.warn(f"`{name}` is neither a variable here nor a known function")
    base = Code(python_name(name), ATOM, scope.env.get(name, ANY), frozenset((name,)))
    if nargout > 1:
        return Code(scope.rt("feval", base, *items(scope, arguments), f"nargout={nargout}"))
    return element(scope, base, arguments) if arguments else base


_RUNTIME_SPELLINGS = {
    "columns": "columns_of",
    "delete": "unlink",
    "isalpha": "isletter",
    "isdir": "isfolder",
    "quit": "exit",
    "tolower": "lower",
    "toupper": "upper",
    "printf": "fprintf",
    "keys": "map_keys",
    "values": "map_values",
}


def runtime_name(name: str) -> str | None:
    """The runtime's name for a function of MATLAB's, if it has it."""
    special = _RUNTIME_SPELLINGS.get(name, name)
    for candidate in (special, f"{special}_"):
        if candidate in RUNTIME_NAMES and (candidate not in INTERNAL or name in _RUNTIME_SPELLINGS):
            return candidate
    return None


def gives_value(name: str) -> bool:
    """Whether a call of MATLAB's function as a statement has a value that is shown."""
    if name in PICTURES or name in _SILENT:
        return False
    if name in BUILTINS or name in UFUNCS or name in CONSTANTS:
        return True
    function = runtime_name(name)
    if function is None:
        return False
    returned = getattr(runtime, function).__annotations__.get("return")
    return returned not in (None, NoReturn, "None", "NoReturn")


def runtime_call(scope: Scope, name: str, codes: list[Code], nargout: int) -> Code | None:
    """A call of the runtime's function of that name; None where it has none."""
    function = runtime_name("disp" if name == "display" and len(codes) == 1 else name)
    if function is None:
        return None
    if name in _STAND_INS:
        scope.warn(
            f"SciPy's method stands in for `{name}`: the same minimum within its tolerance, other digits"
        )
    if name in ("rand", "randn", "rande") and codes and codes[0].text == '"seed"':
        scope.warn(f"`{name}('seed', ...)` seeds a generator of old versions: other numbers are drawn here")
    if name in PICTURES:
        scope.decide(f"`{name}` is matplotlib's, where that is installed", "pictures change no value")
    texts = without_empties(name, codes)
    if nargout > 1:
        texts.append(f"nargout={nargout}")
    shares = (
        frozenset().union(*(c.shares for c in codes))
        if name in ("double", "real", "squeeze", "full", "reshape")
        else frozenset()
    )
    kind = Kind("stored") if name == "reshape" and len(codes) > 3 else result_kind(name, codes)
    return Code(scope.rt(function, *texts), ATOM, kind, shares)


def without_empties(name: str, codes: list[Code]) -> list[str]:
    """Arguments as texts: `max(x, [], 2)` names its dimension, `reshape(x, 2, [])` says None."""
    empty = [c.kind.rows == c.kind.cols == 0 for c in codes]
    if name in ("max", "min", "std", "var") and empty == [False, True, False]:
        return [codes[0].within(LAMBDA), f"dim={codes[2].within(LAMBDA)}"]
    none = [name == "reshape" and len(codes) > 2 and place > 0 and e for place, e in enumerate(empty)]
    return ["None" if n else c.within(LAMBDA) for n, c in zip(none, codes, strict=True)]


def user_call(scope: Scope, name: str, codes: list[Code], nargout: int) -> Code:
    """A call of a function of the user's: this file's, a sibling's, or one that nothing is known of."""
    signature = scope.module.signatures.get(name)
    if signature is None:
        scope.warn(f"`{name}` is not known here: taken for a function of a file beside this one")
    if signature is None:
        scope.unknown.add(name)
    elif signature.module is not None:
        scope.imports.add(name)
    texts = [c.within(LAMBDA) for c in codes]
    if signature is not None and signature.counts_outputs:
        texts.append(f"nargout={max(nargout, 1)}")
    shadowed = name in scope.variables
    function = f'{scope.module.plain("globals")}()["{python_name(name)}"]' if shadowed else python_name(name)
    called = f"{function}({', '.join(texts)})"
    outputs = signature.outputs if signature is not None else None
    if nargout == 0:
        return Code(called, POSTFIX)
    if nargout == 1:
        if outputs == 1:
            return Code(called, POSTFIX)
        if outputs is not None and outputs > 1:
            return Code(f"{called}[0]", POSTFIX)
        return Code(scope.rt("first", called), ATOM)
    return Code(
        called
        if outputs == nargout
        else f"{called}[:{nargout}]"
        if outputs
        else scope.rt("outputs", called, str(nargout)),
        POSTFIX,
    )


def tail_call(scope: Scope, node: Expression) -> Code:
    """The value of an anonymous function: of a call, all its outputs."""
    if isinstance(node, Paren):
        return tail_call(scope, node.inner)
    name = node.base.id if isinstance(node, Call) and isinstance(node.base, Name) else ""
    if isinstance(node, Call) and name and name not in scope.variables:
        user = scope.module.signatures.get(name)
        unknown = name not in BUILTINS and name not in _STEERING and runtime_name(name) is None
        if user is not None or (unknown and not scope.is_script):
            return user_call(scope, name, items(scope, node.arguments), 0)
    return expression(scope, node)


def function_value(scope: Scope, name: str) -> Code:
    """`@name` as a value."""
    if name in scope.module.signatures or (
        name not in BUILTINS and runtime_name(name) is None and name not in UFUNCS
    ):
        if name not in scope.module.signatures:
            scope.unknown.add(name)
        elif scope.module.signatures[name].module is not None:
            scope.imports.add(name)
        return Code(python_name(name), ATOM, HANDLE)
    if name in UFUNCS:
        return Code(f"{scope.module.np}.{UFUNCS[name]}", POSTFIX, HANDLE)
    function = OPERATORS.get(name) or runtime_name(name)
    if function is None:
        code = BUILTINS[name](scope, [Code("x")], 1)
        return Code(f"lambda x: {code.text if code else 'x'}", LAMBDA, HANDLE)
    return Code(scope.module.runtime(function), ATOM, HANDLE)


# -- names that steer --------------------------------------------------------------------------------


def _exist(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`exist('x', 'var')`: whether the variable has a value."""
    if (
        len(arguments) == 2
        and not isinstance(arguments[0], Text)
        and arguments[1] in (Text("var"), Text("var", True))
    ):
        space = scope.module.plain("globals" if scope.is_script else "locals")
        name_text = expression(scope, arguments[0]).text
        return Code(f"{space}().get({name_text}) is not None", COMPARE, LOGICAL)
    if not arguments or not isinstance(arguments[0], Text):
        return None
    name = arguments[0].value
    wanted = arguments[1].value if len(arguments) > 1 and isinstance(arguments[1], Text) else ""
    if wanted in ("", "var") and name in scope.variables:
        if name not in scope.parameters and name not in scope.shared:
            scope.initial.setdefault(name, "None")
        return Code(f"{scope.render(name)} is not None", COMPARE, LOGICAL)
    if wanted == "var":
        if scope.is_script:
            return Code(f"{quoted(name)} in {scope.module.plain('globals')}()", COMPARE, LOGICAL)
        return Code("False", ATOM, replace(LOGICAL, value=False))
    kind = [quoted(wanted)] if wanted else []
    return Code(scope.rt("exist", quoted(name), *kind), ATOM, replace(EXTENT, sign="nonneg"))


def _mfilename(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`mfilename` is the file's name; `mfilename('fullpath')` leads to the translation, beside which data may lie."""
    if not arguments:
        return Code(quoted(scope.module.name), ATOM, STR)
    return Code(scope.rt("mfilename", "__file__", *items(scope, arguments)), ATOM, STR)


def _as_it_is(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`gpuArray(x)` and `gather(x)`: the value, wherever it lies."""
    if len(arguments) != 1:
        return None
    scope.decide("a value on a graphics card is the value itself", "where it lies changes no value")
    return items(scope, arguments)[0]


def _nargin(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    return Code("nargin", ATOM, replace(EXTENT, sign="nonneg")) if not arguments else None


def _narginchk(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`narginchk(low, high)` asks how many arguments came."""
    return Code(scope.rt("narginchk", *items(scope, arguments), "nargin")) if len(arguments) == 2 else None


def _nargout(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    return Code("nargout", ATOM, EXTENT) if not arguments else None


def _feval(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`feval(f, ...)`: of a literal name or handle, the call itself."""
    if not arguments:
        return None
    first, rest = arguments[0], arguments[1:]
    if isinstance(first, Text) and first.value.isidentifier():
        return call_by_name(scope, first.value, rest, nargout, first)
    if isinstance(first, Handle) and first.name not in scope.variables:
        return call_by_name(scope, first.name, rest, nargout, first)
    texts = [text_of(scope, first), *(c.within(LAMBDA) for c in items(scope, rest))]
    if nargout > 1:
        texts.append(f"nargout={nargout}")
    return Code(scope.rt("feval", *texts), ATOM, ANY, frozenset(("*",)))


def _bsxfun(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`bsxfun(@plus, a, b)` is `a + b`."""
    from port.migrate.expressions import binary

    if len(arguments) != 3 or not isinstance(arguments[0], Handle | Text):
        return None
    name = arguments[0].name if isinstance(arguments[0], Handle) else arguments[0].value
    symbol = _BROADCAST.get(name)
    left, right = expression(scope, arguments[1]), expression(scope, arguments[2])
    if symbol is not None:
        return binary(scope, symbol, left, right)
    if name in ("max", "min") and name not in scope.module.signatures:
        return BUILTINS[name](scope, [left, right], 1)
    return None


_BROADCAST = {
    "plus": "+", "minus": "-", "times": ".*", "rdivide": "./", "ldivide": ".\\", "power": ".^",
    "eq": "==", "ne": "~=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "and": "&", "or": "|",
}  # fmt: skip
_OPERATOR_CALLS = {**_BROADCAST, "mtimes": "*", "mrdivide": "/", "mldivide": "\\", "mpower": "^"}


def _operator(symbol: str) -> Callable[[Scope, Row, int], Code | None]:
    def emit(scope: Scope, arguments: Row, nargout: int) -> Code | None:
        from port.migrate.expressions import binary

        if len(arguments) != 2:
            return None
        return binary(scope, symbol, expression(scope, arguments[0]), expression(scope, arguments[1]))

    return emit


def _inline(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`inline('x^2')`, `str2func('@(x) x')`: a literal text is translated now."""
    from port.errors import SourceError
    from port.migrate.parser import parse_expression
    from port.migrate.syntax import walk

    if not arguments or not all(isinstance(a, Text) for a in arguments):
        return None
    texts = [a.value for a in arguments if isinstance(a, Text)]
    if not all(name.isidentifier() for name in texts[1:]):
        return None
    try:
        body = parse_expression(texts[0])
    except SourceError:
        return None
    if isinstance(body, Lambda):
        return expression(scope, body)
    names = tuple(texts[1:]) or tuple(
        sorted(
            {
                n.id
                for n in walk(body)
                if isinstance(n, Name) and n.id not in ("i", "j", "pi", "e") and not is_function(n.id)
            }
        )
    )
    return expression(scope, Lambda(names or ("x",), body))


def is_function(name: str) -> bool:
    """Whether MATLAB has a function of that name that is translated."""
    return name in BUILTINS or name in _STEERING or runtime_name(name) is not None or name in UFUNCS


def _str2func(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    if len(arguments) == 1 and isinstance(arguments[0], Text):
        text = arguments[0].value
        return function_value(scope, text) if text.isidentifier() else _inline(scope, arguments, nargout)
    return None


def _eval(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`eval(text)` as a value, of a text that can be told now."""
    from port.migrate.folding import folded_statements
    from port.migrate.syntax import Evaluate

    found = folded_statements(scope, arguments[0]) if arguments else None
    if found is not None and len(found) == 1 and isinstance(found[0], Evaluate):
        return (
            call(scope, found[0].value, nargout)
            if isinstance(found[0].value, Call)
            else expression(scope, found[0].value)
        )
    scope.refuse("`eval` of a text that is computed at run time: write the expression itself")
    return Code(scope.rt("error", quoted(f"line {scope.line}: eval of a computed text is not translated")))


def _colormap(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`colormap(gray)`, `colormap(jet(64))`: matplotlib has it by its name."""
    head = arguments[0].base if arguments and isinstance(arguments[0], Call) else [*arguments, None][0]
    if not isinstance(head, Name) or head.id not in COLOURS or head.id in scope.variables:
        return None
    return runtime_call(scope, "colormap", [Code(quoted(head.id))], nargout)


def _of_the_caller(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`evalin`, `assignin`: no function of Python's sees the variables of its caller."""
    scope.refuse("`evalin` and `assignin` reach into the caller: pass the value as an argument, return it")
    return Code(scope.rt("error", quoted(f"line {scope.line}: the caller's variables are out of reach")))


def _isargout(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    return Code("True", ATOM, replace(LOGICAL, value=True))


def _deal(scope: Scope, arguments: Row, nargout: int) -> Code | None:
    """`[a, b] = deal(x, y)`."""
    codes = items(scope, arguments)
    if nargout <= 1:
        return codes[0] if len(codes) == 1 else None
    if any(c.text.startswith("*") for c in codes):
        return None
    if len(codes) == nargout:
        return Code(f"({_listed([_copy_of(scope, c) for c in codes])})")
    if len(codes) == 1:
        return Code(f"({_listed([_copy_of(scope, codes[0])] * nargout)})")
    return None


def _copy_of(scope: Scope, code: Code) -> Code:
    return code if not code.shares or code.kind.is_scalar else Code(scope.rt("copied", code))


_STEERING: dict[str, Callable[[Scope, Row, int], Code | None]] = {
    "exist": _exist,
    "gather": _as_it_is,
    "gpuArray": _as_it_is,
    "mfilename": _mfilename,
    "nargin": _nargin,
    "narginchk": _narginchk,
    "nargout": _nargout,
    "feval": _feval,
    "bsxfun": _bsxfun,
    "inline": _inline,
    "str2func": _str2func,
    "isargout": _isargout,
    "eval": _eval,
    "colormap": _colormap,
    "evalin": _of_the_caller,
    "assignin": _of_the_caller,
    "deal": _deal,
    **{name: _operator(symbol) for name, symbol in _OPERATOR_CALLS.items()},
}
