"""MATLAB's functions in plain NumPy, each where the evidence allows it; None sends the call to the runtime."""

import re
from collections.abc import Callable
from dataclasses import replace

from port.migrate.kinds import (
    ANY,
    CELL,
    DOUBLE,
    EXTENT,
    LOGICAL,
    NUMBER,
    ROW_CELL,
    STR,
    STRUCT,
    Extent,
    Kind,
    array,
    constant,
    weaker_sign,
)
from port.migrate.scope import ATOM, COMPARE, POSTFIX, Code, Scope, python_name

Emitter = Callable[[Scope, list[Code], int], Code | None]
_NUMERIC = ("double", "numeric", "any", "logical")

UFUNCS = {
    "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "atan": "arctan", "asinh": "arcsinh", "floor": "floor", "ceil": "ceil", "fix": "trunc", "abs": "abs",
    "expm1": "expm1", "real": "real", "imag": "imag", "conj": "conj", "isnan": "isnan", "isinf": "isinf",
    "isfinite": "isfinite", "sign": "sign", "sqrt": "emath.sqrt", "log": "emath.log", "log2": "emath.log2",
    "log10": "emath.log10", "atanh": "emath.arctanh",
    "deg2rad": "deg2rad", "rad2deg": "rad2deg", "not": "logical_not", "angle": "angle", "arg": "angle",
    "xor": "logical_xor", "hypot": "hypot", "atan2": "arctan2", "cbrt": "cbrt",
}  # fmt: skip
OPERATORS = {"and": "and_", "or": "or_"}
_SIGNS = {
    "exp": "nonneg",
    "abs": "nonneg",
    "sqrt": "nonneg",
    "cosh": "ge1",
    "isnan": "nonneg",
    "isinf": "nonneg",
}
_COMPLEX_BELOW = frozenset(("sqrt", "log", "log2", "log10"))

_OF_LOGICALS = frozenset(("not", "xor", "isnan", "isinf", "isfinite"))

_FLOATING = frozenset(("exp", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan", "log", "sqrt"))

INTERNAL = frozenset(
    """COLON EMPTY INTEGER_CLASSES as_cell as_class assign axis_of cell_array cell_get cell_items cell_set characters
    codes columns common_class copied declare_global dimensions escapes extent extents field_items fields_of filled
    first first_dim given grid index index_of istrue last lines_of map_keys map_values matches matrix named narrow
    nonconformant number outputs over_cells put run_script same_kind saturated shape_of GLOBALS stacked stacked_right
    stream_of struct_grow struct_set takes_nargout text_of trimmed unbox whole workspace caught MatlabError
    map_keys map_values
    SimpleNamespace
    delete keys values""".split()
)

# What changes the screen or the session, and no value; of pictures, what is left out.
PICTURES = frozenset(
    """axis bar cla clf close colorbar colormap contour contourf drawnow errorbar figure grid hold imagesc imshow
    legend loglog mesh plot plot3 print saveas scatter semilogx semilogy subplot surf text title xlabel ylabel
    zlabel""".split()
)
COLOURS = frozenset("autumn bone cool copper gray hot hsv jet parula pink spring summer winter".split())
QUIET = frozenset(
    """hist3 image scatter3 line patch shading view set clc clear clearvars more format pause warning_off addpath
    rmpath pkg graphics_toolkit fflush fclose_all beep dbstop diary echo rehash whos who what help doc type ls
    cd refresh hgsave savefig histogram pie fill quiver comet ezplot fplot meshc surfc waitbar
    keyboard axes box daspect gcf gca ginput rotate3d caxis alpha lighting camlight profile area stairs stem
    gscatter bar3 barh boxplot pcolor plotmatrix plotyy polar polarplot rose compass feather stem3 contour3 slice
    trimesh trisurf triplot ribbon waterfall surfl meshz rectangle xline yline yyaxis xlim ylim zlim xticks yticks
    xticklabels yticklabels subtitle suptitle tiledlayout nexttile heatmap confusionchart plotconfusion plotroc
    plotperform plotpc plotpv plotregression fimplicit fcontour fsurf fmesh histfit normplot qqplot biplot linkaxes
    orient clabel zoom pan exportgraphics colordef whitebg sound soundsc msgbox montage imtool getframe movie
    animatedline addpoints refreshdata hgexport closereq commandwindow parpool matlabpool mex get
    annotation gtext sgtitle page_screen_output page_output_immediately crash_dumps_octave_core dbclear
    nargoutchk""".split()
)


def _plain(scope: Scope, kind: Kind) -> bool:
    """Whether NumPy computes with the class as MATLAB does."""
    return kind.cls in _NUMERIC and not scope.is_odd(kind)


def _ufunc(name: str) -> Emitter:
    """An elementwise function of NumPy's."""

    def emit(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
        if not codes or nargout > 1 or not all(_plain(scope, c.kind) for c in codes):
            return None
        kind = codes[0].kind
        maybe_logical = kind.cls == "logical" or (name in _FLOATING and _is_argument(scope, codes[0]))
        if maybe_logical and name not in _OF_LOGICALS:
            return None  # NumPy computes the exponential of a bool in half precision
        function, real = UFUNCS[name], kind.real or name in ("abs", "real", "imag")
        if function.startswith("emath."):
            inside = kind.real and kind.sign != "" and name in _COMPLEX_BELOW
            function, real = (function.removeprefix("emath."), True) if inside else (function, False)
        cls = (
            "logical"
            if name.startswith("is") or name in ("not", "xor")
            else "any"
            if kind.cls == "any"
            else "double"
        )
        result = Kind(
            cls,
            kind.rep,
            kind.rows,
            kind.cols,
            real=real,
            two=kind.two,
            sign=_SIGNS.get(name, ""),
            floats=kind.is_array and (kind.floats or name in _FLOATING),
            several=kind.several,
            maybe_empty=kind.maybe_empty,
        )
        if name in ("floor", "ceil", "fix", "sign", "real"):
            result = replace(result, sign=kind.sign if kind.sign in ("nonneg", "ge1", "unit") else "")
        if name in ("real", "imag", "conj") and not kind.is_array and not kind.is_scalar:
            return Code(scope.np(function, *codes), ATOM, replace(result, rep="any"), codes[0].shares)
        return Code(
            scope.np(function, *codes),
            ATOM,
            result,
            codes[0].shares if name in ("real", "imag") else frozenset(),
        )

    return emit


def _is_argument(scope: Scope, code: Code) -> bool:
    """Whether a value is an argument as the function got it, or elements of it, of a class unknown."""
    found = re.fullmatch(r"(\w+)(\[.*\]|\.reshape\(.*\)|\.T)?", code.text)
    unknown = code.kind.cls in ("any", "numeric") and code.binding >= POSTFIX
    return found is not None and unknown and found[1] in map(python_name, scope.parameters)


# -- sizes -------------------------------------------------------------------------------------------


def _counted(scope: Scope, base: Code) -> Kind:
    """What is known of the extent of a value: data that a function is given is there, what it picks may be none."""
    given = base.kind.source.split(".")[0].split("{")[0] in scope.parameters
    return EXTENT if given else replace(EXTENT, sign="nonneg", lower=0)


def _size(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if not codes:
        return None
    base = codes[0]
    known = _counted(scope, base)
    if nargout > 1 and len(codes) == 1:
        plain = base.kind.is_array and base.kind.two and nargout == 2
        return Code(
            f"{base.within(POSTFIX)}.shape" if plain else scope.rt("dimensions", base, str(nargout)), POSTFIX
        )
    if len(codes) != 2 or codes[1].kind.value not in (1, 2) or nargout > 1:
        return None
    dim = 1 if codes[1].kind.value == 1 else 2
    extent = base.kind.rows if dim == 1 else base.kind.cols
    kind = replace(
        known,
        upper=extent,
        value=extent if isinstance(extent, int) else None,
        source=f"size({base.text},{dim})",
    )
    if base.kind.is_array:
        return Code(f"{base.within(POSTFIX)}.shape[{dim - 1}]", POSTFIX, replace(kind, value=None))
    return Code(scope.rt(("rows", "columns_of")[dim - 1], base), ATOM, replace(kind, value=None))


def _numel(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) != 1:
        return None
    kind = codes[0].kind
    if kind.is_array:
        extent = kind.cols if kind.rows == 1 else kind.rows if kind.cols == 1 else None
        return Code(
            f"{codes[0].within(POSTFIX)}.size", POSTFIX, replace(_counted(scope, codes[0]), upper=extent)
        )
    if kind.rep in ("list", "str"):
        return Code(f"{scope.module.plain('len')}({codes[0].text})", ATOM, _counted(scope, codes[0]))
    return Code(scope.rt("numel", *codes), ATOM, _counted(scope, codes[0]))


def _length(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) != 1:
        return None
    kind = codes[0].kind
    if kind.is_row or kind.is_column or kind.rep in ("list", "str"):
        return _numel(scope, codes, nargout)
    known = replace(_counted(scope, codes[0]), source=f"length({codes[0].text})")
    return Code(scope.rt("length", *codes), ATOM, known)


def _rows(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    return _size(scope, [*codes, Code("1", ATOM, constant(1))], nargout)


def _columns(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    return _size(scope, [*codes, Code("2", ATOM, constant(2))], nargout)


def _ndims(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    return Code(scope.rt("ndims", *codes), ATOM, EXTENT)


def _isempty(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) == 1 and codes[0].kind.is_array:
        return Code(f"{codes[0].within(POSTFIX)}.size == 0", COMPARE, LOGICAL)
    return Code(scope.rt("isempty", *codes), ATOM, LOGICAL)


# -- making ------------------------------------------------------------------------------------------


def dims(scope: Scope, codes: list[Code]) -> tuple[list[str], list[Extent]] | None:
    """Arguments of `zeros` and its like as texts of whole numbers, and as extents."""
    if not codes or any(c.kind.rep == "str" or c.kind.is_array or c.text.startswith("*") for c in codes):
        return None
    if len(codes) == 1 and not codes[0].kind.is_scalar:
        return None
    texts = [_whole_text(scope, c) for c in codes]
    extents = [_extent(scope, c) for c in codes]
    return (texts * 2, extents * 2) if len(codes) == 1 else (texts, extents)


def _whole_text(scope: Scope, code: Code) -> str:
    value = code.kind.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if code.kind.whole:
        return code.text
    if code.kind.is_scalar:
        return f"{scope.module.plain('int')}({code.text})"
    return scope.rt("extent", code)


def _extent(scope: Scope, code: Code) -> Extent:
    """The extent that a number of rows or columns stands for: named after variables that never change."""
    if isinstance(code.kind.value, int | float):
        return int(code.kind.value)
    if code.kind.upper is not None and code.kind.source == code.kind.upper:
        return code.kind.upper
    named = re.fullmatch(r"[A-Za-z_]\w*(?: [+-] \d+)?", code.text)
    if named and code.text.split(" ")[0] not in scope.reassigned:
        return code.text
    return None


def _filled(name: str, sign: str) -> Emitter:
    """`zeros` and `ones`."""

    def emit(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
        if not codes:
            return Code("0.0" if name == "zeros" else "1.0", ATOM, constant(0.0 if name == "zeros" else 1.0))
        shape = dims(scope, codes)
        if shape is None:
            return _filled_like(scope, name, codes, sign)
        texts, extents = shape
        if len(texts) != 2:
            return None
        kind = replace(array(extents[0], extents[1]), sign=sign)
        kind = replace(kind, maybe_empty=extents[0] == 0 or extents[1] == 0)
        return Code(f"{scope.module.np}.{name}(({', '.join(texts)}))", ATOM, kind)

    return emit


def _filled_like(scope: Scope, name: str, codes: list[Code], sign: str) -> Code | None:
    """`zeros(size(x))`."""
    head = f"{scope.module.runtime_alias('size')}("
    if len(codes) == 1 and codes[0].text.startswith(head):
        inner = codes[0].kind.source
        kind = scope.env.get(inner)
        if kind is not None and kind.is_array and codes[0].text == f"{head}{scope.render(inner)})":
            text = f"{scope.module.np}.{name}({scope.render(inner)}.shape)"
            return Code(
                text,
                ATOM,
                Kind("double", "array", kind.rows, kind.cols, floats=True, two=kind.two, sign=sign),
            )
    return Code(
        scope.rt(name, *codes),
        ATOM,
        Kind("double" if not any(c.kind.rep == "str" for c in codes) else "any", sign=sign),
    )


def _eye(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    shape = dims(scope, codes)
    if shape is None or len(shape[0]) != 2:
        return None
    texts, extents = shape
    inside = texts[0] if texts[0] == texts[1] else ", ".join(texts)
    return Code(f"{scope.module.np}.eye({inside})", ATOM, replace(array(extents[0], extents[1]), sign="unit"))


def _cell(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    row = len(codes) == 2 and codes[0].kind.value == 1
    if not codes:
        return Code("[]", ATOM, ROW_CELL)
    return Code(scope.rt("cell", *codes), ATOM, ROW_CELL if row else CELL)


def _random(name: str) -> Emitter:
    def emit(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
        if any(c.kind.rep == "str" for c in codes):
            return None
        kind = Kind("double", "scalar", 1, 1) if not codes else Kind("double")
        shape = dims(scope, codes) if codes else None
        if (
            shape is not None
            and len(shape[1]) == 2
            and shape[1][0] not in (1, None)
            and shape[1][1] not in (None,)
        ):
            rows, cols = shape[1]
            if isinstance(rows, int) or (isinstance(cols, int) and cols != 1):
                kind = array(rows, cols)
        return Code(scope.rt(name, *codes), ATOM, replace(kind, sign="unit" if name == "rand" else ""))

    return emit


# -- reductions --------------------------------------------------------------------------------------


def _reduction(method: str, sign_kept: bool = True) -> Emitter:
    """`sum`, `mean`, `prod`, `any`, `all` where the shape or the dimension is known."""
    logical = method in ("any", "all")

    def emit(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
        if not 1 <= len(codes) <= 2 or not _plain(scope, codes[0].kind) or nargout > 1:
            return None
        base, kind = codes[0], codes[0].kind
        cls = "logical" if logical else "any" if kind.cls == "any" else "double"
        sign = (
            kind.sign
            if sign_kept and kind.sign in ("nonneg", "pos", "ge1")
            else "nonneg"
            if kind.sign or logical
            else ""
        )
        if kind.is_scalar and len(codes) == 1 and kind.cls == "double":
            return base if not logical else None
        if not kind.is_array:
            return None
        if len(codes) == 1 and (kind.is_row or kind.is_column):
            return Code(
                f"{base.within(POSTFIX)}.{method}()",
                POSTFIX,
                Kind(cls, "scalar", 1, 1, real=kind.real, sign=sign),
            )
        dim = codes[1].kind.value if len(codes) == 2 else _certain_dim(kind)
        if dim not in (1, 2) or not kind.is_array:
            return None
        rows, cols = (1, kind.cols) if dim == 1 else (kind.rows, 1)
        floats = kind.floats or method == "mean"
        result = replace(array(rows, cols, cls, floats), real=kind.real, sign=sign, two=kind.two)
        return Code(
            f"{base.within(POSTFIX)}.{method}(axis={int(str(dim)) - 1}, keepdims=True)", POSTFIX, result
        )

    return emit


def _certain_dim(kind: Kind) -> int | None:
    """The dimension MATLAB takes by itself, where the extents are known as numbers."""
    if isinstance(kind.rows, int) and kind.rows > 1:
        return 1
    return None


def _sum(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    """`sum`; `sum(sum(x))` of a matrix adds in MATLAB's order, for a difference quotient sees the rounding."""
    inner = codes[0] if len(codes) == 1 else None
    if inner is not None and inner.kind.source.startswith("sum:"):
        return Code(
            f"{inner.kind.source[4:]}.sum(axis=0).sum()",
            POSTFIX,
            Kind("double", "scalar", 1, 1, real=inner.kind.real, sign=inner.kind.sign),
        )
    plain = _reduction("sum")(scope, codes, nargout)
    if inner is None or not (inner.kind.is_array and inner.kind.two):
        return plain
    source = f"sum:{inner.within(POSTFIX)}"
    if plain is not None:
        return replace(plain, kind=replace(plain.kind, source=source)) if not plain.kind.is_scalar else plain
    return Code(
        scope.rt("sum_", inner),
        ATOM,
        Kind("double", real=inner.kind.real, sign=inner.kind.sign, source=source),
    )


def _extreme(name: str, pair: str) -> Emitter:
    """`max` and `min`, which pass over NaN as `np.fmax` and `np.fmin` do."""

    def emit(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
        numeric = all(_plain(scope, c.kind) and c.kind.cls != "logical" and c.kind.real for c in codes)
        if len(codes) == 2 and numeric and nargout <= 1:
            a, b = codes[0].kind, codes[1].kind
            rep = "array" if a.is_array or b.is_array else "scalar" if a.is_scalar and b.is_scalar else "any"
            from port.migrate.expressions import elementwise_kind

            shape = elementwise_kind("+", a, b)
            sign = weaker_sign(a.sign, b.sign) or ((a.sign or b.sign) if name == "max" else "")
            if a.whole and b.whole and rep == "scalar" and a.value is None:
                return Code(
                    f"{scope.module.plain(name)}({codes[0].text}, {codes[1].text})",
                    ATOM,
                    replace(shape, value=None, sign=sign, whole=True),
                )
            return Code(
                scope.np(pair, *codes),
                ATOM,
                replace(shape, value=None, whole=False, sign="nonneg" if sign else ""),
            )
        kind = codes[0].kind if codes else ANY
        if nargout > 1 or not codes or not _plain(scope, kind):
            return None
        cls = kind.cls if kind.cls != "logical" else "double"
        if len(codes) == 1 and (kind.is_row or kind.is_column):
            return Code(
                scope.rt(f"{name}_", codes[0]),
                ATOM,
                Kind(cls, "scalar", 1, 1, real=kind.real, sign=kind.sign),
            )
        dim = codes[2].kind.value if len(codes) == 3 else None
        rows, cols = (1, kind.cols) if dim == 1 else (kind.rows, 1) if dim == 2 else (None, None)
        sized = kind.is_array and (rows not in (1, None) or cols not in (1, None))
        result = (
            replace(array(rows, cols, cls), sign=kind.sign, real=kind.real)
            if sized
            else Kind(cls, real=kind.real, sign=kind.sign)
        )
        from port.migrate.calls import without_empties

        return Code(scope.rt(f"{name}_", *without_empties(name, codes)), ATOM, result)

    return emit


# -- shapes ------------------------------------------------------------------------------------------


def _reshape(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) != 3 or not codes[0].kind.is_array or codes[0].kind.cls not in _NUMERIC:
        return None
    texts: list[str] = []
    extents: list[Extent] = []
    for code in codes[1:]:
        if code.kind.rows == 0 and code.kind.cols == 0:
            texts.append("-1")
            extents.append(None)
        else:
            texts.append(_whole_text(scope, code))
            extents.append(_extent(scope, code))
    kind = codes[0].kind
    result = replace(array(extents[0], extents[1], kind.cls, kind.floats), real=kind.real, sign=kind.sign)
    return Code(
        f'{codes[0].within(POSTFIX)}.reshape({", ".join(texts)}, order="F")', POSTFIX, result, codes[0].shares
    )


def _repmat(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if (
        len(codes) != 3
        or not codes[0].kind.is_array
        or not codes[0].kind.two
        or codes[0].kind.cls not in _NUMERIC
    ):
        return None
    shape = dims(scope, codes[1:])
    if shape is None:
        return None
    kind = codes[0].kind
    rows, cols = (_product(a, b) for a, b in ((kind.rows, shape[1][0]), (kind.cols, shape[1][1])))
    result = replace(array(rows, cols, kind.cls, kind.floats), real=kind.real, sign=kind.sign)
    return Code(f"{scope.module.np}.tile({codes[0].text}, ({', '.join(shape[0])}))", ATOM, result)


def _product(a: Extent, b: Extent) -> Extent:
    if a == 1:
        return b
    if b == 1:
        return a
    return a * b if isinstance(a, int) and isinstance(b, int) else None


def _double(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) != 1:
        return None
    kind = codes[0].kind
    if kind.cls == "double":
        return codes[0]
    if kind.is_array and kind.cls == "logical":
        return Code(
            f"{codes[0].within(POSTFIX)}.astype({scope.module.plain('float')})",
            POSTFIX,
            replace(kind, cls="double", floats=True),
        )
    result = Kind("double", "any" if not kind.is_scalar else "scalar", kind.rows, kind.cols, real=kind.real)
    return Code(scope.rt("double", *codes), ATOM, result, codes[0].shares)


def _strcmp(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) == 2 and all(c.kind.rep == "str" for c in codes):
        return Code(f"{codes[0].within(COMPARE + 1)} == {codes[1].within(COMPARE + 1)}", COMPARE, LOGICAL)
    scalar = all(c.kind.cls != "cell" for c in codes)
    certain = (
        any(c.kind.rep == "str" for c in codes) and scalar and not all(c.kind.cls == "any" for c in codes)
    )
    return Code(
        scope.rt("strcmp", *codes),
        ATOM,
        LOGICAL if certain and all(c.kind.rep == "str" for c in codes) else Kind("logical"),
    )


def _struct(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    """`struct('a', 1)` where no value may be a cell, which would make an array of structs."""
    names, values = codes[::2], codes[1::2]
    plain = all(isinstance(n.kind.value, str) and n.kind.value.isidentifier() for n in names)
    import keyword

    if (
        not plain
        or any(v.kind.cls in ("cell", "any") for v in values)
        or len(names) != len(values)
        or any(keyword.iskeyword(str(n.kind.value)) for n in names)
    ):
        return None
    from port.migrate.expressions import owned

    pairs = [(str(n.kind.value), v) for n, v in zip(names, values, strict=True)]
    inside = ", ".join(name + "=" + owned(scope, v, f"{scope.target}.{name}").text for name, v in pairs)
    return Code(f"{scope.module.plain('SimpleNamespace')}({inside})", ATOM, STRUCT)


def _mod(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) == 2 and all(c.kind.whole for c in codes) and codes[1].kind.sign == "ge1":
        from port.migrate.scope import PRODUCT

        text = f"{codes[0].within(PRODUCT)} % {codes[1].within(PRODUCT + 1)}"
        return Code(text, PRODUCT, Kind("double", "scalar", 1, 1, whole=True, sign="nonneg"))
    return None


def _size_source(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    plain = _size(scope, codes, nargout)
    if plain is not None or len(codes) != 1:
        return plain
    return Code(
        scope.rt("size", codes[0]), ATOM, replace(array(1, None), source=codes[0].kind.source, sign="nonneg")
    )


def _logical_constant(value: bool) -> Emitter:
    def emit(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
        shape = dims(scope, codes) if codes else None
        if shape is None or len(shape[0]) != 2:
            return None
        function = "ones" if value else "zeros"
        text = f"{scope.module.np}.{function}(({', '.join(shape[0])}), dtype={scope.module.plain('bool')})"
        return Code(text, ATOM, array(shape[1][0], shape[1][1], "logical"))

    return emit


def _trace(scope: Scope, codes: list[Code], nargout: int) -> Code | None:
    if len(codes) == 1 and codes[0].kind.is_array and codes[0].kind.two:
        return Code(scope.np("trace", codes[0]), ATOM, replace(DOUBLE, real=codes[0].kind.real))
    return None


BUILTINS: dict[str, Emitter] = {
    **{name: _ufunc(name) for name in UFUNCS},
    "size": _size_source,
    "numel": _numel,
    "length": _length,
    "rows": _rows,
    "columns": _columns,
    "ndims": _ndims,
    "isempty": _isempty,
    "zeros": _filled("zeros", "nonneg"),
    "ones": _filled("ones", "ge1"),
    "eye": _eye,
    "cell": _cell,
    "rand": _random("rand"),
    "randn": _random("randn"),
    "sum": _sum,
    "mean": _reduction("mean"),
    "prod": _reduction("prod"),
    "any": _reduction("any"),
    "all": _reduction("all"),
    "max": _extreme("max", "fmax"),
    "min": _extreme("min", "fmin"),
    "reshape": _reshape,
    "repmat": _repmat,
    "double": _double,
    "strcmp": _strcmp,
    "struct": _struct,
    "mod": _mod,
    "true": _logical_constant(True),
    "false": _logical_constant(False),
}


# -- constants ---------------------------------------------------------------------------------------


def _plain_constant(text: str, value: float, binding: int = POSTFIX) -> Callable[[Scope], Code]:
    def emit(scope: Scope) -> Code:
        return Code(
            text.replace("np.", f"{scope.module.np}."),
            binding,
            replace(constant(value), value=None) if value != value else constant(value),
        )

    return emit


_INFINITY = _plain_constant("np.inf", float("inf"))
_NOT_A_NUMBER = _plain_constant("np.nan", float("nan"))
_IMAGINARY = lambda scope: Code("1j", ATOM, constant(1j))  # noqa: E731
CONSTANTS: dict[str, Callable[[Scope], Code]] = {
    "pi": _plain_constant("np.pi", 3.141592653589793),
    "e": _plain_constant("np.e", 2.718281828459045),
    "Inf": _INFINITY,
    "inf": _INFINITY,
    "NaN": _NOT_A_NUMBER,
    "nan": _NOT_A_NUMBER,
    "NA": _NOT_A_NUMBER,
    "eps": _plain_constant("np.finfo(float).eps", 2.220446049250313e-16),
    "realmin": _plain_constant("np.finfo(float).tiny", 2.2250738585072014e-308),
    "realmax": _plain_constant("np.finfo(float).max", 1.7976931348623157e308),
    "OCTAVE_VERSION": lambda scope: Code('"7.3.0"', ATOM, constant("7.3.0")),
    "true": lambda scope: Code("True", ATOM, constant(True)),
    "false": lambda scope: Code("False", ATOM, constant(False)),
    "i": _IMAGINARY,
    "j": _IMAGINARY,
    "I": _IMAGINARY,
    "J": _IMAGINARY,
}

_CLASSES = frozenset(
    ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "single", "logical")
)
_RESULTS: dict[str, Kind] = {
    **dict.fromkeys(
        (
            "num2str",
            "sprintf",
            "int2str",
            "mat2str",
            "upper",
            "lower",
            "strtrim",
            "strrep",
            "class",
            "func2str",
            "blanks",
            "datestr",
            "strcat",
            "strjoin",
            "regexprep",
        ),
        Kind("char"),
    ),
    **dict.fromkeys(("num2str", "sprintf", "int2str", "mat2str", "class"), STR),
    **dict.fromkeys(
        (
            "ischar",
            "iscell",
            "isstruct",
            "isnumeric",
            "islogical",
            "isreal",
            "isfield",
            "isa",
            "isequal",
            "isscalar",
            "isvector",
            "ismatrix",
            "isrow",
            "iscolumn",
            "is_function_handle",
            "issquare",
            "iscomplex",
            "isobject",
            "issymmetric",
            "ishermitian",
            "isdiag",
            "istriu",
            "istril",
        ),
        LOGICAL,
    ),
    **dict.fromkeys(("isfield",), Kind("logical")),
    **dict.fromkeys(("trace", "det", "norm", "rank", "tic", "toc", "cputime", "now", "time"), NUMBER),
    **dict.fromkeys(
        (
            "find",
            "cumsum",
            "cumprod",
            "std",
            "var",
            "median",
            "sort",
            "unique",
            "linspace",
            "round",
            "rem",
            "mod",
            "floor",
            "kron",
            "histc",
            "randperm",
            "randi",
            "colon",
            "diff",
            "cov",
        ),
        Kind("numeric"),
    ),
    **dict.fromkeys(("fieldnames", "num2cell", "cellstr", "strsplit", "struct2cell", "cell"), CELL),
    **dict.fromkeys(("inv", "pinv", "sum", "mean", "prod", "max", "min"), Kind("any")),
    **dict.fromkeys(
        ("eig", "roots", "fft", "ifft", "sqrtm", "logm", "polyval", "power", "mpower"),
        Kind("any", real=False),
    ),
}


def result_kind(name: str, codes: list[Code]) -> Kind:
    """What is known of a runtime call's value."""
    if name in ("colon",):
        return Kind("double", "array", 1, None)
    if name in _CLASSES:
        scalar = bool(codes) and codes[0].kind.is_scalar
        return Kind(name, "scalar" if scalar else "any", *((1, 1) if scalar else (None, None)))
    if name in ("norm", "std", "var", "histc"):
        return replace(_RESULTS[name], sign="nonneg", rep="any" if name != "norm" else "scalar")
    known = _RESULTS.get(name, ANY)
    odd = known.cls in ("any", "numeric") and any(c.kind.is_odd and c.kind.cls != "char" for c in codes)
    return Kind("stored") if odd else known
